package vault

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/99designs/keyring"
	"github.com/gofrs/flock"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
)

// Files within the data folder: the audit's anchor where the root key is under a passphrase, and what processes that
// move an anchor, wherever it is, wait on for one another.
const (
	AnchorFile = "packbench.anchor"
	anchorLock = "packbench.anchor.lock"
)

// anchorRetry is how often a process asks for the lock that another one holds.
const anchorRetry = 10 * time.Millisecond

// AuditKey gives the first key of the audit's ratchet, which is the caller's to erase. It is kept from Unlock for the
// first caller only; later ones need the root key once more. Unavailable as Unlock.
func (v *Vault) AuditKey(ctx context.Context) ([]byte, error) {
	k, err := v.unlocked()
	if err != nil {
		return nil, err
	}
	if first := k.audit.Swap(nil); first != nil {
		return *first, nil
	}
	meta, err := v.meta(ctx)
	if err != nil {
		return nil, err
	}
	root, err := v.root(ctx, meta)
	if err != nil {
		return nil, err
	}
	defer clear(root)
	return derive(root, "audit"), nil
}

// Anchor gives the audit's anchor. NotFound: there is none, or it does not open. Unavailable: its place can't be read.
func (v *Vault) Anchor(ctx context.Context) (audit.Anchor, error) {
	at, err := v.anchored(ctx)
	if err != nil {
		return audit.Anchor{}, err
	}
	now, err := at.read(ctx)
	if err != nil {
		return audit.Anchor{}, err
	}
	if now == nil {
		return audit.Anchor{}, errs.New(errs.NotFound, "There is no anchor of the audit.")
	}
	return *now, nil
}

// MoveAnchor replaces the anchor by what move makes of it, unless that is nil; move is given nil where there is none.
// Other processes on the same data folder wait. Unavailable: its place can't be read or written.
func (v *Vault) MoveAnchor(ctx context.Context, move func(now *audit.Anchor) (*audit.Anchor, error)) error {
	at, err := v.anchored(ctx)
	if err != nil {
		return err
	}
	lock := flock.New(filepath.Join(v.config.DataDir, anchorLock), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, anchorRetry); err != nil {
		return errs.Wrap(err, errs.Unavailable, "The lock file %s can't be used. Check the folder's permissions.", lock.Path())
	}
	defer lock.Close()
	now, err := at.read(ctx)
	if err != nil {
		return err
	}
	moved, err := move(now)
	if err != nil || moved == nil {
		return err
	}
	text, err := json.Marshal(moved)
	if err != nil {
		return errs.Wrap(err, errs.Internal, "The audit's anchor can't be written.")
	}
	return at.holder.setNote(ctx, at.meta.KeyID, seal(at.keys.anchor, anchorPlace+"|"+at.meta.KeyID, text))
}

// anchorage is where the anchor of an unlocked vault is, and what opens it.
type anchorage struct {
	keys   *keys
	meta   account.VaultMeta
	holder holder
}

func (v *Vault) anchored(ctx context.Context) (at anchorage, err error) {
	if at.keys, err = v.unlocked(); err != nil {
		return at, err
	}
	if at.meta, err = v.meta(ctx); err != nil {
		return at, err
	}
	at.holder, err = v.holder(at.meta.Holder)
	return at, err
}

// read gives the anchor, nil where there is none or it was not written under this root key.
func (at anchorage) read(ctx context.Context) (*audit.Anchor, error) {
	sealed, err := at.holder.note(ctx, at.meta.KeyID)
	if err != nil || sealed == nil {
		return nil, err
	}
	text, err := open(at.keys.anchor, anchorPlace+"|"+at.meta.KeyID, sealed)
	if err != nil {
		return nil, nil //nolint:nilerr // one that was made by somebody else is as good as none
	}
	var now audit.Anchor
	if err := json.Unmarshal(text, &now); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "The audit's anchor was written by a newer Packbench. Use that one.")
	}
	return &now, nil
}

func anchorItem(keyID string) string { return "audit-anchor-" + keyID }

func (osKeyring) note(ctx context.Context, keyID string) ([]byte, error) {
	return patiently(ctx, func() ([]byte, error) {
		ring, err := openKeyring()
		if err != nil {
			return nil, err
		}
		item, err := ring.Get(anchorItem(keyID))
		switch {
		case errors.Is(err, keyring.ErrKeyNotFound):
			return nil, nil
		case err != nil:
			return nil, errs.Wrap(err, errs.Unavailable, "The keyring of the operating system refused to give the audit's anchor. Unlock the keyring and try again.")
		}
		return item.Data, nil
	})
}

func (osKeyring) setNote(ctx context.Context, keyID string, note []byte) error {
	_, err := patiently(ctx, func() ([]byte, error) {
		ring, err := openKeyring()
		if err != nil {
			return nil, err
		}
		item := keyring.Item{Key: anchorItem(keyID), Data: note, Label: "Packbench audit", Description: "Where the audit of a Packbench data folder ends. Without it nobody can tell whether its last entries were removed."}
		if err := ring.Set(item); err != nil {
			return nil, errs.Wrap(err, errs.Unavailable, "The keyring of the operating system did not take the audit's anchor. Unlock the keyring.")
		}
		return nil, nil
	})
	return err
}

func (p passphrase) anchorFile() string { return filepath.Join(filepath.Dir(p.keyFile), AnchorFile) }

func (p passphrase) note(context.Context, string) ([]byte, error) {
	sealed, err := os.ReadFile(p.anchorFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, errs.Wrap(err, errs.Unavailable, "The audit's anchor %s can't be read. Check its permissions.", p.anchorFile())
	}
	return sealed, nil
}

func (p passphrase) setNote(_ context.Context, _ string, note []byte) error {
	if err := writeWhole(p.anchorFile(), note, os.Rename); err != nil {
		return errs.Wrap(err, errs.Unavailable, "The audit's anchor %s can't be written. Check the folder's permissions and free space.", p.anchorFile())
	}
	return nil
}

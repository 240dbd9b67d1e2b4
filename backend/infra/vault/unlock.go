package vault

import (
	"context"
	"crypto/subtle"
	"errors"
	"path/filepath"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/secret"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
)

// KeyFile is the name of the passphrase-wrapped root key within the data folder.
const KeyFile = "packbench.key"

// The places a root key is kept in (account.VaultMeta.Holder).
const (
	inKeyring    = "keyring"
	inPassphrase = "passphrase"
)

// Config says where the root key of a data folder is.
type Config struct {
	Store          store.Store[account.VaultRepo]
	Clock          clock.Clock
	DataDir        string       // where KeyFile is
	PassphraseFile string       // the user's file with the passphrase; "" for the keyring of the operating system
	Passphrase     secret.Value // the passphrase itself, typed at the window; instead of PassphraseFile
}

// PassphraseNeeded is the cause of an Unavailable where a passphrase would help: the one the folder is locked under, or a
// New one, because there is no keyring and no key yet.
type PassphraseNeeded struct{ New bool }

// Error says so; people read the sentence of the error it is the cause of.
func (*PassphraseNeeded) Error() string { return "vault: a passphrase is needed" }

// Unlocked tells how a vault was unlocked.
type Unlocked struct {
	Made    bool   // the root key was made by this call
	KeyFile string // where it lies under the passphrase; "" when it is in the keyring of the operating system
}

// New makes a locked vault; nothing is read yet.
func New(c Config) *Vault { return &Vault{config: c} }

// holder is a place that keeps root keys.
type holder interface {
	// load gives the root key of an id. Unavailable says what to do.
	load(ctx context.Context, keyID string) ([]byte, error)
	// keep stores a new root key safely. Where another process was quicker in the same place, it gives that one's.
	keep(ctx context.Context, keyID string, root []byte) (keptID string, kept []byte, err error)
	// drop takes back what keep stored, where it turned out not to be needed.
	drop(ctx context.Context, keyID string)
	// note gives what setNote kept for a root key, nil where there is nothing.
	note(ctx context.Context, keyID string) ([]byte, error)
	setNote(ctx context.Context, keyID string, note []byte) error
}

// Unlock finds the root key, or makes the first one. Unavailable, with what to do: no keyring and no passphrase, a wrong
// passphrase, a keyring without the key. Once the database has a VaultMeta no root key is ever made: what is sealed
// could never be opened again. An unlocked vault stays as it is.
func (v *Vault) Unlock(ctx context.Context) (Unlocked, error) {
	v.opened.Lock()
	defer v.opened.Unlock()
	meta, err := v.meta(ctx)
	made := false
	if errs.Is(err, errs.NotFound) {
		meta, made, err = v.first(ctx)
	}
	if err != nil {
		return Unlocked{}, err
	}
	if v.keys.Load() == nil {
		if err := v.load(ctx, meta); err != nil {
			return Unlocked{}, err
		}
	}
	out := Unlocked{Made: made}
	if meta.Holder == inPassphrase {
		out.KeyFile = v.keyFile()
	}
	return out, nil
}

func (v *Vault) meta(ctx context.Context) (meta account.VaultMeta, err error) {
	err = v.config.Store.Read(ctx, func(r account.VaultRepo) (err error) { meta, err = r.VaultMeta(); return err })
	return meta, err
}

// first makes the root key and writes down which it is. Where another process did so in between, that one's counts.
func (v *Vault) first(ctx context.Context) (meta account.VaultMeta, made bool, err error) {
	name := inKeyring
	if v.config.hasPassphrase() {
		name = inPassphrase
	}
	h, err := v.holder(name)
	if err != nil {
		return meta, false, err
	}
	now := v.config.Clock.Now()
	keyID, root, err := h.keep(ctx, ident.New(now), random(keySize))
	if err != nil && name == inKeyring {
		err = errs.Wrap(errors.Join(&PassphraseNeeded{New: true}, err), errs.CodeOf(err), "%s", errs.As(err).Message)
	}
	if err != nil {
		return meta, false, err
	}
	defer clear(root)
	meta = account.VaultMeta{KeyID: keyID, Holder: name, Check: checkValue(root, keyID), CreatedMs: now.UnixMilli()}
	err = v.config.Store.Write(ctx, func(r account.VaultRepo) error { return r.SaveVaultMeta(meta) })
	if errs.Is(err, errs.Conflict) {
		stored, err := v.meta(ctx)
		if err == nil && stored.KeyID != keyID {
			h.drop(ctx, keyID)
		}
		return stored, false, err
	}
	if err != nil {
		return meta, false, err
	}
	v.keys.Store(newKeys(root))
	return meta, true, nil
}

func (v *Vault) load(ctx context.Context, meta account.VaultMeta) error {
	root, err := v.root(ctx, meta)
	if err != nil {
		return err
	}
	defer clear(root)
	v.keys.Store(newKeys(root))
	return nil
}

// root gives the root key, proved to be the one that the database was sealed under. It is the caller's to erase.
func (v *Vault) root(ctx context.Context, meta account.VaultMeta) ([]byte, error) {
	h, err := v.holder(meta.Holder)
	if err != nil {
		return nil, err
	}
	root, err := h.load(ctx, meta.KeyID)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(checkValue(root, meta.KeyID), meta.Check) != 1 {
		clear(root)
		return nil, errs.New(errs.Unavailable, "The root key that was found is not the one this database was sealed under. Put back the database and the key that belong together, from one backup.")
	}
	return root, nil
}

func (v *Vault) holder(name string) (holder, error) {
	switch name {
	case inKeyring:
		return osKeyring{}, nil
	case inPassphrase:
		if !v.config.hasPassphrase() {
			return nil, errs.Wrap(&PassphraseNeeded{}, errs.Unavailable, "The secrets of this data folder are locked under a passphrase. Give the file that holds it: --passphrase-file FILE.")
		}
		return passphrase{keyFile: v.keyFile(), file: v.config.PassphraseFile, typed: v.config.Passphrase}, nil
	}
	return nil, errs.New(errs.Unavailable, "The root key of this data folder is kept in %q, which this version of Packbench does not know. Use the version that made the folder, or a newer one.", name)
}

func (c Config) hasPassphrase() bool { return c.PassphraseFile != "" || !c.Passphrase.IsZero() }

func (v *Vault) keyFile() string { return filepath.Join(v.config.DataDir, KeyFile) }

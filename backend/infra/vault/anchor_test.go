package vault_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/audit"
	"packbench/backend/infra/vault"
)

// anchored moves an anchor along in a vault's place, and looks at it with another vault, as the next start does.
func anchored(t *testing.T, v, next *vault.Vault) {
	t.Helper()
	if _, err := v.Anchor(t.Context()); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a new folder has an anchor: %v", err)
	}
	var seen []*audit.Anchor
	for seq := range int64(3) {
		err := v.MoveAnchor(t.Context(), func(now *audit.Anchor) (*audit.Anchor, error) {
			seen = append(seen, now)
			return &audit.Anchor{Seq: seq + 1, Hash: []byte{byte(seq)}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen[0] != nil || seen[2].Seq != 2 {
		t.Fatalf("the anchor went %v", seen)
	}
	kept := func(*audit.Anchor) (*audit.Anchor, error) { return nil, nil }
	if err := next.MoveAnchor(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	if now, err := next.Anchor(t.Context()); err != nil || now.Seq != 3 || !bytes.Equal(now.Hash, []byte{2}) {
		t.Fatalf("the next start finds %+v, %v", now, err)
	}
}

func TestAnchorBesideAKeyFile(t *testing.T) {
	f, pass := newFolder(t), passphraseFile(t, "correct horse battery\n")
	v, next := f.vault(pass), f.vault(pass)
	unlock(t, v)
	unlock(t, next)
	anchored(t, v, next)
	path := filepath.Join(f.dir, vault.AnchorFile)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	if err := os.WriteFile(path, []byte(`{"seq":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := next.Anchor(t.Context()); !errs.Is(err, errs.NotFound) {
		t.Errorf("an anchor that somebody else wrote is taken: %v", err)
	}
}

func TestTheAuditKeyIsTheSameEachTimeAndNotKept(t *testing.T) {
	f, pass := newFolder(t), passphraseFile(t, "correct horse battery\n")
	v := f.vault(pass)
	unlock(t, v)
	first, err := v.AuditKey(t.Context())
	if err != nil || len(first) != 32 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	again, err := v.AuditKey(t.Context())
	if err != nil || !bytes.Equal(again, first) {
		t.Fatalf("the second is another one: %v", err)
	}
	if err := os.Remove(pass); err != nil { // only the first call does without the root key
		t.Fatal(err)
	}
	if _, err := v.AuditKey(t.Context()); !errs.Is(err, errs.Unavailable) {
		t.Errorf("the key is still in memory: %v", err)
	}
	v.Lock()
	if _, err := v.Anchor(t.Context()); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a locked vault gives an anchor: %v", err)
	}
}

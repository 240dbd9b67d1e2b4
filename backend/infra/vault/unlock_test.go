package vault_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/infra/vault"
	"packbench/backend/testkit"
)

// folder is a data folder without a database: its VaultMeta lies in memory.
type folder struct {
	dir   string
	metas *testkit.Metas
}

func newFolder(t *testing.T) folder { return folder{dir: t.TempDir(), metas: &testkit.Metas{}} }

func (f folder) vault(passphraseFile string) *vault.Vault {
	return vault.New(vault.Config{Store: f.metas, Clock: clock.NewManual(testkit.Start), DataDir: f.dir, PassphraseFile: passphraseFile})
}

func (f folder) keyFile() string { return filepath.Join(f.dir, vault.KeyFile) }

func (f folder) hasMeta(t *testing.T) bool {
	t.Helper()
	err := f.metas.Read(t.Context(), func(r account.VaultRepo) error { _, err := r.VaultMeta(); return err })
	return !errs.Is(err, errs.NotFound)
}

func passphraseFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func unlock(t *testing.T, v *vault.Vault) vault.Unlocked {
	t.Helper()
	u, err := v.Unlock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func refused(t *testing.T, v *vault.Vault, says string) {
	t.Helper()
	u, err := v.Unlock(t.Context())
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), says) {
		t.Fatalf("Unlock gave %+v, %v; want Unavailable that says %q", u, err, says)
	}
	if _, err := v.Lookup("x"); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("a vault that was not unlocked works: %v", err)
	}
}

func lookup(t *testing.T, v *vault.Vault) string {
	t.Helper()
	mac, err := v.Lookup("value")
	if err != nil {
		t.Fatal(err)
	}
	return string(mac)
}

func TestPassphraseKeyIsMadeOnceAndSaysSo(t *testing.T) {
	f := newFolder(t)
	first := f.vault(passphraseFile(t, "correct horse\n"))
	if u := unlock(t, first); !u.Made || u.KeyFile != f.keyFile() {
		t.Fatalf("the first Unlock tells %+v", u)
	}
	if u := unlock(t, first); u.Made {
		t.Fatalf("a second Unlock of the same vault tells %+v", u)
	}
	info, err := os.Stat(f.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key file has mode %o", info.Mode().Perm())
	}
	entries, err := os.ReadDir(f.dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the data folder holds %v, %v; want the key file alone", entries, err)
	}
	next := f.vault(passphraseFile(t, "correct horse\r\nsecond line"))
	if u := unlock(t, next); u.Made || u.KeyFile != f.keyFile() {
		t.Errorf("the next start tells %+v", u)
	}
	if lookup(t, first) != lookup(t, next) {
		t.Error("the next start has another root key")
	}
	first.Lock()
	unlock(t, first)
	if lookup(t, first) != lookup(t, next) {
		t.Error("after Lock and Unlock there is another root key")
	}
}

func TestNoRootKeyIsMadeOnceThereIsOne(t *testing.T) {
	f := newFolder(t)
	right := passphraseFile(t, "correct horse")
	unlock(t, f.vault(right))
	whole, err := os.ReadFile(f.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	other := newFolder(t)
	unlock(t, other.vault(right))
	foreign, err := os.ReadFile(other.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	changed := func(key string, value any) []byte {
		var fields map[string]any
		if err := json.Unmarshal(whole, &fields); err != nil {
			t.Fatal(err)
		}
		fields[key] = value
		raw, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for name, c := range map[string]struct {
		content    []byte // of the key file; nil: missing
		passphrase string
		says       string
	}{
		"missing":           {nil, right, "missing"},
		"wrong passphrase":  {whole, passphraseFile(t, "wrong horse"), "does not open this data folder"},
		"no passphrase":     {whole, "", "--passphrase-file"},
		"passphrase gone":   {whole, filepath.Join(f.dir, "nowhere"), "can't be read"},
		"passphrase empty":  {whole, passphraseFile(t, "\ncorrect horse"), "holds no passphrase"},
		"of another folder": {foreign, right, "belongs to another data folder"},
		"cut":               {whole[:len(whole)/2], right, "damaged"},
		"empty":             {[]byte{}, right, "damaged"},
		"newer":             {changed("packbench_key", 2), right, "newer Packbench"},
		"cheaper":           {changed("time", 1), right, "does not open"},
		"too dear":          {changed("memory_kib", 1<<30), right, "damaged"},
		"another id":        {changed("key_id", "x"), right, "does not open"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.Remove(f.keyFile()); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if c.content != nil {
				if err := os.WriteFile(f.keyFile(), c.content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			refused(t, f.vault(c.passphrase), c.says)
			after, err := os.ReadFile(f.keyFile())
			if (c.content == nil) != os.IsNotExist(err) || string(after) != string(c.content) {
				t.Errorf("the key file was touched: %d bytes, %v", len(after), err)
			}
		})
	}
}

func TestFirstUseRefusesWhatCanNotGuard(t *testing.T) {
	for name, c := range map[string]struct{ file, says string }{
		"short":   {passphraseFile(t, "seven77\n"), "use 8 or more"},
		"empty":   {passphraseFile(t, ""), "holds no passphrase"},
		"missing": {filepath.Join(t.TempDir(), "nowhere"), "can't be read"},
		"endless": {passphraseFile(t, strings.Repeat("x", 5000)), "holds no passphrase"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			refused(t, f.vault(c.file), c.says)
			if f.hasMeta(t) {
				t.Error("the database knows of a root key that was never made")
			}
			if _, err := os.Stat(f.keyFile()); !os.IsNotExist(err) {
				t.Errorf("a key file was left: %v", err)
			}
		})
	}
}

func TestFolderThatCanNotBeWritten(t *testing.T) {
	f := folder{dir: filepath.Join(t.TempDir(), "nowhere"), metas: &testkit.Metas{}}
	refused(t, f.vault(passphraseFile(t, "correct horse")), "can't be written")
	if f.hasMeta(t) {
		t.Error("the database knows of a root key that was never stored")
	}
}

// A start that ended between key file and database has sealed nothing; the next one takes the file over.
func TestKeyFileOfAStartThatEndedIsTakenOver(t *testing.T) {
	f := newFolder(t)
	right := passphraseFile(t, "correct horse")
	before := f.vault(right)
	unlock(t, before)
	again := folder{dir: f.dir, metas: &testkit.Metas{}}
	refused(t, again.vault(passphraseFile(t, "wrong horse")), "does not open")
	after := again.vault(right)
	unlock(t, after)
	if lookup(t, before) != lookup(t, after) {
		t.Error("the root key in the file was not taken over")
	}
}

func TestManyFirstStartsAgreeOnOneKey(t *testing.T) {
	f := newFolder(t)
	file := passphraseFile(t, "correct horse")
	vaults := make([]*vault.Vault, 4)
	made := make([]bool, len(vaults))
	var all sync.WaitGroup
	for i := range vaults {
		vaults[i] = f.vault(file)
		all.Go(func() {
			u, err := vaults[i].Unlock(context.Background())
			if err != nil {
				t.Error(err)
			}
			made[i] = u.Made
		})
	}
	all.Wait()
	count := 0
	for i, v := range vaults {
		if lookup(t, v) != lookup(t, vaults[0]) {
			t.Error("two starts have two root keys")
		}
		if made[i] {
			count++
		}
	}
	if count != 1 {
		t.Errorf("%d starts say they made the root key", count)
	}
}

func TestUnknownHolder(t *testing.T) {
	f := newFolder(t)
	err := f.metas.Write(t.Context(), func(r account.VaultRepo) error {
		return r.SaveVaultMeta(account.VaultMeta{KeyID: "k", Holder: "chip", Check: []byte{1}})
	})
	if err != nil {
		t.Fatal(err)
	}
	refused(t, f.vault(passphraseFile(t, "correct horse")), "newer one")
}

func TestTypedPassphrase(t *testing.T) {
	f := newFolder(t)
	typed := func(text string) *vault.Vault {
		return vault.New(vault.Config{Store: f.metas, Clock: clock.NewManual(testkit.Start), DataDir: f.dir, Passphrase: secret.New(text)})
	}
	refused(t, typed("seven77"), "use 8 or more")
	first := typed("correct horse")
	if u := unlock(t, first); !u.Made || u.KeyFile != f.keyFile() {
		t.Fatalf("the first Unlock tells %+v", u)
	}
	refused(t, typed("wrong horse"), "This passphrase does not open")
	fromFile := f.vault(passphraseFile(t, "correct horse\n"))
	unlock(t, fromFile)
	if lookup(t, first) != lookup(t, fromFile) {
		t.Error("typed or from a file, it is another root key")
	}
	_, err := f.vault("").Unlock(t.Context())
	var needed *vault.PassphraseNeeded
	if !errors.As(err, &needed) || needed.New {
		t.Errorf("without one: %v", err)
	}
}

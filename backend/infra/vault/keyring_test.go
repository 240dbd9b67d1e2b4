//go:build linux

package vault_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/core/account"
	"packbench/backend/infra/vault"
)

// within is set for the test binary that runs inside a session with a keyring of its own; its value says in which state.
const within = "PACKBENCH_KEYRING_SESSION"

// session runs one test of this binary inside a message bus of its own, after the script has set a keyring up.
func session(t *testing.T, test, script string) {
	t.Helper()
	for _, tool := range []string{"dbus-run-session", "gnome-keyring-daemon", "gdbus"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed; the keyring is tested where it is", tool)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	runtimeDir := filepath.Join(home, "runtime")
	if err := os.Mkdir(runtimeDir, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", "--", "bash", "-c", script+"\nexec "+self+" -test.v -test.run '^"+test+"$'")
	cmd.Env = append(os.Environ(), within+"=1", "HOME="+home, "XDG_RUNTIME_DIR="+runtimeDir, "XDG_DATA_HOME="+filepath.Join(home, "data"))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+test) {
		t.Fatalf("within the session: %v\n%s", err, out)
	}
}

// unlockedKeyring starts GNOME Keyring with an empty password and waits until the bus knows it.
const unlockedKeyring = `set -e
printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
gdbus wait --session --timeout 20 org.freedesktop.secrets`

func TestKeyring(t *testing.T) {
	if os.Getenv(within) == "" {
		session(t, "TestKeyring", unlockedKeyring)
		return
	}
	f := newFolder(t)
	first := f.vault("")
	if u := unlock(t, first); !u.Made || u.KeyFile != "" {
		t.Fatalf("the first Unlock tells %+v", u)
	}
	next := f.vault("")
	if u := unlock(t, next); u.Made {
		t.Fatalf("the next start tells %+v", u)
	}
	if lookup(t, first) != lookup(t, next) {
		t.Fatal("the next start has another root key")
	}
	if entries, err := os.ReadDir(f.dir); err != nil || len(entries) != 0 {
		t.Fatalf("the data folder holds %v, %v", entries, err)
	}

	anchored(t, first, next)

	other := newFolder(t) // of the same user
	v := other.vault("")
	unlock(t, v)
	if lookup(t, v) == lookup(t, first) {
		t.Fatal("two data folders share a root key")
	}
	again := f.vault("")
	unlock(t, again)
	if lookup(t, first) != lookup(t, again) {
		t.Fatal("another data folder changed this one's root key")
	}

	lost := newFolder(t)
	save(t, lost, account.VaultMeta{KeyID: "0198-gone", Holder: "keyring", Check: []byte{1}})
	refused(t, lost.vault(""), "No new key is made")

	var meta account.VaultMeta
	err := f.metas.Read(t.Context(), func(r account.VaultRepo) (err error) { meta, err = r.VaultMeta(); return err })
	if err != nil {
		t.Fatal(err)
	}
	mixed := newFolder(t)
	meta.Check = []byte("of another root key")
	save(t, mixed, meta)
	refused(t, mixed.vault(""), "not the one this database was sealed under")
}

// A locked keyring that can't ask for its password answers as if nothing had ever been stored in it.
func TestLockedKeyring(t *testing.T) {
	if os.Getenv(within) == "" {
		session(t, "TestLockedKeyring", unlockedKeyring)
		return
	}
	f := newFolder(t)
	unlock(t, f.vault(""))
	lock := exec.CommandContext(t.Context(), "gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
		"--method", "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']")
	if out, err := lock.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	refused(t, f.vault(""), "Unlock the keyring and try again")
	fresh := newFolder(t)
	refused(t, fresh.vault(""), "Unlock the keyring and try again")
	if fresh.hasMeta(t) {
		t.Fatal("the database knows of a root key that was never stored")
	}
}

func TestNoKeyringOnTheBus(t *testing.T) {
	if os.Getenv(within) == "" {
		session(t, "TestNoKeyringOnTheBus", `export XDG_DATA_DIRS=/nonexistent DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent`)
		return
	}
	f := newFolder(t)
	refused(t, f.vault(""), "--passphrase-file FILE")
	_, err := f.vault("").Unlock(t.Context())
	var needed *vault.PassphraseNeeded
	if !errors.As(err, &needed) || !needed.New {
		t.Fatalf("where a passphrase would help: %v", err)
	}
	if f.hasMeta(t) {
		t.Fatal("the database knows of a root key that was never made")
	}
	save(t, f, account.VaultMeta{KeyID: "k", Holder: "keyring", Check: []byte{1}})
	refused(t, f.vault(""), "No keyring")
	refused(t, f.vault(passphraseFile(t, "correct horse")), "No keyring")
	unlock(t, newFolder(t).vault(passphraseFile(t, "correct horse")))
}

// Importing the keyring library must not start a message bus (see package nobus).
func TestNoBusIsStarted(t *testing.T) {
	if os.Getenv(within) != "" {
		if address, set := os.LookupEnv("DBUS_SESSION_BUS_ADDRESS"); set {
			t.Fatalf("the address %q stays in the environment", address)
		}
		return
	}
	if _, err := os.Stat("/run/user/" + uid() + "/bus"); err == nil {
		t.Skip("this user has a session bus, which is used instead of starting one")
	}
	dir := t.TempDir()
	mark := filepath.Join(dir, "started")
	script := "#!/bin/sh\necho x >'" + mark + "'\nexit 1\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.v", "-test.run", "^TestNoBusIsStarted$")
	cmd.Env = []string{within + "=1", "PATH=" + dir + ":" + os.Getenv("PATH"), "HOME=" + dir}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Fatal("the start of this binary ran dbus-launch")
	}
}

func save(t *testing.T, f folder, meta account.VaultMeta) {
	t.Helper()
	err := f.metas.Write(t.Context(), func(r account.VaultRepo) error { return r.SaveVaultMeta(meta) })
	if err != nil {
		t.Fatal(err)
	}
}

func uid() string {
	return strconv.Itoa(os.Getuid())
}

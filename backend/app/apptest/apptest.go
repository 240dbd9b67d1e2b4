// Package apptest runs the whole program for tests: on a folder of its own, under a passphrase, without a network.
package apptest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/app"
	"packbench/backend/core/actor"
	"packbench/backend/testkit"
)

// Folder is a data folder of a test.
type Folder struct {
	Dir            string
	PassphraseFile string
	rehearse       bool
}

// NewFolder names a fresh data folder, which the first Run, Open or Serve makes.
func NewFolder(t testing.TB) Folder {
	t.Helper()
	dir := t.TempDir()
	f := Folder{Dir: filepath.Join(dir, "data"), PassphraseFile: filepath.Join(dir, "passphrase"), rehearse: testkit.Rehearses(t)}
	if err := os.WriteFile(f.PassphraseFile, []byte("a passphrase for tests only\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

// Options gives the folder as options of package app.
func (f Folder) Options() app.Options {
	return app.Options{DataDir: f.Dir, PassphraseFile: f.PassphraseFile, Version: "test", Rehearse: f.rehearse}
}

// Args puts the flags that name the folder before a command's arguments.
func (f Folder) Args(args ...string) []string {
	return append([]string{"--data-dir", f.Dir, "--passphrase-file", f.PassphraseFile}, args...)
}

// Open opens the folder for a test, which closes it.
func (f Folder) Open(t testing.TB) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), f.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// Serve opens the folder and serves the local API on a free port until the test ends.
func (f Folder) Serve(t testing.TB) (a *app.App, url string) {
	t.Helper()
	a = f.Open(t)
	server, _, err := a.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve() }()
	t.Cleanup(func() {
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return a, server.URL()
}

// Manager gives a context in which the person at this machine acts.
func Manager(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{Door: actor.Window, Name: "tester"})
}

// Tool runs a program of the system and gives its output. Where it is not installed, the test is skipped and says so.
func Tool(t testing.TB, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed: make setup-test", name)
	}
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

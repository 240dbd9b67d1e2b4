// Package testkit puts together what tests of core stand on: a database of their own in a temporary folder, an unlocked
// vault, and a clock that stands still. It is on no floor, and nothing but tests may import it.
package testkit

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
	"packbench/backend/core/savedview"
	"packbench/backend/core/settings"
	"packbench/backend/core/template"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/vault"
)

// Start is when the clock of a Bench stands at first.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Bench is a data folder with the services on it.
type Bench struct {
	DB        *sqldb.DB
	Vault     *vault.Vault
	Clock     *clock.Manual
	Accounts  *account.Service
	Auths     *auth.Service
	Presets   *preset.Service
	Settings  *settings.Service
	Templates *template.Service
	Audit     *audit.Service
	Views     *savedview.Service
}

// Rehearses reports whether what t writes is rehearsed: in a test, and not where it is measured.
func Rehearses(t testing.TB) bool {
	_, measured := t.(*testing.B)
	return !measured
}

// New opens an empty bench that has the couriers.
func New(t testing.TB, couriers ...courier.Adapter) *Bench {
	t.Helper()
	now := clock.NewManual(Start)
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "packbench.db"), sqldb.Options{Clock: now, Rehearse: Rehearses(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	registry, err := courier.NewRegistry(couriers...)
	if err != nil {
		t.Fatal(err)
	}
	v, err := unlocked()
	if err != nil {
		t.Fatal(err)
	}
	db.UseAuditKeys(audit.NewRatchet(make([]byte, 32)))
	return &Bench{
		DB: db, Vault: v, Clock: now,
		Accounts:  &account.Service{Store: sqldb.As[account.Repo](db), Vault: v, Clock: now},
		Auths:     &auth.Service{Store: sqldb.As[auth.Repo](db), Vault: v, Couriers: registry, Clock: now},
		Presets:   &preset.Service{Store: sqldb.As[preset.Repo](db), Couriers: registry, Clock: now},
		Settings:  &settings.Service{Store: sqldb.As[settings.Repo](db), Clock: now},
		Templates: &template.Service{Store: sqldb.As[template.Repo](db), Clock: now},
		Audit:     &audit.Service{Store: sqldb.As[audit.Repo](db), Vault: v, Clock: now},
		Views:     &savedview.Service{Store: sqldb.As[savedview.Repo](db), Clock: now},
	}
}

// unlocked makes one vault for all tests of a process: its key derivation is meant to be slow.
var unlocked = sync.OnceValues(func() (*vault.Vault, error) {
	dir, err := os.MkdirTemp("", "packbench-vault-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "passphrase")
	if err := os.WriteFile(file, []byte("only for tests\n"), 0o600); err != nil {
		return nil, err
	}
	v := vault.New(vault.Config{Store: &Metas{}, Clock: clock.NewManual(Start), DataDir: dir, PassphraseFile: file})
	_, err = v.Unlock(context.Background())
	return v, err
})

// Metas keeps a VaultMeta in memory. It serves one goroutine at a time.
type Metas struct {
	mu   sync.Mutex
	meta *account.VaultMeta
}

var _ store.Store[account.VaultRepo] = (*Metas)(nil)

// Read runs fn.
func (m *Metas) Read(_ context.Context, fn func(account.VaultRepo) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fn(metas{m})
}

// Write runs fn; SaveVaultMeta is its only change, so that there is nothing to take back.
func (m *Metas) Write(ctx context.Context, fn func(account.VaultRepo) error) error {
	return m.Read(ctx, fn)
}

type metas struct{ *Metas }

func (m metas) VaultMeta() (account.VaultMeta, error) {
	if m.meta == nil {
		return account.VaultMeta{}, errs.New(errs.NotFound, "no root key yet")
	}
	return *m.meta, nil
}

func (m metas) SaveVaultMeta(meta account.VaultMeta) error {
	if m.meta != nil {
		return errs.New(errs.Conflict, "there is a root key")
	}
	m.meta = &meta
	return nil
}

// Manager is a context of a person at this machine.
func Manager(t testing.TB) context.Context {
	return actor.With(t.Context(), actor.Actor{Door: actor.Terminal, Name: "manager"})
}

// Caller is a context of a caller of the courier API with the scopes.
func Caller(t testing.TB, id account.ID, scopes ...actor.Scope) context.Context {
	return actor.With(t.Context(), actor.Actor{Door: actor.API, Name: "caller", AccountID: string(id), Scopes: scopes})
}

// Account makes an account in a group of its own.
func (b *Bench) Account(t testing.TB, name string) account.Account {
	t.Helper()
	g, err := b.Accounts.CreateGroup(Manager(t), "Group of "+name)
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := b.Accounts.Create(Manager(t), account.CreateAccount{GroupID: g.ID, Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// OK ends the test on an error.
func OK(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Refused wants an error of the code that says the words.
func Refused(t testing.TB, err error, code errs.Code, says string) {
	t.Helper()
	if !errs.Is(err, code) || !strings.Contains(err.Error(), says) {
		t.Fatalf("got %v, want %s that says %q", err, code, says)
	}
}

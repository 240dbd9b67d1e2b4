// Package storetest is what any store of Packbench must do: one suite that each of them runs.
package storetest

import (
	"context"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/bulk"
	"packbench/backend/core/contact"
	"packbench/backend/core/document"
	"packbench/backend/core/draft"
	"packbench/backend/core/health"
	"packbench/backend/core/importing"
	"packbench/backend/core/manifest"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/printing"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/savedview"
	"packbench/backend/core/settings"
	"packbench/backend/core/shipment"
	"packbench/backend/core/template"
)

// Repo is every repository of core in one.
type Repo interface {
	account.Repo
	account.VaultRepo
	audit.Repo
	auth.Repo
	bulk.Repo
	contact.Repo
	document.Repo
	draft.Repo
	health.Repo
	importing.Repo
	manifest.Repo
	numbering.Repo
	preset.Repo
	printing.Repo
	requestlog.Repo
	settings.Repo
	shipment.Repo
	savedview.Repo
	template.Repo
}

// Run runs the suite; open gives an empty store of its own to each test, which it closes by itself, and what makes it finish
// whatever it does behind its writes.
func Run(t *testing.T, open func(t *testing.T) (store.Store[Repo], func(context.Context) error)) {
	suites := map[string]func(*testing.T, *Bench){
		"transactions": transactions,
		"groups":       groups,
		"accounts":     accounts,
		"secrets":      secrets,
		"auths":        auths,
		"bulk runs":    bulkRuns,
		"contacts":     contacts,
		"presets":      presets,
		"printers":     printers,
		"print jobs":   printJobs,
		"settings":     siteSettings,
		"numbers":      numbers,
		"shipments":    shipments,
		"lists":        lists,
		"long times":   longTimes,
		"crowds":       crowds,
		"search":       search,
		"imports":      imports,
		"manifests":    manifests,
		"drafts":       drafts,
		"health":       courierHealth,
		"views":        views,
		"templates":    templates,
		"claims":       claims,
		"documents":    documents,
		"requests":     requests,
		"audit":        audits,
	}
	for name, suite := range suites {
		t.Run(name, func(t *testing.T) {
			s, settle := open(t)
			suite(t, &Bench{T: t, Store: s, Settle: settle})
		})
	}
}

// Bench is a store under test, with short ways to write and read.
type Bench struct {
	*testing.T
	Store  store.Store[Repo]
	Settle func(context.Context) error
	made   int
}

// start is when the tests' things are made.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// moment gives a time and an id of their own to the next thing, a second later than the last one.
func (b *Bench) moment() (ms int64, id string) {
	b.made++
	at := start.Add(time.Duration(b.made) * time.Second)
	return at.UnixMilli(), ident.New(at)
}

// write writes, and fails the test where that fails.
func (b *Bench) write(fn func(Repo) error) {
	b.Helper()
	if err := b.Store.Write(context.Background(), fn); err != nil {
		b.Fatalf("write: %v", err)
	}
}

// read reads, and fails the test where that fails.
func (b *Bench) read(fn func(Repo) error) {
	b.Helper()
	if err := b.Store.Read(context.Background(), fn); err != nil {
		b.Fatalf("read: %v", err)
	}
}

// settle lets the store finish what it does behind its writes.
func (b *Bench) settle() {
	b.Helper()
	if err := b.Settle(context.Background()); err != nil {
		b.Fatalf("settle: %v", err)
	}
}

// refuse writes and wants an error of the code.
func (b *Bench) refuse(code errs.Code, fn func(Repo) error) {
	b.Helper()
	if err := b.Store.Write(context.Background(), fn); errs.CodeOf(err) != code {
		b.Fatalf("write = %v, want the code %s", err, code)
	}
}

// get reads one thing, and fails the test where that fails.
func get[T any](b *Bench, fn func(Repo) (T, error)) T {
	b.Helper()
	var value T
	b.read(func(r Repo) (err error) { value, err = fn(r); return err })
	return value
}

// same compares two values.
func same[T comparable](b *Bench, what string, got, want T) {
	b.Helper()
	if got != want {
		b.Fatalf("%s = %v, want %v", what, got, want)
	}
}

// Package audit keeps who did what to which thing, when and through which door. An entry is written in the same
// transaction as the change it tells of: no entry, no change. Secrets are never part of an entry.
//
// Entries form a chain (Row, Ratchet) whose end is noted outside the database (Anchor), so that what somebody changes,
// removes or adds past Packbench is found, and where (Verify).
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/ident"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/actor"
)

// Subject is the thing that was acted on. Name is what it was called then.
type Subject struct {
	Kind string `json:"kind"` // group, account, key, token, auth, preset, shipment, view, settings, audit
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Entry is one line of the audit.
type Entry struct {
	ID        string          `json:"id"`
	AtMs      int64           `json:"at_ms"`
	Door      actor.Door      `json:"door"`
	Actor     string          `json:"actor"`
	From      string          `json:"from"`
	Action    string          `json:"action"` // noun.verb: "token.reveal"
	Subject   Subject         `json:"subject"`
	AccountID string          `json:"account_id"` // "" when it concerns no account
	Before    json.RawMessage `json:"before,omitempty"`
	After     json.RawMessage `json:"after,omitempty"`
}

// Repo is what entries are kept in.
type Repo interface {
	AppendAudit(Entry) error // the next row of the chain
	ListAudit(Filter, page.Request) (page.Result[Row], error)
	AuditActors() ([]string, error) // who ever did something, by name, 200 at most

	AuditHead() (Link, error)                        // of the last row; zero where there is none
	AuditLink(seq int64) (Link, error)               // NotFound: there is no such row
	AuditRows(after int64, limit int) ([]Row, error) // by Seq, those behind after
	SealAudit(Row) error                             // gives a row of before the chain its Hash and MAC
}

// Filter narrows a list; zero fields don't.
type Filter struct {
	AccountID string     `json:"account_id"`
	Actor     string     `json:"actor"`
	Action    string     `json:"action"` // "token.reveal", or "token" for everything done to tokens
	Door      actor.Door `json:"door"`
	SubjectID string     `json:"subject_id"`
	Subject   string     `json:"subject"` // part of the thing's name, any case of ASCII letters
	FromMs    int64      `json:"from_ms"` // included
	ToMs      int64      `json:"to_ms"`   // not included
}

// Service is what can be done with the audit.
type Service struct {
	Store store.Store[Repo]
	Vault Vault
	Clock clock.Clock
}

// List gives rows, newest first. Only at this machine.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Row], error) {
	var out page.Result[Row]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.ListAudit(f, p); return err })
	return out, err
}

// Actors gives who ever did something, for choosing from; 200 names at most. Only at this machine.
func (s *Service) Actors(ctx context.Context) ([]string, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var names []string
	err := s.Store.Read(ctx, func(r Repo) (err error) { names, err = r.AuditActors(); return err })
	return names, err
}

// Record writes one entry within the transaction of repo. before and after are values that hold no secret, or nil.
func Record(ctx context.Context, repo interface{ AppendAudit(Entry) error }, now time.Time, action string, subject Subject, accountID string, before, after any) error {
	a, _ := actor.From(ctx)
	subject.Name = plain(subject.Name)
	entry := Entry{
		ID: ident.New(now), AtMs: now.UnixMilli(), Door: a.Door, Actor: plain(a.Name), From: plain(a.From),
		Action: action, Subject: subject, AccountID: accountID,
	}
	var err error
	if entry.Before, err = encode(before); err != nil {
		return err
	}
	if entry.After, err = encode(after); err != nil {
		return err
	}
	return repo.AppendAudit(entry)
}

// plain makes a caller's text valid UTF-8: JSON has one form for all bytes that are not, which would let them be swapped
// unseen.
func plain(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

func encode(value any) (json.RawMessage, error) {
	if value == nil {
		return nil, nil
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return raw, nil
}

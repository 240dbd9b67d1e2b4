// Package audit keeps who did what to which thing, when and through which door. An entry is written in the same
// transaction as the change it tells of: no entry, no change. Secrets are never part of an entry.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"packbench/backend/base/ident"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/actor"
)

// Subject is the thing that was acted on. Name is what it was called then.
type Subject struct {
	Kind string `json:"kind"` // group, account, key, token, auth, preset, shipment, settings
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
	AppendAudit(Entry) error
	ListAudit(Filter, page.Request) (page.Result[Entry], error)
}

// Filter narrows a list; zero fields don't.
type Filter struct {
	AccountID string `json:"account_id"`
	Action    string `json:"action"`
	SubjectID string `json:"subject_id"`
}

// Service lists entries.
type Service struct{ Store store.Store[Repo] }

// List gives entries, newest first. Only at this machine.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Entry], error) {
	var out page.Result[Entry]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.ListAudit(f, p); return err })
	return out, err
}

// Record writes one entry within the transaction of repo. before and after are values that hold no secret, or nil.
func Record(ctx context.Context, repo interface{ AppendAudit(Entry) error }, now time.Time, action string, subject Subject, accountID string, before, after any) error {
	a, _ := actor.From(ctx)
	entry := Entry{
		ID: ident.New(now), AtMs: now.UnixMilli(), Door: a.Door, Actor: a.Name, From: a.From,
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

// Package requestlog keeps every request to the courier API: its number is the caller's dc_request_id.
package requestlog

import (
	"context"

	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// Entry is one request. What a caller sent and was sent has been through Redact, RedactURL and RedactText before it comes
// here.
type Entry struct {
	Number    int64      `json:"dc_request_id"` // site-wide, below 2^31
	AtMs      int64      `json:"at_ms"`
	AccountID account.ID `json:"account_id"` // "" when the caller was not known
	TokenName string     `json:"token_name"`
	RequestID string     `json:"request_id"` // the caller's, as text
	Method    string     `json:"method"`
	Path      string     `json:"path"`
	Status    int        `json:"status"`
	TookUs    int64      `json:"took_us"` // microseconds
	From      string     `json:"from"`    // user agent
	Request   string     `json:"request"`
	Response  string     `json:"response"`
}

// BodyLimit is how much of a body is kept, in bytes.
const BodyLimit = 64 << 10

// Repo is what entries are kept in.
type Repo interface {
	AppendRequest(Entry) error
	Requests(Filter, page.Request) (page.Result[Entry], error) // newest first, without bodies
	Request(number int64) (Entry, error)                       // NotFound
}

// Filter narrows a list; zero fields don't.
type Filter struct {
	AccountID account.ID `json:"account_id"`
	RequestID string     `json:"request_id"`
	Failed    bool       `json:"failed"`
}

// Service writes and lists entries.
type Service struct {
	Store store.Store[Repo]
}

// Append stores an entry durably.
func (s *Service) Append(ctx context.Context, e Entry) error {
	return s.Store.Write(ctx, func(r Repo) error { return r.AppendRequest(e) })
}

// Get gives one entry with its bodies. Only at this machine. NotFound.
func (s *Service) Get(ctx context.Context, number int64) (Entry, error) {
	var out Entry
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Request(number); return err })
	return out, err
}

// List gives entries without their bodies, newest first. Only at this machine.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Entry], error) {
	var out page.Result[Entry]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Requests(f, p); return err })
	return out, err
}

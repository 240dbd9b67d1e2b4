package desktop

import (
	"context"

	"packbench/backend/base/page"
	"packbench/backend/core/audit"
	"packbench/backend/core/requestlog"
)

// Activity is the request log and the audit.
type Activity struct{ door *Door }

// RequestPage is a page of the request log. Next is "" on the last one.
type RequestPage struct {
	Items []requestlog.Entry `json:"items"`
	Next  string             `json:"next"`
}

// AuditPage is a page of the audit. Next is "" on the last one.
type AuditPage struct {
	Items []AuditEntry `json:"items"`
	Next  string       `json:"next"`
}

// AuditEntry is one line of the audit; Before and After are JSON texts, "" for none.
type AuditEntry struct {
	ID        string        `json:"id"`
	AtMs      int64         `json:"at_ms"`
	Door      string        `json:"door"`
	Actor     string        `json:"actor"`
	From      string        `json:"from"`
	Action    string        `json:"action"`
	Subject   audit.Subject `json:"subject"`
	AccountID string        `json:"account_id"`
	Before    string        `json:"before"`
	After     string        `json:"after"`
}

// Requests gives API requests, newest first.
func (a *Activity) Requests(filter requestlog.Filter, p page.Request) (RequestPage, error) {
	return ask(a.door, "Activity.Requests", func(ctx context.Context, s *Services) (RequestPage, error) {
		got, err := s.Requests.List(ctx, filter, p)
		return RequestPage(got), err
	})
}

// Request gives one API request with its bodies, which lists leave out.
func (a *Activity) Request(number int64) (requestlog.Entry, error) {
	return ask(a.door, "Activity.Request", func(ctx context.Context, s *Services) (requestlog.Entry, error) {
		return s.Requests.Get(ctx, number)
	})
}

// Audit gives who did what, newest first.
func (a *Activity) Audit(filter audit.Filter, p page.Request) (AuditPage, error) {
	return ask(a.door, "Activity.Audit", func(ctx context.Context, s *Services) (AuditPage, error) {
		got, err := s.Audit.List(ctx, filter, p)
		out := AuditPage{Next: got.Next}
		for _, e := range got.Items {
			out.Items = append(out.Items, AuditEntry{
				ID: e.ID, AtMs: e.AtMs, Door: string(e.Door), Actor: e.Actor, From: e.From, Action: e.Action, Subject: e.Subject,
				AccountID: e.AccountID, Before: string(e.Before), After: string(e.After),
			})
		}
		return out, err
	})
}

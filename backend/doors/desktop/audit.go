package desktop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/audit"
)

// AuditPage is a page of the audit. Next is "" on the last one.
type AuditPage struct {
	Items []AuditEntry `json:"items"`
	Next  string       `json:"next"`
}

// AuditEntry is one line of the audit; Before and After are JSON texts, "" for none. Number counts from 1.
type AuditEntry struct {
	Number    int64         `json:"number"`
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

// SavedAudit tells where the audit was saved; Path is "" where the dialog was closed.
type SavedAudit struct {
	Path    string `json:"path"`
	Entries int64  `json:"entries"`
}

// Audit gives who did what, newest first.
func (a *Activity) Audit(filter audit.Filter, p page.Request) (AuditPage, error) {
	return ask(a.door, "Activity.Audit", func(ctx context.Context, s *Services) (AuditPage, error) {
		got, err := s.Audit.List(ctx, filter, p)
		out := AuditPage{Next: got.Next}
		for _, r := range got.Items {
			out.Items = append(out.Items, AuditEntry{
				Number: r.Seq, ID: r.ID, AtMs: r.AtMs, Door: string(r.Door), Actor: r.Actor, From: r.From, Action: r.Action,
				Subject: r.Subject, AccountID: r.AccountID, Before: string(r.Before), After: string(r.After),
			})
		}
		return out, err
	})
}

// AuditActors gives who ever did something, to choose from.
func (a *Activity) AuditActors() ([]string, error) {
	return ask(a.door, "Activity.AuditActors", func(ctx context.Context, s *Services) ([]string, error) {
		return s.Audit.Actors(ctx)
	})
}

// SaveAudit asks where to and saves what is filtered as CSV. Nothing half-written stays behind.
func (a *Activity) SaveAudit(filter audit.Filter) (SavedAudit, error) {
	return ask(a.door, "Activity.SaveAudit", func(ctx context.Context, s *Services) (SavedAudit, error) {
		path, err := a.door.frame().SaveFile("Save the audit", "audit.csv", FileKind{Name: "CSV table", Extension: "csv"})
		if err != nil || path == "" {
			return SavedAudit{}, err
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return SavedAudit{}, errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder.", path)
		}
		buffered := bufio.NewWriter(file)
		entries, err := s.Audit.Export(ctx, filter, buffered)
		if err == nil {
			err = buffered.Flush()
		}
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(path)
			return SavedAudit{}, errs.Wrap(err, errs.Unavailable, "The audit could not be written to %s. Choose another folder, or make some room.", path)
		}
		return SavedAudit{Path: path, Entries: entries}, nil
	})
}

// auditCheck is the verification under way.
type auditCheck struct {
	mu   sync.Mutex
	stop context.CancelFunc // nil while there is none
}

// VerifyAudit reads the whole audit and tells whether it is as Packbench wrote it. On the way the event "audit-check" says
// "done/total" entries. Conflict: one is under way. Unavailable: it was stopped.
func (a *Activity) VerifyAudit() (audit.Verdict, error) {
	return ask(a.door, "Activity.VerifyAudit", func(ctx context.Context, s *Services) (audit.Verdict, error) {
		ctx, err := a.check.start(ctx)
		if err != nil {
			return audit.Verdict{}, err
		}
		defer a.check.end()
		return s.Audit.Verify(ctx, func(done, total int64) { a.door.Changed("audit-check", fmt.Sprintf("%d/%d", done, total)) })
	})
}

// StopVerifyAudit ends the verification under way, if there is one.
func (a *Activity) StopVerifyAudit() error {
	_, err := answer(a.door, "Activity.StopVerifyAudit", func(context.Context) (struct{}, error) {
		a.check.end()
		return struct{}{}, nil
	})
	return err
}

func (c *auditCheck) start(ctx context.Context) (context.Context, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		return nil, errs.New(errs.Conflict, "The audit is being verified already.")
	}
	ctx, c.stop = context.WithCancel(ctx)
	return ctx, nil
}

func (c *auditCheck) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}

package audit_test

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"
	"testing"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/testkit"
)

// firstKey is the ratchet's first key in these tests.
var firstKey = bytes.Repeat([]byte{7}, 32)

// house is an audit in memory with its anchor outside of it.
type house struct {
	mu     sync.Mutex
	rows   []audit.Row
	keys   *audit.Ratchet
	anchor *audit.Anchor
}

func newHouse() *house { return &house{keys: audit.NewRatchet(bytes.Clone(firstKey))} }

func (h *house) keeper() *audit.Keeper {
	return &audit.Keeper{Store: h, Vault: h, Clock: clock.NewManual(testkit.Start), Keys: h.keys}
}

func (h *house) service() *audit.Service {
	return &audit.Service{Store: h, Vault: h, Clock: clock.NewManual(testkit.Start)}
}

// restart forgets every key, as a new process does.
func (h *house) restart() { h.keys = audit.NewRatchet(bytes.Clone(firstKey)) }

// append adds entries.
func (h *house) append(t testing.TB, count int) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.Actor{Door: actor.Terminal, Name: "tester"})
	for n := range count {
		err := audit.Record(ctx, h, testkit.Start, "token.reveal", audit.Subject{Kind: "token", Name: "till"}, "", nil, map[string]int{"n": n})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (h *house) verify(t testing.TB) audit.Verdict {
	t.Helper()
	v, err := h.service().Verify(testkit.Manager(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (h *house) Read(_ context.Context, fn func(audit.Repo) error) error { return fn(h) }

func (h *house) Write(_ context.Context, fn func(audit.Repo) error) error {
	before := slices.Clone(h.rows)
	err := fn(h)
	if err != nil {
		h.rows = before
	}
	return err
}

func (h *house) AppendAudit(e audit.Entry) error {
	head, _ := h.AuditHead()
	row, err := audit.Next(head, e, h.keys)
	h.rows = append(h.rows, row)
	return err
}

func (h *house) ListAudit(f audit.Filter, _ page.Request) (page.Result[audit.Row], error) {
	out := page.Result[audit.Row]{}
	for _, r := range slices.Backward(h.rows) {
		if f.Action == "" || f.Action == r.Action {
			out.Items = append(out.Items, r)
		}
	}
	return out, nil
}

func (h *house) AuditActors() ([]string, error) { return []string{"tester"}, nil }

func (h *house) AuditHead() (audit.Link, error) {
	if len(h.rows) == 0 {
		return audit.Link{}, nil
	}
	return h.rows[len(h.rows)-1].Link(), nil
}

func (h *house) AuditLink(seq int64) (audit.Link, error) {
	for _, r := range h.rows {
		if r.Seq == seq {
			return r.Link(), nil
		}
	}
	return audit.Link{}, errs.New(errs.NotFound, "no such row")
}

func (h *house) AuditRows(after int64, limit int) ([]audit.Row, error) {
	slices.SortFunc(h.rows, func(a, b audit.Row) int { return cmp.Compare(a.Seq, b.Seq) })
	var out []audit.Row
	for _, r := range h.rows {
		if r.Seq > after && len(out) < limit {
			out = append(out, r)
		}
	}
	return out, nil
}

func (h *house) SealAudit(row audit.Row) error {
	for i := range h.rows {
		if h.rows[i].Seq == row.Seq {
			h.rows[i] = row
		}
	}
	return nil
}

func (h *house) AuditKey(context.Context) ([]byte, error) { return bytes.Clone(firstKey), nil }

func (h *house) Anchor(context.Context) (audit.Anchor, error) {
	if h.anchor == nil {
		return audit.Anchor{}, errs.New(errs.NotFound, "no anchor")
	}
	return *h.anchor, nil
}

func (h *house) MoveAnchor(_ context.Context, move func(*audit.Anchor) (*audit.Anchor, error)) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	moved, err := move(h.anchor)
	if err == nil && moved != nil {
		h.anchor = moved
	}
	return err
}

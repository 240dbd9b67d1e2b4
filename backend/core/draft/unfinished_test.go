package draft_test

import (
	"testing"

	"packbench/backend/core/draft"
	"packbench/backend/testkit"
)

// TestWhatIsKeptByItselfBecomesADraftOnceItIsSaved keeps an order while it is typed, then saves it as a person does.
func TestWhatIsKeptByItselfBecomesADraftOnceItIsSaved(t *testing.T) {
	w := newWorld(t)
	keep := func(d draft.Draft, source string) draft.Draft {
		t.Helper()
		d.AccountID, d.Source = w.owner, source
		out, err := w.drafts.Save(w.ctx, d)
		testkit.OK(t, err)
		return out
	}
	sources := func() (unfinished, saved int) {
		return len(w.list(t, draft.Filter{Source: draft.Unfinished})), len(w.list(t, draft.Filter{Source: draft.Window}))
	}
	d := keep(draft.Draft{Order: `{"shipment":{"reference":"half"}}`}, draft.Unfinished)
	d.Order = `{"shipment":{"reference":"more of it"}}`
	d = keep(d, draft.Unfinished)
	if unfinished, saved := sources(); unfinished != 1 || saved != 0 || d.Reference != "more of it" {
		t.Fatalf("%d unfinished, %d saved, %+v", unfinished, saved, d)
	}
	d.Order = body("OwnFleet", "R1")
	d = keep(d, draft.Window)
	if unfinished, saved := sources(); unfinished != 0 || saved != 1 {
		t.Fatalf("saved: %d unfinished, %d saved", unfinished, saved)
	}
	if d = keep(d, draft.Unfinished); d.Source != draft.Window {
		t.Errorf("a saved draft became %q", d.Source)
	}
	_, err := w.drafts.Buy(w.ctx, d.ID, d.Version)
	testkit.OK(t, err)
	if got := w.bought(t, "R1"); len(got) != 1 || len(w.list(t, draft.Filter{})) != 0 {
		t.Errorf("%d shipments, and drafts are left", len(got))
	}
}

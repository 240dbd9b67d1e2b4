package draft_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	paging "packbench/backend/base/page"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/draft"
	"packbench/backend/testkit"
)

func page(limit int) paging.Request { return paging.Request{Limit: limit} }

// TestPowerFailsAtEveryWrite lets the power fail in every write of buying a draft, before and behind its commit, starts again,
// and lets the person press again if the draft is still there: there is one shipment, and no draft.
func TestPowerFailsAtEveryWrite(t *testing.T) {
	w := newWorld(t)
	for _, key := range []courier.Key{"OwnFleet", "Depot"} {
		for _, behind := range []bool{false, true} {
			for n := 1; ; n++ {
				reference := fmt.Sprintf("%s-%t-%d", key, behind, n)
				d := w.save(t, body(key, reference))
				w.power.writes, w.power.dieAt, w.power.behind = 0, n, behind
				_, told := w.drafts.Buy(w.ctx, d.ID, d.Version)
				survived := !w.power.off
				if survived && told != nil {
					t.Fatal(told)
				}
				w.restart(t)
				for _, left := range w.list(t, draft.Filter{}) {
					if _, err := w.drafts.Buy(w.ctx, left.ID, left.Version); err != nil {
						t.Fatalf("%s: pressed again: %v", reference, err)
					}
				}
				if got := w.bought(t, reference); len(got) != 1 {
					t.Fatalf("%s: %d shipments, want 1", reference, len(got))
				}
				if _, err := w.drafts.Get(w.ctx, d.ID); !errs.Is(err, errs.NotFound) {
					t.Fatalf("%s: the draft is still there: %v", reference, err)
				}
				if survived {
					break
				}
			}
		}
	}
	sold := 0
	for range w.depot.ledger {
		sold++
	}
	kept := 0
	for _, sh := range w.bought(t, "") {
		if sh.Courier == "Depot" {
			kept++
		}
	}
	if sold == 0 || sold != kept {
		t.Errorf("the courier sold %d labels, %d are kept", sold, kept)
	}
}

// TestManyPressesBuyOnce presses Buy from many places at once.
func TestManyPressesBuyOnce(t *testing.T) {
	w := newWorld(t)
	for _, key := range []courier.Key{"OwnFleet", "Depot"} {
		d := w.save(t, body(key, "press-"+string(key)))
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := w.drafts.Buy(w.ctx, d.ID, 0)
				if err != nil && !errs.Is(err, errs.NotFound) && !errs.Is(err, errs.Conflict) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := w.bought(t, "press-"+string(key)); len(got) != 1 {
			t.Errorf("%s: %d shipments, want 1", key, len(got))
		}
		if left := w.list(t, draft.Filter{}); len(left) != 0 {
			t.Errorf("%d drafts are left", len(left))
		}
	}
}

// TestADraftIsGoneWhileItIsBought looks at the draft from within the courier's answer.
func TestADraftIsGoneWhileItIsBought(t *testing.T) {
	w := newWorld(t)
	d := w.save(t, body("Depot", "R1"))
	w.depot.during = func() {
		if left := w.list(t, draft.Filter{}); len(left) != 0 {
			t.Errorf("%d drafts are shown while one is bought", len(left))
		}
		_, err := w.drafts.Save(w.ctx, d)
		wantCode(t, err, errs.NotFound)
		if n, err := w.drafts.Delete(w.ctx, []draft.ID{d.ID}); n != 0 || err != nil {
			t.Error(n, err)
		}
	}
	w.depot.refuse = errs.New(errs.Rejected, "Depot does not go there.")
	_, err := w.drafts.Buy(w.ctx, d.ID, d.Version)
	wantCode(t, err, errs.Rejected)
	back := w.list(t, draft.Filter{})
	if len(back) != 1 || back[0].Version != d.Version || len(back[0].Problems) != 1 || back[0].Problems[0].Message != "Depot does not go there." {
		t.Fatalf("a refused draft comes back with the courier's words: %+v", back)
	}
	w.depot.refuse = nil
	made, err := w.drafts.Buy(w.ctx, d.ID, d.Version)
	testkit.OK(t, err)
	if made.Duplicate || len(w.bought(t, "R1")) != 1 {
		t.Error("it is bought once the courier takes it")
	}
}

// TestWhatIsNotKnownIsNeverBoughtAgain leaves no draft behind a purchase whose outcome is not known.
func TestWhatIsNotKnownIsNeverBoughtAgain(t *testing.T) {
	w := newWorld(t)
	d := w.save(t, body("Depot", "R1"))
	w.depot.refuse = fmt.Errorf("read tcp: time-out")
	made, err := w.drafts.Buy(w.ctx, d.ID, d.Version)
	wantCode(t, err, errs.Unclear)
	if made.Shipment.Number == 0 || len(w.list(t, draft.Filter{})) != 0 {
		t.Error("it is a shipment now, of unknown outcome")
	}
}

func TestSaveTellsWhatIsMissing(t *testing.T) {
	w := newWorld(t)
	d := w.save(t, `{"courier":"OwnFleet","shipment":{"reference":7,"ship_to":{"company_name":"Clinic","country_iso":"IE"},"parcels":[{}]}}`)
	if d.Reference != "7" || d.Recipient != "Clinic" || d.CountryISO != "IE" || d.Source != draft.Window || d.Account != "shop" || d.Version != 1 {
		t.Errorf("%+v", d)
	}
	var paths []string
	for _, f := range d.Problems {
		paths = append(paths, f.Path)
	}
	if !slices.Contains(paths, "shipment.ship_to.address_1") {
		t.Errorf("problems = %v", d.Problems)
	}
	_, err := w.drafts.Buy(w.ctx, d.ID, d.Version)
	wantCode(t, err, errs.Invalid)

	d.Order = body("OwnFleet", "R7")
	d, err = w.drafts.Save(w.ctx, d)
	testkit.OK(t, err)
	if len(d.Problems) != 0 || d.Reference != "R7" || d.Version != 2 {
		t.Errorf("%+v", d)
	}
	stored, err := w.drafts.Get(w.ctx, d.ID)
	if err != nil || stored.Order != d.Order || stored.Version != 2 || stored.Reference != "R7" {
		t.Errorf("%v, %+v", err, stored)
	}
	old := d
	old.Version = 1
	_, err = w.drafts.Save(w.ctx, old)
	wantCode(t, err, errs.Conflict)
	_, err = w.drafts.Buy(w.ctx, d.ID, 1)
	wantCode(t, err, errs.Conflict)

	for code, in := range map[errs.Code]draft.Draft{
		errs.Malformed: {AccountID: w.owner, Order: `[1]`},
		errs.TooLarge:  {AccountID: w.owner, Order: `{"a":"` + strings.Repeat("x", 1<<20) + `"}`},
		errs.Invalid:   {AccountID: "nobody", Order: `{}`},
		errs.NotFound:  {AccountID: w.owner, Order: `{}`, ID: "none", Version: 1},
	} {
		_, err := w.drafts.Save(w.ctx, in)
		wantCode(t, err, code)
	}
	if empty := w.save(t, `{}`); len(empty.Problems) == 0 {
		t.Error("an empty order has nothing wrong with it")
	}
}

func TestBuyAllGoesOnPastABadOne(t *testing.T) {
	w := newWorld(t)
	var ids []draft.ID
	for n := range 20 {
		text := body("OwnFleet", fmt.Sprint("R", n))
		if n%5 == 2 {
			text = strings.Replace(text, `"Cork"`, `""`, 1)
		}
		ids = append(ids, w.save(t, text).ID)
	}
	last := 0
	got, err := w.drafts.BuyAll(w.ctx, append(ids, "none"), func(done, total int) {
		if done != last+1 || total != 21 {
			t.Errorf("%d of %d behind %d", done, total, last)
		}
		last = done
	})
	if err != nil || got.Bought != 16 || got.Failed != 5 || got.Left != 0 || len(got.Lines) != 21 || last != 21 {
		t.Fatalf("%v, %+v", err, got)
	}
	if bad := got.Lines[2]; bad.Code != "invalid" || bad.Reference != "R2" || bad.Number != 0 || bad.Fields[0].Path != "shipment.ship_to.city" {
		t.Errorf("%+v", bad)
	}
	if good := got.Lines[3]; good.Number == 0 || good.Tracking == "" || good.Code != "" {
		t.Errorf("%+v", good)
	}
	left := w.list(t, draft.Filter{})
	if len(left) != 4 || len(left[0].Problems) != 1 {
		t.Fatalf("%d drafts are left: %+v", len(left), left)
	}

	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	stopped, err := w.drafts.BuyAll(ctx, []draft.ID{left[0].ID}, nil)
	if err != nil || stopped.Left != 1 || stopped.Failed != 0 {
		t.Errorf("%v, %+v", err, stopped)
	}
}

func TestDeleteAndAudit(t *testing.T) {
	w := newWorld(t)
	one, two := w.save(t, body("OwnFleet", "R1")), w.save(t, body("OwnFleet", "R2"))
	if n, err := w.drafts.Delete(w.ctx, []draft.ID{one.ID, "none"}); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	two.Order = body("OwnFleet", "R3")
	two, err := w.drafts.Save(w.ctx, two)
	testkit.OK(t, err)
	_, err = w.drafts.Buy(w.ctx, two.ID, two.Version)
	testkit.OK(t, err)
	rows, err := w.Audit.List(w.ctx, audit.Filter{Action: "draft"}, page(50))
	testkit.OK(t, err)
	var told []string
	for _, row := range rows.Items {
		told = append(told, row.Action+" "+row.Subject.Name)
	}
	want := []string{"draft.buy R3", "draft.change R3", "draft.delete R1", "draft.create R2", "draft.create R1"}
	if !slices.Equal(told, want) {
		t.Errorf("audit = %q", told)
	}
}

// TestKeptRowsAreKeptOnce keeps the rows of a file twice, buys one and deletes another.
func TestKeptRowsAreKeptOnce(t *testing.T) {
	w := newWorld(t)
	list := func() []draft.Draft {
		var out []draft.Draft
		for n := range 3 {
			out = append(out, draft.Draft{
				ID: draft.ID(fmt.Sprint("id-", 9-n)), Order: body("OwnFleet", fmt.Sprint("R", n)), Reference: fmt.Sprint("R", n), Source: draft.FromImport + "a.csv",
				From: draft.Imported{File: "f:live", Rows: []int{n + 2}},
			})
		}
		return out
	}
	keep := func(want ...bool) {
		t.Helper()
		if got, err := w.drafts.Keep(w.ctx, w.owner, list()); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v, %v, want %v", err, got, want)
		}
	}
	keep(true, true, true)
	keep(false, false, false)
	kept := w.list(t, draft.Filter{Source: "import"})
	if len(kept) != 3 || kept[0].Reference != "R0" || kept[2].Reference != "R2" {
		t.Fatalf("in the order of the file: %+v", kept)
	}
	_, err := w.drafts.Buy(w.ctx, kept[0].ID, 1)
	testkit.OK(t, err)
	if n, err := w.drafts.Delete(w.ctx, []draft.ID{kept[1].ID}); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	keep(false, true, false)
	moved := w.list(t, draft.Filter{})[0]
	moved.AccountID = w.Account(t, "other").ID
	_, err = w.drafts.Save(w.ctx, moved)
	wantCode(t, err, errs.Invalid)
}

func TestOnlyAtThisMachine(t *testing.T) {
	w := newWorld(t)
	d := w.save(t, body("OwnFleet", "R1"))
	ctx := testkit.Caller(t, w.owner, actor.AllScopes()...)
	for name, call := range map[string]func() error{
		"save":   func() error { _, err := w.drafts.Save(ctx, d); return err },
		"get":    func() error { _, err := w.drafts.Get(ctx, d.ID); return err },
		"list":   func() error { _, err := w.drafts.List(ctx, draft.Filter{}, page(1)); return err },
		"count":  func() error { _, _, err := w.drafts.Count(ctx, draft.Filter{}); return err },
		"pick":   func() error { _, _, err := w.drafts.Pick(ctx, draft.Filter{}); return err },
		"keep":   func() error { _, err := w.drafts.Keep(ctx, w.owner, nil); return err },
		"delete": func() error { _, err := w.drafts.Delete(ctx, []draft.ID{d.ID}); return err },
		"buy":    func() error { _, err := w.drafts.Buy(ctx, d.ID, 0); return err },
		"all":    func() error { _, err := w.drafts.BuyAll(ctx, []draft.ID{d.ID}, nil); return err },
	} {
		if err := call(); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

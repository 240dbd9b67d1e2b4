package savedview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/savedview"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

func ok[T any](t *testing.T) func(T, error) T {
	return func(got T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
}

func names(list []savedview.View) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.Name
	}
	return strings.Join(out, ", ")
}

func TestViewsAreKeptInTheirOrder(t *testing.T) {
	b, ctx := testkit.New(t), testkit.Manager(t)
	view, views := ok[savedview.View](t), ok[[]savedview.View](t)
	query := savedview.Query{Search: " mug ", Status: []shipment.State{shipment.Booked}, Since: savedview.Week, Sort: shipment.Sort{By: shipment.FieldWeight}}
	heavy := view(b.Views.Create(ctx, "  Heavy mugs ", query))
	if heavy.Name != "Heavy mugs" || heavy.Version != 1 || heavy.Place != 1 || heavy.Query.Search != " mug " {
		t.Errorf("made %+v", heavy)
	}
	abroad := view(b.Views.Create(ctx, "Abroad", savedview.Query{}))
	view(b.Views.Create(ctx, "Today’s", savedview.Query{Since: savedview.Today}))

	if got := names(views(b.Views.List(ctx))); got != "Heavy mugs, Abroad, Today’s" {
		t.Errorf("listed %s", got)
	}
	if got := names(views(b.Views.Arrange(ctx, []savedview.ID{abroad.ID}))); got != "Abroad, Heavy mugs, Today’s" {
		t.Errorf("arranged %s", got)
	}
	gone := view(b.Views.Delete(ctx, heavy.ID))
	if got := names(views(b.Views.List(ctx))); got != "Abroad, Today’s" {
		t.Errorf("left %s", got)
	}
	back := view(b.Views.Restore(ctx, gone))
	if back.ID != heavy.ID || back.Query.Search != " mug " {
		t.Errorf("put back %+v", back)
	}
	if got := names(views(b.Views.List(ctx))); got != "Abroad, Heavy mugs, Today’s" {
		t.Errorf("put back as %s", got)
	}
	entries := ok[page.Result[audit.Row]](t)(b.Audit.List(ctx, audit.Filter{Action: "view"}, page.Request{}))
	var did []string
	for _, e := range entries.Items {
		did = append(did, e.Action)
	}
	want := []string{"view.restore", "view.delete", "view.arrange", "view.create", "view.create", "view.create"}
	if !slices.Equal(did, want) {
		t.Errorf("the audit says %v", did)
	}
}

func TestArrangingAsItIsWritesNothing(t *testing.T) {
	b, ctx := testkit.New(t), testkit.Manager(t)
	first := ok[savedview.View](t)(b.Views.Create(ctx, "One", savedview.Query{}))
	ok[[]savedview.View](t)(b.Views.Arrange(ctx, []savedview.ID{first.ID}))
	entries := ok[page.Result[audit.Row]](t)(b.Audit.List(ctx, audit.Filter{Action: "view.arrange"}, page.Request{}))
	if len(entries.Items) != 0 {
		t.Errorf("the audit has %d entries", len(entries.Items))
	}
}

func TestUpdateTakesTheVersionThatWasRead(t *testing.T) {
	b, ctx := testkit.New(t), testkit.Manager(t)
	made := ok[savedview.View](t)(b.Views.Create(ctx, "Heavy", savedview.Query{}))
	change := made
	change.Name, change.Query.Country, change.Place = "Heavy abroad", "FR", 99
	got := ok[savedview.View](t)(b.Views.Update(ctx, change))
	if got.Name != "Heavy abroad" || got.Version != 2 || got.Place != made.Place || got.Query.Country != "FR" {
		t.Errorf("changed to %+v", got)
	}
	if _, err := b.Views.Update(ctx, change); !errs.Is(err, errs.Conflict) {
		t.Errorf("an old version was taken: %v", err)
	}
	change.ID = "none"
	change.Name = "None"
	if _, err := b.Views.Update(ctx, change); !errs.Is(err, errs.NotFound) {
		t.Errorf("a view that is not there was changed: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	b, ctx := testkit.New(t), testkit.Manager(t)
	ok[savedview.View](t)(b.Views.Create(ctx, "Heavy", savedview.Query{}))
	for name, c := range map[string]struct {
		name       string
		query      savedview.Query
		path, says string
	}{
		"no name":            {" ", savedview.Query{}, "name", "1 to 40"},
		"a long name":        {strings.Repeat("é", 41), savedview.Query{}, "name", "1 to 40"},
		"not UTF-8":          {"\xff", savedview.Query{}, "name", "UTF-8"},
		"a taken name":       {"HEAVY ", savedview.Query{}, "name", "“Heavy” already"},
		"a long search":      {"A", savedview.Query{Search: strings.Repeat("x", 201)}, "query.q", "200"},
		"no status":          {"A", savedview.Query{Status: []shipment.State{"lost"}}, "query.status", "no status"},
		"no country":         {"A", savedview.Query{Country: "gb"}, "query.country", "like GB"},
		"testing":            {"A", savedview.Query{Testing: "true"}, "query.testing", "yes, no"},
		"printed":            {"A", savedview.Query{Printed: "maybe"}, "query.printed", "yes, no"},
		"since":              {"A", savedview.Query{Since: "2026-02-30"}, "query.since", "2026-03-02"},
		"until":              {"A", savedview.Query{Until: "tomorrow"}, "query.until", "2026-03-02"},
		"until a moving day": {"A", savedview.Query{Since: savedview.Week, Until: "2026-03-02"}, "query.until", "7d"},
		"until before since": {"A", savedview.Query{Since: "2026-03-02", Until: "2026-03-01"}, "query.until", "before the first"},
		"sort":               {"A", savedview.Query{Sort: shipment.Sort{By: "colour"}}, "query.sort", "colour"},
		"a column's name":    {"A", savedview.Query{Columns: []string{"number; DROP"}}, "query.columns", "30 columns"},
		"many columns":       {"A", savedview.Query{Columns: make([]string, 31)}, "query.columns", "30 columns"},
	} {
		_, err := b.Views.Create(ctx, c.name, c.query)
		fields := errs.As(err).Fields
		if err == nil || len(fields) != 1 || fields[0].Path != c.path || !strings.Contains(fields[0].Message, c.says) {
			t.Errorf("%s: %v %+v, want %q at %s", name, err, fields, c.says, c.path)
		}
	}
	if _, err := b.Views.Create(ctx, "", savedview.Query{Testing: "x", Country: "x"}); len(errs.As(err).Fields) != 3 {
		t.Errorf("not all is told at once: %v", err)
	}
	if _, err := b.Views.Restore(ctx, savedview.View{Name: "Nameless"}); !errs.Is(err, errs.Invalid) {
		t.Errorf("a view without an id was put back: %v", err)
	}
	if _, err := b.Views.Delete(ctx, "none"); !errs.Is(err, errs.NotFound) {
		t.Errorf("a view that is not there was deleted: %v", err)
	}
	if _, err := b.Views.Arrange(ctx, []savedview.ID{"none"}); !errs.Is(err, errs.NotFound) {
		t.Errorf("a view that is not there was moved: %v", err)
	}
}

func TestTheyEndSomewhere(t *testing.T) {
	b, ctx := testkit.New(t), testkit.Manager(t)
	for i := range savedview.Most {
		ok[savedview.View](t)(b.Views.Create(ctx, fmt.Sprintf("View %d", i), savedview.Query{}))
	}
	if _, err := b.Views.Create(ctx, "One more", savedview.Query{}); !errs.Is(err, errs.Conflict) {
		t.Errorf("one more: %v", err)
	}
}

func TestOnlyAtThisMachine(t *testing.T) {
	b := testkit.New(t)
	ctx := testkit.Caller(t, "a1", actor.AllScopes()...)
	one := savedview.View{ID: "v", Name: "V"}
	for name, call := range map[string]func() error{
		"list":    func() error { _, err := b.Views.List(ctx); return err },
		"create":  func() error { _, err := b.Views.Create(ctx, "V", savedview.Query{}); return err },
		"update":  func() error { _, err := b.Views.Update(ctx, one); return err },
		"arrange": func() error { _, err := b.Views.Arrange(ctx, nil); return err },
		"delete":  func() error { _, err := b.Views.Delete(ctx, "v"); return err },
		"restore": func() error { _, err := b.Views.Restore(ctx, one); return err },
	} {
		if err := call(); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever order is asked for, every view is there once, the named ones first and in that order.
func TestArrangeLosesNothing(t *testing.T) {
	b, ctx := testkit.New(t), testkit.Manager(t)
	var all []savedview.ID
	for i := range 6 {
		all = append(all, ok[savedview.View](t)(b.Views.Create(ctx, fmt.Sprintf("View %d", i), savedview.Query{})).ID)
	}
	rapid.Check(t, func(rt *rapid.T) {
		wanted := rapid.Permutation(all).Draw(rt, "order")[:rapid.IntRange(0, len(all)).Draw(rt, "named")]
		if _, err := b.Views.Arrange(ctx, wanted); err != nil {
			rt.Fatal(err)
		}
		list, err := b.Views.List(ctx)
		if err != nil {
			rt.Fatal(err)
		}
		var got []savedview.ID
		for _, v := range list {
			got = append(got, v.ID)
		}
		if !slices.Equal(got[:len(wanted)], wanted) {
			rt.Fatalf("got %v, want %v first", got, wanted)
		}
		sorted, every := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(all))
		if !slices.Equal(sorted, every) {
			rt.Fatalf("got %v of %v", sorted, every)
		}
	})
}

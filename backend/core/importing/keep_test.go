package importing

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/draft"
	"packbench/backend/core/order"
)

// TestAFileIsKeptAsDraftsOnce keeps a file twice, and buys it then: nothing of it is made again.
func TestAFileIsKeptAsDraftsOnce(t *testing.T) {
	h := newHouse()
	file := table("A|Ada|HU1 1AA|1,5|Bolts|2", "A||||Nuts|1", "B|Bob|HU1 1AA|1||", "C|Cy|nowhere|1||")
	job := Job{AccountID: "n", Table: file, Mapping: mapping, Content: file.Content()}
	for _, c := range []struct {
		work func(context.Context, Job, Progress) (Report, error)
		want string
	}{
		{h.service().Keep, "[2 3]kept [4]kept [5]wrong"},
		{h.service().Keep, "[2 3]before [4]before [5]wrong"},
		{h.service().Try, "[2 3]before [4]before [5]wrong"},
		{h.service().Run, "[2 3]before [4]before [5]wrong"},
	} {
		got, err := c.work(person(t.Context()), job, nil)
		if err != nil || results(got) != c.want {
			t.Fatalf("%v, %s, want %s", err, results(got), c.want)
		}
	}
	if err := file.Fix(5, "Postcode", "HU1 1AA"); err != nil { // put right in place: only that one is made
		t.Fatal(err)
	}
	got, err := h.service().Run(person(t.Context()), job, nil)
	if err != nil || results(got) != "[2 3]before [4]before [5]made" || got.Counts().Kept != 0 {
		t.Fatalf("%v, %s", err, results(got))
	}
	if again, err := h.service().Keep(person(t.Context()), job, nil); err != nil || results(again) != "[2 3]before [4]before [5]before" {
		t.Errorf("%v, %s", err, results(again))
	}
	if before := got.Lines[0].Sentence(); before != "Kept as a draft before; nothing was made now." {
		t.Error(before)
	}

	kept := slices.SortedFunc(maps.Values(h.kept), func(a, b draft.Draft) int { return cmp.Compare(b.ID, a.ID) })
	if len(kept) != 2 || kept[0].Reference != "A" || kept[1].Reference != "B" {
		t.Fatalf("newest first is the order of the file: %+v", kept)
	}
	d := kept[0]
	if d.Source != "import:shop.csv" || d.Recipient != "Ada" || d.CountryISO != "GB" || fmt.Sprint(d.From.Rows) != "[2 3]" {
		t.Errorf("%+v", d)
	}
	o, err := order.Parse([]byte(d.Order), "")
	if err != nil || o.Courier != "OwnFleet" || len(o.Parcels[0].Items) != 2 || o.Parcels[0].Weight != 1500 {
		t.Errorf("%v, %s", err, d.Order)
	}
}

// TestRowsOfACourierThatIsAwayWait buys a file while its courier can't be reached, and lets what is left wait: in the order of
// the file, nothing of what was bought before, and nothing twice.
func TestRowsOfACourierThatIsAwayWait(t *testing.T) {
	h := newHouse()
	file := table("A|Ada|HU1 1AA|1||", "B|Bob|HU1 1AA|1||", "C|Cy|nowhere|1||", "D|Di|HU1 1AA|1||")
	job := Job{AccountID: "n", Table: file, Mapping: mapping, Content: file.Content()}
	h.refuse = func(o order.Order) error {
		if o.Reference == "A" {
			return nil
		}
		return errs.New(errs.Unavailable, "Depot can't be reached. Nothing was sent.")
	}
	got, err := h.service().Run(person(t.Context()), job, nil)
	if err != nil || results(got) != "[2]made [3]away [4]wrong [5]away" || got.Counts().Away != 2 {
		t.Fatalf("%v, %s", err, results(got))
	}
	if told := got.Lines[1].Sentence(); told != "Depot can't be reached. Nothing was sent." {
		t.Error(told)
	}
	h.refuse = nil
	got, err = h.service().Wait(person(t.Context()), job, nil)
	if err != nil || results(got) != "[2]before [3]kept [4]wrong [5]kept" || len(h.waiting) != 2 {
		t.Fatalf("%v, %s, waiting %v", err, results(got), h.waiting)
	}
	for i, reference := range []string{"B", "D"} {
		for _, d := range h.kept {
			if d.Reference == reference && d.ID != h.waiting[i] {
				t.Errorf("%s waits as %d.", reference, i)
			}
		}
	}
	if _, err := h.service().Wait(person(t.Context()), job, nil); err != nil || len(h.waiting) != 2 {
		t.Errorf("again: %v, waiting %v", err, h.waiting)
	}
}

// TestADraftIsTheOrderThatWouldBeBought compares what is kept with what is bought, for any shape of rows.
func TestADraftIsTheOrderThatWouldBeBought(t *testing.T) {
	file := table("A|Ada|HU1 1AA|1,5|Bolts|2", "A||||Nuts|1", "|Bob \"B\" <b>|HU1 1AA|1||", "C|شركة 😀|HU1 1AA|1|Rope & tar|3")
	job := Job{AccountID: "n", Table: file, Mapping: mapping}
	buyer, keeper := newHouse(), newHouse()
	bought := map[string][32]byte{}
	buyer.refuse = func(o order.Order) error {
		bought[o.To.Name] = o.Fingerprint()
		if !strings.Contains(string(o.Raw), "ship_to") {
			t.Errorf("the request is not kept: %s", o.Raw)
		}
		return nil
	}
	slow := single
	single.workers = 1
	defer func() { single = slow }()
	if _, err := buyer.service().Run(person(t.Context()), job, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := keeper.service().Keep(person(t.Context()), job, nil); err != nil {
		t.Fatal(err)
	}
	for _, d := range keeper.kept {
		o, err := order.Parse([]byte(d.Order), "")
		if print, known := bought[o.To.Name]; err != nil || !known || print != o.Fingerprint() {
			t.Errorf("%v, %s", err, d.Order)
		}
	}
	if len(keeper.kept) != 3 || len(bought) != 3 {
		t.Errorf("%d drafts, %d labels, want 3", len(keeper.kept), len(bought))
	}
}

func TestStoppingKeepsWhatIsStored(t *testing.T) {
	h := newHouse()
	var rows []string
	for i := range 3_000 {
		rows = append(rows, fmt.Sprintf("R%d|Ada|HU1 1AA|1||", i))
	}
	ctx, stop := context.WithCancel(person(t.Context()))
	job := Job{AccountID: "n", Table: table(rows...), Mapping: mapping}
	last := 0
	got, err := h.service().Keep(ctx, job, func(done, total int) {
		if done < last || total != 3_000 {
			t.Errorf("%d of %d behind %d", done, total, last)
		}
		last = done
		stop()
	})
	c := got.Counts()
	if err != nil || c.Kept != len(h.kept) || c.Kept == 0 || c.Kept+c.Stopped != 3_000 {
		t.Fatalf("%v, %+v, kept %d", err, c, len(h.kept))
	}
	if again, err := h.service().Keep(person(t.Context()), job, nil); err != nil || again.Counts().Kept != c.Stopped || again.Counts().Before != c.Kept {
		t.Errorf("%v, %+v", err, again.Counts())
	}
}

func TestDraftsThatCannotBeStoredAreTold(t *testing.T) {
	h := newHouse()
	h.forget = true
	got, err := h.service().Keep(person(t.Context()), Job{AccountID: "n", Table: table("A|Ada|HU1 1AA|1||"), Mapping: mapping}, nil)
	if !errs.Is(err, errs.Unavailable) || results(got) != "[2]wrong" || got.Lines[0].Sentence() != "The power went." {
		t.Errorf("%v, %s", err, results(got))
	}
}

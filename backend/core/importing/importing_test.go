package importing

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/draft"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

func TestCellsAreWrittenAsAnOrderHasThem(t *testing.T) {
	for _, c := range []struct {
		as       kind
		in, want string
	}{
		{asNumber, "1,5", "1.5"}, {asNumber, "1.5", "1.5"}, {asNumber, "1.234,50", "1234.50"}, {asNumber, "1,234.50", "1234.50"},
		{asNumber, "1,500", "1,500"}, {asNumber, "0,125 ", "0,125"}, {asNumber, "12,5,1", "12,5,1"}, {asNumber, "1.23,5", "1.23,5"}, {asNumber, "1.234.567,8", "1234567.8"},
		{asFlag, "Ja", "true"}, {asFlag, "NO", "false"}, {asFlag, "1", "1"}, {asFlag, "maybe", "maybe"},
		{asDate, "46112", "2026-03-31"}, {asDate, "31.3.2026", "2026-03-31 00:00:00"}, {asDate, "2026-03-31", "2026-03-31"}, {asDate, "7", "7"},
		{asText, `="00123"`, "00123"}, {asText, " 007 ", "007"}, {asText, "1,5", "1,5"},
	} {
		if got := tidy(c.in, c.as); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}

func TestHeadingsAreGuessed(t *testing.T) {
	for _, c := range []struct {
		headings, want string
		fixed          string
	}{
		{"Order Number|Recipient Name|Address 1|City|Postcode|Country|Weight (kg)|SKU|Qty", "reference ship_to.name ship_to.address_1 ship_to.city ship_to.postcode ship_to.country_iso parcel.weight item.sku item.quantity", "parcel.weight_unit=kg"},
		{"Bestellnummer|Empfänger|Straße|PLZ|Ort|Land|Gewicht [g]|Artikel|Einzelpreis (EUR)", "reference ship_to.name ship_to.address_1 ship_to.postcode ship_to.city ship_to.country_iso parcel.weight item.description item.value", "item.quantity=1 parcel.value_currency=EUR parcel.weight_unit=g"},
		{"Name|Billing Name|Shipping Name|Shipping Street|Shipping Zip|Lineitem name", "- - ship_to.name ship_to.address_1 ship_to.postcode item.description", "item.quantity=1"},
		{"ship_to.name|weird|reference", "ship_to.name - reference", ""},
	} {
		headings := strings.Split(c.headings, "|")
		m := Guess(Table{Headings: headings})
		var got []string
		for _, heading := range headings {
			found := "-"
			for key, column := range m.Columns {
				if column == heading {
					found = key
				}
			}
			got = append(got, found)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.headings, strings.Join(got, " "), c.want)
		}
		for pair := range strings.FieldsSeq(c.fixed) {
			key, value, _ := strings.Cut(pair, "=")
			if m.Fixed[key] != value {
				t.Errorf("%s: %s is %q, want %q", c.headings, key, m.Fixed[key], value)
			}
		}
		if len(m.Fixed) != len(strings.Fields(c.fixed)) {
			t.Errorf("%s: fixed = %v", c.headings, m.Fixed)
		}
	}
}

// house is a store and a shop of labels in memory, safe for many buyers at once.
type house struct {
	waiting  []draft.ID // in the order they were let wait in
	mu       sync.Mutex
	rows     map[string]map[int]int64
	drafted  map[string][]int       // by account and file
	kept     map[string]draft.Draft // by Key
	mappings map[string]Mapping
	audited  []audit.Entry
	sold     map[string]int64 // Idempotency-Key → shipment
	refuse   func(order.Order) error
	bought   func()
	forget   bool // notes of rows are lost, as a crash loses them
}

func newHouse() *house {
	return &house{rows: map[string]map[int]int64{}, drafted: map[string][]int{}, kept: map[string]draft.Draft{}, mappings: map[string]Mapping{}, sold: map[string]int64{}}
}

func (h *house) Read(_ context.Context, fn func(Repo) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return fn(h)
}
func (h *house) Write(ctx context.Context, fn func(Repo) error) error { return h.Read(ctx, fn) }

func (h *house) AppendAudit(e audit.Entry) error { h.audited = append(h.audited, e); return nil }
func (h *house) ImportMapping(source string) (Mapping, error) {
	if m, ok := h.mappings[source]; ok {
		return m, nil
	}
	return Mapping{}, errs.New(errs.NotFound, "none")
}
func (h *house) SaveImportMapping(source string, m Mapping, _ int64) error {
	h.mappings[source] = m
	return nil
}
func (h *house) ImportedRows(id account.ID, file string) (map[int]int64, error) {
	rows := maps.Clone(h.rows[string(id)+file])
	if rows == nil {
		rows = map[int]int64{}
	}
	return rows, nil
}
func (h *house) DraftedRows(id account.ID, file string) ([]int, error) {
	return h.drafted[string(id)+file], nil
}
func (h *house) ClaimedRows(account.ID, string) (map[int]int64, error) { return nil, nil }
func (h *house) AddImportedRows(id account.ID, file string, rows map[int]int64, _ int64) error {
	if h.forget {
		return errs.New(errs.Unavailable, "The power went.")
	}
	into := h.rows[string(id)+file]
	if into == nil {
		into = map[int]int64{}
		h.rows[string(id)+file] = into
	}
	for row, number := range rows {
		into[row] = number
	}
	return nil
}

func (h *house) Check(_ context.Context, _ account.ID, o order.Order) error {
	if h.refuse != nil {
		return h.refuse(o)
	}
	return nil
}

func (h *house) Checks(_ context.Context, id account.ID) (func(context.Context, order.Order) error, error) {
	return func(ctx context.Context, o order.Order) error { return h.Check(ctx, id, o) }, nil
}

func (h *house) Create(ctx context.Context, id account.ID, o order.Order, _ shipment.Origin) (shipment.Created, error) {
	if err := h.Check(ctx, id, o); err != nil {
		return shipment.Created{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	number, known := h.sold[o.IdempotencyKey]
	if !known {
		number = int64(len(h.sold) + 1)
		h.sold[o.IdempotencyKey] = number
		if h.bought != nil {
			h.bought()
		}
	}
	out := shipment.Created{Duplicate: known}
	out.Shipment.Number, out.Shipment.TrackingCodes = number, []string{fmt.Sprint("T", number)}
	return out, nil
}

func (h *house) Keep(_ context.Context, id account.ID, list []draft.Draft) ([]bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.forget {
		return nil, errs.New(errs.Unavailable, "The power went.")
	}
	isNew := make([]bool, len(list))
	for i, d := range list {
		if _, there := h.kept[d.Key()]; !there {
			isNew[i] = true
			h.kept[d.Key()] = d
			h.drafted[string(id)+d.From.File] = append(h.drafted[string(id)+d.From.File], d.From.Rows...)
		}
	}
	return isNew, nil
}

func (h *house) Wait(_ context.Context, ids []draft.ID) (draft.Waits, error) {
	h.waiting = append(h.waiting, ids...)
	return draft.Waits{Waiting: len(ids)}, nil
}

func (h *house) service() *Service {
	return &Service{Store: h, Shipments: h, Drafts: h, Clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))}
}

var mapping = Mapping{
	Columns: map[string]string{
		"reference": "Ref", "ship_to.name": "Name", "ship_to.postcode": "Postcode", "parcel.weight": "Weight", "item.description": "Item", "item.quantity": "Qty",
	},
	Fixed: map[string]string{"courier": "OwnFleet", "ship_to.address_1": "1 Street", "ship_to.city": "Hull", "ship_to.country_iso": "GB", "parcel.weight_unit": "kg"},
}

func table(rows ...string) Table {
	t := Table{Name: "shop.csv", Headings: []string{"Ref", "Name", "Postcode", "Weight", "Item", "Qty"}}
	for i, row := range rows {
		t.Rows = append(t.Rows, Row{Number: i + 2, Cells: strings.Split(row, "|")})
	}
	return t
}

func person(t context.Context) context.Context {
	return actor.With(t, actor.Actor{Door: actor.Window, Name: "tester"})
}

func results(r Report) string {
	var out []string
	for _, line := range r.Lines {
		out = append(out, fmt.Sprint(line.Rows, line.Result))
	}
	return strings.Join(out, " ")
}

func TestEveryRowIsToldWhatIsWrong(t *testing.T) {
	h := newHouse()
	h.refuse = func(o order.Order) error {
		if o.Reference == "limits" {
			return errs.OnField("shipment.parcels.0.items.1.quantity", "Too many.")
		}
		return nil
	}
	file := table("A|Ada|HU1 1AA|1,5|Bolts|2", "A||||Nuts|1", "A|Bob|||Rope|1", "|Cy|HU1 1AA|1||", "|=1+1|HU1 1AA|1||", "|D\uFFFD|HU1 1AA|1||",
		"|Eve|HU1 1AA|#REF!||", "limits|Fay|HU1 1AA|1|One|1", "limits||||Two|9", "|"+strings.Repeat("x", 10_240)+"|HU1 1AA|1||", "|شركة 😀|HU1 1AA|1||")
	file.Rows = append(file.Rows, Row{Number: 13, Cells: make([]string, 6), Problem: "The row has 9 cells."})
	got, err := h.service().Try(person(t.Context()), Job{AccountID: "n", Table: file, Mapping: mapping}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "[2 3 4]wrong [5]ready [6]wrong [7]wrong [8]wrong [9 10]wrong [11]wrong [12]ready [13]wrong"
	if results(got) != want {
		t.Errorf("got  %s\nwant %s", results(got), want)
	}
	for i, say := range map[int]struct {
		row         int
		column, why string
	}{
		0: {4, "Name", "Row 2 has the same reference and says “Ada” here."}, 2: {6, "Name", "This is a formula."}, 3: {7, "Name", "could not be read"},
		4: {8, "Weight", "could not work"}, 5: {10, "Qty", "Too many."}, 6: {11, "Name", "10240 characters"}, 8: {13, "", "9 cells"},
	} {
		p := got.Lines[i].Problems
		if len(p) != 1 || p[0].Row != say.row || p[0].Column != say.column || !strings.Contains(p[0].Message, say.why) {
			t.Errorf("line %d: %+v, want %+v", i, p, say)
		}
	}
	if len(h.sold)+len(h.audited) != 0 {
		t.Error("a dry run bought or wrote something")
	}
}

func TestTheSameFileMakesNothingTwice(t *testing.T) {
	h := newHouse()
	file := table("A|Ada|HU1 1AA|1|Bolts|2", "A||||Nuts|1", "B|Bob|HU1 1AA|1||", "C|Cy|nowhere|1||")
	job := Job{AccountID: "n", Table: file, Mapping: mapping}
	run := func(want string) Report {
		t.Helper()
		got, err := h.service().Run(person(t.Context()), job, nil)
		if err != nil || results(got) != want {
			t.Fatalf("%v, %s, want %s", err, results(got), want)
		}
		return got
	}
	run("[2 3]made [4]made [5]wrong")
	run("[2 3]before [4]before [5]wrong")

	h.rows = map[string]map[int]int64{} // a crash before the rows were noted: the claims still know
	run("[2 3]before [4]before [5]wrong")

	job.Content = file.Content() // put right in place: the same file still
	if err := file.Fix(5, "Postcode", "HU1 1AA"); err != nil {
		t.Fatal(err)
	}
	run("[2 3]before [4]before [5]made")

	split := mapping // another way to read the file does not make its rows again
	split.Columns = map[string]string{"order_id": "Ref", "ship_to.name": "Name", "ship_to.postcode": "Postcode", "parcel.weight": "Weight"}
	job.Mapping = split
	if got, err := h.service().Run(person(t.Context()), job, nil); err != nil || got.Counts().Made != 0 {
		t.Errorf("%v, %s", err, results(got))
	}
	if len(h.sold) != 3 {
		t.Errorf("%d labels were sold, want 3", len(h.sold))
	}
	job.Mapping, job.AccountID = mapping, "other"
	if last := h.audited[len(h.audited)-1]; last.Action != "import.run" || last.Subject.Name != "shop.csv" {
		t.Errorf("the audit says %+v", last)
	}
}

func TestTestLabelsAreNotLiveOnes(t *testing.T) {
	h := newHouse()
	job := Job{AccountID: "n", Table: table("A|Ada|HU1 1AA|1||"), Mapping: mapping}
	for _, c := range []struct{ testing, want string }{{"true", "[2]made"}, {"true", "[2]before"}, {"false", "[2]made"}, {"", "[2]before"}} {
		job.Mapping.Fixed = map[string]string{"testing": c.testing}
		for key, value := range mapping.Fixed {
			job.Mapping.Fixed[key] = value
		}
		if got, err := h.service().Run(person(t.Context()), job, nil); err != nil || results(got) != c.want {
			t.Errorf("testing %q: %v, %s, want %s", c.testing, err, results(got), c.want)
		}
	}
}

func TestStoppingKeepsWhatWasMade(t *testing.T) {
	h := newHouse()
	var rows []string
	for i := range 500 {
		rows = append(rows, fmt.Sprintf("R%d|Ada|HU1 1AA|1||", i))
	}
	ctx, stop := context.WithCancel(person(t.Context()))
	h.bought = func() {
		if len(h.sold) == 50 {
			stop()
		}
	}
	job := Job{AccountID: "n", Table: table(rows...), Mapping: mapping}
	got, err := h.service().Run(ctx, job, nil)
	c := got.Counts()
	if err != nil || c.Made != len(h.sold) || c.Made < 50 || c.Made > 50+2*single.workers || c.Made+c.Stopped != 500 {
		t.Fatalf("%v, %+v, sold %d", err, c, len(h.sold))
	}
	if again, err := h.service().Run(person(t.Context()), job, nil); err != nil || again.Counts().Made != 500-c.Made || again.Counts().Before != c.Made {
		t.Errorf("%v, %+v", err, again.Counts())
	}
}

func TestAWriteThatFailsIsTold(t *testing.T) {
	h := newHouse()
	h.forget = true
	got, err := h.service().Run(person(t.Context()), Job{AccountID: "n", Table: table("A|Ada|HU1 1AA|1||"), Mapping: mapping}, nil)
	if !errs.Is(err, errs.Unavailable) || results(got) != "[2]made" {
		t.Errorf("%v, %s", err, results(got))
	}
}

func TestOnlyAtThisMachine(t *testing.T) {
	caller := actor.With(t.Context(), actor.Actor{Door: actor.API, AccountID: "n", Scopes: actor.AllScopes()})
	if _, err := newHouse().service().Run(caller, Job{AccountID: "n", Table: table(), Mapping: mapping}, nil); !errs.Is(err, errs.Forbidden) {
		t.Error(err)
	}
}

func TestAMappingMustFit(t *testing.T) {
	err := Mapping{Columns: map[string]string{"nothing": "Ref", "reference": "None"}, Fixed: map[string]string{"x": "1"}}.Check(table())
	e := errs.As(err)
	if e == nil || len(e.Fields) != 3 || e.Fields[0].Path != "mapping.columns.nothing" || e.Fields[1].Path != "mapping.columns.reference" || e.Fields[2].Path != "mapping.fixed.x" {
		t.Errorf("%v", err)
	}
}

// Whatever stands in cells, a row becomes an order or has a sentence beside a row of its own, and nothing panics.
func TestAnyCellsAreAnOrderOrASentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "A", "1", "1,5", "=x", `="1"`, "HU1 1AA", "#N/A", "\uFFFD"}))
		file := Table{Headings: table().Headings}
		for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
			file.Rows = append(file.Rows, Row{Number: i + 2, Cells: rapid.SliceOfN(cell, 6, 6).Draw(t, "cells")})
		}
		got, err := newHouse().service().Try(person(context.Background()), Job{AccountID: "n", Table: file, Mapping: mapping}, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for _, line := range got.Lines {
			rows += len(line.Rows)
			if (line.Result == Ready) == (len(line.Problems) > 0) || line.Sentence() == "" {
				t.Fatalf("%+v", line)
			}
		}
		if rows != len(file.Rows) {
			t.Fatalf("%d rows, want %d", rows, len(file.Rows))
		}
	})
}

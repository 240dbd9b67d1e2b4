package ownfleet

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"

	"github.com/google/go-cmp/cmp"
)

// serials is numbering in memory.
type serials struct{ taken map[string]int64 }

func (s *serials) Next(_ context.Context, r numbering.Series) (int64, error) {
	n := max(s.taken[r.Name]+1, r.First)
	if n > r.Last {
		return 0, errs.New(errs.Conflict, "The series is used up.")
	}
	s.taken[r.Name] = n
	return n, nil
}

func (s *serials) Left(_ context.Context, r numbering.Series) (int64, error) {
	return r.Last - max(s.taken[r.Name], r.First-1), nil
}

// paper keeps what it was asked to draw.
type paper struct {
	labels []document.Label
	err    error
}

func (p *paper) DrawLabels(_ context.Context, labels []document.Label, format courier.Format, size courier.Size, dpi int) ([]byte, []courier.Warning, error) {
	p.labels = labels
	return fmt.Appendf(nil, "%s %s %d %d", format, size, dpi, len(labels)), []courier.Warning{{Field: "shipment.ship_to.name", Message: "Odd."}}, p.err
}

func newCourier() (*Courier, *paper, *serials) {
	p, s := &paper{}, &serials{taken: map[string]int64{}}
	return &Courier{Labels: p, Numbers: s, Clock: clock.NewManual(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))}, p, s
}

func access(fields ...string) courier.Access {
	values := map[string]string{}
	for i := 0; i < len(fields); i += 2 {
		values[fields[i]] = fields[i+1]
	}
	return courier.Access{AuthID: "auth-1", Credentials: courier.NewCredentials(values)}
}

func consignment(parcels int) courier.Consignment {
	return courier.Consignment{
		Service: descriptor.Services[1], To: postal.Address{Postcode: "EH6 6AA", CountryISO: "GB"},
		Parcels:   make([]courier.Parcel, parcels),
		CreatedMs: time.Date(2026, 11, 21, 12, 0, 0, 0, time.Local).UnixMilli(), Reference: "SO-1",
		LabelFormat: courier.ZPL, LabelSize: courier.SizeA6, LabelDPI: 300,
	}
}

func TestDescriptorIsWellFormed(t *testing.T) {
	c, _, _ := newCourier()
	if _, err := courier.NewRegistry(c); err != nil {
		t.Fatal(err)
	}
	if err := descriptor.CheckFields(map[string]string{}, ""); err != nil {
		t.Errorf("nothing is needed: %v", err)
	}
}

func TestCredentials(t *testing.T) {
	cases := []struct {
		why    string
		fields []string
		paths  []string
	}{
		{"nothing", nil, nil},
		{"a company prefix", []string{fieldSSCC, "5012345"}, nil},
		{"a range", []string{fieldFrom, "1000", fieldTo, "1999"}, nil},
		{"a range with a prefix", []string{fieldPrefix, "AB-", fieldFrom, "00001000", fieldTo, "00001999"}, nil},
		{"one number is a range", []string{fieldFrom, "7", fieldTo, "7"}, nil},
		{"white space around", []string{fieldSSCC, " 5012345 "}, nil},
		{"a tracking page", []string{fieldTemplate, "https://track.example/{code}"}, nil},
		{"both", []string{fieldSSCC, "5012345", fieldFrom, "1", fieldTo, "9"}, []string{"auth.sscc_prefix"}},
		{"a range that ends before it begins", []string{fieldFrom, "9", fieldTo, "1"}, []string{"auth.number_to"}},
		{"half a range", []string{fieldFrom, "9"}, []string{"auth.number_to"}},
		{"the other half", []string{fieldTo, "9"}, []string{"auth.number_from"}},
		{"a prefix of nothing", []string{fieldPrefix, "AB"}, []string{"auth.number_from", "auth.number_to"}},
		{"a prefix too short", []string{fieldSSCC, "501234"}, []string{"auth.sscc_prefix"}},
		{"a prefix in small letters", []string{fieldPrefix, "ab", fieldFrom, "1", fieldTo, "9"}, []string{"auth.number_prefix"}},
		{"a tracking page without the code", []string{fieldTemplate, "https://track.example/"}, []string{"auth.tracking_url_template"}},
		{"a tracking page on http", []string{fieldTemplate, "http://track.example/{code}"}, []string{"auth.tracking_url_template"}},
	}
	for _, c := range cases {
		values := map[string]string{}
		for i := 0; i < len(c.fields); i += 2 {
			values[c.fields[i]] = c.fields[i+1]
		}
		var got []string
		if err := descriptor.CheckFields(values, "auth"); err != nil {
			for _, f := range errs.As(err).Fields {
				got = append(got, f.Path)
			}
		}
		if diff := cmp.Diff(c.paths, got); diff != "" {
			t.Errorf("%s: %s", c.why, diff)
		}
	}
}

func TestBook(t *testing.T) {
	c, drawn, _ := newCourier()
	cases := []struct {
		why    string
		access courier.Access
		codes  []string
		sscc   bool
		urls   []string
		low    string
	}{
		{why: "this site's own numbers", access: access(), codes: []string{"PB0000000017", "PB0000000024"}},
		{why: "SSCC", access: access(fieldSSCC, "5012345"), codes: []string{"050123450000000015", "050123450000000022"}, sscc: true},
		{
			why: "a range", access: access(fieldPrefix, "AB-", fieldFrom, "0005", fieldTo, "9999", fieldTemplate, "https://t.example/{code}?c={code}"),
			codes: []string{"AB-0005", "AB-0006"}, urls: []string{"https://t.example/AB-0005?c=AB-0005", "https://t.example/AB-0006?c=AB-0006"},
		},
		{why: "a small range", access: access(fieldPrefix, "S", fieldFrom, "1", fieldTo, "20"), codes: []string{"S01", "S02"}, low: "auth.number_to"},
	}
	for _, x := range cases {
		b, err := c.Book(context.Background(), x.access, consignment(2))
		if err != nil {
			t.Errorf("%s: %v", x.why, err)
			continue
		}
		if diff := cmp.Diff(x.codes, b.TrackingCodes); diff != "" {
			t.Errorf("%s: %s", x.why, diff)
		}
		if diff := cmp.Diff(x.urls, b.TrackingURLs); diff != "" {
			t.Errorf("%s: %s", x.why, diff)
		}
		if b.Label.Format != courier.ZPL || b.Label.Size != courier.SizeA6 || b.Label.DPI != 300 || string(b.Label.Bytes) != "zpl A6 300 2" {
			t.Errorf("%s: %+v", x.why, b.Label)
		}
		warned := ""
		if len(b.Warnings) > 1 {
			warned = b.Warnings[0].Field
		}
		if warned != x.low || b.Warnings[len(b.Warnings)-1].Message != "Odd." {
			t.Errorf("%s: warnings %v", x.why, b.Warnings)
		}
		want := document.Label{
			To: consignment(1).To, CourierName: "OWN FLEET", Service: "Next day", Route: "EH6", ParcelIndex: 2, ParcelCount: 2, Weight: "0 g",
			Reference: "SO-1", TrackingCode: x.codes[1], SSCC: x.sscc, Date: "21 Nov 2026", CreatedMs: consignment(1).CreatedMs,
		}
		if diff := cmp.Diff(want, drawn.labels[1]); diff != "" {
			t.Errorf("%s: %s", x.why, diff)
		}
	}
}

func TestRangeRunsOut(t *testing.T) {
	c, _, s := newCourier()
	a := access(fieldPrefix, "AB", fieldFrom, "1", fieldTo, "20000")
	s.taken["ownfleet/range/AB"] = 17_998
	book := func() (courier.Booked, error) { return c.Book(context.Background(), a, consignment(1)) }
	b, err := book() // 2,001 are left
	if err != nil || len(b.Warnings) != 1 {
		t.Fatalf("too early: %v %v", b.Warnings, err)
	}
	if _, err = book(); err != nil { // 2,000: a tenth
		t.Fatal(err)
	}
	if b, err = book(); err != nil || len(b.Warnings) != 2 || !strings.Contains(b.Warnings[0].Message, "1999 numbers are left") {
		t.Errorf("fewer than a tenth: %v %v", b.Warnings, err)
	}
	v, err := c.Check(context.Background(), a)
	if err != nil || len(v.Warnings) != 1 || len(v.Steps) != 1 || !strings.Contains(v.Steps[0].Text, "AB00001 to AB20000") {
		t.Errorf("%+v %v", v, err)
	}
	s.taken["ownfleet/range/AB"] = 20_000
	for _, err := range []error{func() error { _, err := book(); return err }(), func() error { _, err := c.Check(context.Background(), a); return err }()} {
		if !errs.Is(err, errs.Rejected) || !strings.Contains(err.Error(), "Enter the next range") {
			t.Errorf("used up: %v", err)
		}
	}
	if b, err = c.Book(context.Background(), access(fieldPrefix, "AB", fieldFrom, "1", fieldTo, "30000"), consignment(1)); err != nil || b.TrackingCodes[0] != "AB20001" {
		t.Errorf("a longer range goes on where the shorter one stopped: %v %v", b.TrackingCodes, err)
	}
}

func TestCancelUntilCollected(t *testing.T) {
	c, _, _ := newCourier()
	for status, code := range map[courier.Status]errs.Code{
		courier.StatusBooked: "", courier.StatusCustom: "", courier.StatusCollected: errs.Conflict, courier.StatusDelivered: errs.Conflict,
	} {
		err := c.Cancel(context.Background(), access(), courier.Reference{Status: status})
		if errs.CodeOf(err) != code {
			t.Errorf("%s: %v", status.Word(), err)
		}
	}
}

func TestRelabelDrawsTheSameNumbers(t *testing.T) {
	c, drawn, s := newCourier()
	in := consignment(1)
	in.LabelFormat = courier.PNG
	l, _, err := c.Relabel(context.Background(), access(), in, courier.Reference{TrackingCodes: []string{"PB0000000017"}})
	if err != nil || l.Format != courier.PNG || drawn.labels[0].TrackingCode != "PB0000000017" || len(s.taken) != 0 {
		t.Errorf("%+v %v, numbers taken %v", l, err, s.taken)
	}
	drawn.err = errors.New("no ink")
	if _, err := c.Book(context.Background(), access(), in); err == nil {
		t.Error("a label that can't be drawn is no label")
	}
}

func TestRoute(t *testing.T) {
	for _, c := range []struct{ service, postcode, country, want string }{
		{nextDay, "EH6 6AA", "GB", "EH6"}, {nextDay, "W1A1AA", "GB", "W1A"}, {nextDay, "X", "GB", "X"}, {nextDay, "10115", "DE", "101"},
		{nextDay, "", "HK", "HK"}, {nextDay, "", "", ""}, {collection, "EH6 6AA", "GB", "COLLECT"}, {sameDay, "〒100-0001", "JP", "〒10"},
	} {
		in := courier.Consignment{Service: courier.ServiceOffer{Code: c.service}, To: postal.Address{Postcode: c.postcode, CountryISO: c.country}}
		if got := route(in); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

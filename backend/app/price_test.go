package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/core/setup"
)

// priced is a mute that tells prices.
type priced struct{ *mute }

func (p priced) Descriptor() *courier.Descriptor {
	d := p.mute.Descriptor()
	d.Capabilities.Price = true
	d.Options = []courier.Field{{Key: "code", Label: "Code", Kind: courier.Text}}
	return d
}

func (priced) Quote(context.Context, courier.Access, courier.Consignment) ([]courier.Offer, error) {
	return []courier.Offer{
		{Service: "STD", Code: "STD", Name: "Standard", Price: money.Amount{Minor: 1245, Currency: "GBP"}, TransitDays: 2, Chosen: true},
		{Service: "STD", Options: map[string]string{"code": "boat"}, Code: "boat", Name: "Slow boat", Price: money.Amount{Minor: 300, Currency: "GBP"}},
	}, nil
}

// terminalWith opens a folder with a courier beside Own fleet, and an account that has both.
func terminalWith(t *testing.T, c courier.Adapter) *apptest.Terminal {
	t.Helper()
	f := apptest.NewFolder(t)
	options := f.Options()
	options.Couriers = []courier.Adapter{c}
	a, err := app.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	run := &apptest.Terminal{Folder: f, App: a}
	run.JSON(t, &struct{}{}, "", "group", "create", "North wing")
	run.JSON(t, &struct{}{}, `{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"}`,
		"account", "create", "--group", "North wing", "--name", "Web shop", "--sender", "-")
	run.JSON(t, &struct{}{}, "{}", "auth", "add", "--account", "Web shop", "--courier", "Mute", "--company", "Main", "--fields", "-")
	run.JSON(t, &struct{}{}, `{}`, "auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	return run
}

func TestPricesAtTheTerminal(t *testing.T) {
	m := priced{&mute{sold: map[string]bool{}}}
	run := terminalWith(t, m)
	order := strings.NewReplacer(`"OwnFleet"`, `"Mute"`, "OF-NEXTDAY", "MU-STD").Replace(setup.SampleOrder)

	got := run.Run(t, order, "shipment", "price", "--account", "Web shop", "--file", "-")
	if lines := strings.Split(strings.TrimSpace(got.Out), "\n"); got.Status != 0 || len(lines) != 3 || !strings.Contains(lines[1], "3.00 GBP") || !strings.Contains(lines[1], "STD code=boat") ||
		!strings.HasPrefix(lines[2], "*") || !strings.Contains(lines[2], "12.45 GBP") {
		t.Fatalf("%+v", got)
	}
	var offers []courier.Offer
	run.JSON(t, &offers, order, "shipment", "price", "--account", "Web shop", "--file", "-")
	if len(offers) != 2 || offers[0].Price.Minor != 300 || !offers[1].Chosen || len(m.sold) != 0 {
		t.Errorf("%+v, sold %v", offers, m.sold)
	}
	if got := run.Run(t, setup.SampleOrder, "shipment", "price", "--account", "Web shop", "--file", "-"); got.Status != 1 || !strings.Contains(got.Err, "tells no prices before a label is bought") {
		t.Errorf("%+v", got)
	}
}

// sells is a priced that sells, with a paper beside the label.
type sells struct{ priced }

func (sells) Book(context.Context, courier.Access, courier.Consignment) (courier.Booked, error) {
	b := courier.Booked{
		CourierRef: "MU1", TrackingCodes: []string{"MU000001"}, Label: courier.Label{Format: courier.PDF, Size: courier.Size4x6, Bytes: []byte("%PDF-1.4 label")},
	}
	b.AddPaper(courier.PaperCustoms, []byte("%PDF-1.4 CN23 of parcel 1"))
	b.AddPaper(courier.PaperCustoms, []byte("%PDF-1.4 CN23 of parcel 2"))
	return b, nil
}

func TestCouriersPapersAtTheTerminal(t *testing.T) {
	run := terminalWith(t, sells{priced{&mute{sold: map[string]bool{}}}})
	order := strings.NewReplacer(`"OwnFleet"`, `"Mute"`, "OF-NEXTDAY", "MU-STD").Replace(setup.SampleOrder)
	var made struct {
		Number int64 `json:"shipment_id"`
	}
	run.JSON(t, &made, order, "shipment", "create", "--account", "Web shop", "--file", "-")
	dir := t.TempDir()
	var files []struct{ Kind, Path string }
	run.JSON(t, &files, "", "doc", "courier-papers", strconv.FormatInt(made.Number, 10), "--out", dir)
	if len(files) != 2 || files[0].Kind != "customs-form" {
		t.Fatalf("%+v", files)
	}
	for i, f := range files {
		content, err := os.ReadFile(f.Path)
		if want := fmt.Sprintf("%%PDF-1.4 CN23 of parcel %d", i+1); err != nil || string(content) != want {
			t.Errorf("%s: %q %v, want %q", f.Path, content, err, want)
		}
	}
	if got := run.Run(t, "", "doc", "courier-papers", strconv.FormatInt(made.Number, 10), "--out", filepath.Join(dir, "nowhere")); got.Status != 1 {
		t.Errorf("%+v", got)
	}
}

package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/core/courier"
	"packbench/backend/core/setup"
)

// depot is a courier that wants to be told when the day ends. The first time its answer does not come.
type depot struct{ asked int }

func (*depot) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Depot", Name: "Depot", Initials: "DE",
		Services: []courier.ServiceOffer{{Code: "STD", PresetCode: "DE-STD", Name: "Standard"}},
		Formats:  []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
		Capabilities: courier.Capabilities{Manifest: true},
	}
}

func (*depot) Check(context.Context, courier.Access) (courier.Verdict, error) {
	return courier.Verdict{}, nil
}

func (*depot) Book(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, error) {
	return courier.Booked{
		CourierRef: c.Reference, TrackingCodes: []string{"DE-" + c.Reference},
		Label: courier.Label{Format: courier.PDF, Size: courier.Size4x6, Bytes: []byte("%PDF-1.4 of " + c.Reference)},
	}, nil
}

func (d *depot) Manifest(context.Context, courier.Access, courier.Day) (courier.Manifest, error) {
	if d.asked++; d.asked == 1 {
		return courier.Manifest{}, errors.New("the connection broke")
	}
	return courier.Manifest{Number: "DAY-1", Paper: []byte("%PDF-1.4 of the depot")}, nil
}

// A day is closed, shown and printed again at the terminal; one whose answer never came is settled there.
func TestEndOfDayAtTheTerminal(t *testing.T) {
	f := apptest.NewFolder(t)
	options := f.Options()
	options.Couriers = []courier.Adapter{&depot{}}
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
	says := func(status int, words string, args ...string) {
		t.Helper()
		if got := run.Run(t, "", args...); got.Status != status || !strings.Contains(got.Out+got.Err, words) {
			t.Fatalf("%v: %+v, want status %d and %q", args, got, status, words)
		}
	}
	run.JSON(t, &struct{}{}, "", "group", "create", "North wing")
	run.JSON(t, &struct{}{}, `{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"}`,
		"account", "create", "--group", "North wing", "--name", "Web shop", "--sender", "-")
	for _, courier := range []string{"Depot", "OwnFleet"} {
		run.JSON(t, &struct{}{}, "{}", "auth", "add", "--account", "Web shop", "--courier", courier, "--company", "Main", "--fields", "-")
	}
	says(0, "Nothing is open", "manifest", "open")
	says(0, "No day was closed yet", "manifest", "list")
	says(1, "There is nothing to close", "manifest", "close", "--account", "Web shop", "--courier", "Depot")
	says(1, "has no registered auth of UPSv2", "manifest", "close", "--account", "Web shop", "--courier", "UPSv2")

	depots := strings.NewReplacer(`"OwnFleet"`, `"Depot"`, "OF-NEXTDAY", "DE-STD").Replace(setup.SampleOrder)
	for i, order := range []string{setup.SampleOrder, depots, depots} {
		body := strings.Replace(order, "SAMPLE-1001", fmt.Sprint("EOD-", i), 1)
		run.JSON(t, &struct{}{}, body, "shipment", "create", "--account", "Web shop", "--file", "-")
	}
	var open []struct {
		Courier   string `json:"courier"`
		Shipments int    `json:"shipments"`
		Asks      bool   `json:"asks"`
	}
	run.JSON(t, &open, "", "manifest", "open")
	if len(open) != 2 || open[0].Courier != "Depot" || open[0].Shipments != 2 || !open[0].Asks || open[1].Asks {
		t.Fatalf("open: %+v", open)
	}

	var m struct {
		Number     int64  `json:"number"`
		State      string `json:"state"`
		Shipments  int    `json:"shipments"`
		CourierRef string `json:"courier_ref"`
	}
	run.JSON(t, &m, "", "manifest", "close", "--account", "Web shop", "--courier", "OwnFleet")
	if m.Number != 1 || m.State != "closed" || m.Shipments != 1 {
		t.Fatalf("closed: %+v", m)
	}
	says(1, "It is not known whether the courier closed the day", "manifest", "close", "--account", "Web shop", "--courier", "Depot", "--shipment", "2")
	says(0, "manifest 2 (unknown)", "manifest", "open")
	says(1, "Settle it first", "manifest", "close", "--account", "Web shop", "--courier", "Depot")
	says(2, "Say one of the two", "manifest", "settle", "2")
	run.JSON(t, &m, "", "manifest", "again", "2")
	if m.Number != 2 || m.State != "closed" || m.Shipments != 1 || m.CourierRef != "DAY-1" {
		t.Fatalf("asked again: %+v", m)
	}
	says(1, "no longer unknown", "manifest", "settle", "2", "--open")
	says(0, "packbench manifest paper 2 --out FILE", "manifest", "show", "2")
	says(1, "no such manifest", "manifest", "show", "9")
	says(1, "not the number of a manifest", "manifest", "show", "two")
	path := filepath.Join(t.TempDir(), "paper.pdf")
	says(0, path, "manifest", "paper", "2", "--out", path)
	if paper, err := os.ReadFile(path); err != nil || string(paper) != "%PDF-1.4 of the depot" {
		t.Errorf("%q, %v", paper, err)
	}
	says(0, "DAY-1", "manifest", "list")
}

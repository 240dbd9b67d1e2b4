package app_test

import (
	"fmt"
	"strings"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/core/setup"
)

// What the terminal does with a shipment after it was bought.
func TestBuyingAgainFromTheTerminal(t *testing.T) {
	f := apptest.NewFolder(t).Terminal(t)
	f.JSON(t, &struct{}{}, "", "group", "create", "North wing")
	f.JSON(t, &struct{}{}, `{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"}`,
		"account", "create", "--group", "North wing", "--name", "Web shop", "--sender", "-")
	f.JSON(t, &struct{}{}, "{}", "auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	f.JSON(t, &struct{}{}, setup.SampleOrder, "shipment", "create", "--account", "Web shop", "--file", "-")

	type link struct {
		Kind   string
		Number int64
	}
	type made struct {
		Shipment struct {
			Number int64
			State  string
		}
		Links     []link
		Duplicate bool
	}
	var again made
	f.JSON(t, &again, "", "shipment", "redo", "1")
	if again.Duplicate || again.Shipment.State != "booked" || len(again.Links) != 1 || again.Links[0] != (link{"redo_of", 1}) {
		t.Fatalf("redo: %+v", again)
	}
	redone := again.Shipment.Number
	f.JSON(t, &again, "", "shipment", "redo", "1")
	if !again.Duplicate || again.Shipment.Number != redone {
		t.Fatalf("redo once more: %+v", again)
	}
	number := fmt.Sprint(redone)
	if got := f.Run(t, "", "shipment", "duplicate", number, "--confirm", "1"); got.Status != 1 || !strings.Contains(got.Err, "confirm: Type the number") {
		t.Fatalf("confirmed with another number: %+v", got)
	}
	if got := f.Run(t, "", "shipment", "duplicate", number); got.Status != 2 || !strings.Contains(got.Err, "--confirm is missing") {
		t.Fatalf("not confirmed: %+v", got)
	}
	f.JSON(t, &again, "", "shipment", "duplicate", number, "--confirm", number)
	if again.Duplicate || again.Shipment.State != "booked" || again.Links[0] != (link{"duplicate_of", redone}) {
		t.Fatalf("duplicate: %+v", again)
	}
	var row struct{ Packed bool }
	f.JSON(t, &row, "", "shipment", "pack", number)
	if !row.Packed {
		t.Fatal("it is not packed")
	}
	var seen struct {
		Events []struct {
			Status   int `json:"status_code"`
			Location string
		}
	}
	f.JSON(t, &seen, "", "shipment", "scan", number, "--status", "2", "--place", "Loading bay")
	f.JSON(t, &seen, "", "shipment", "track", number)
	if n := len(seen.Events); n != 2 || seen.Events[1].Status != 2 || seen.Events[1].Location != "Loading bay" {
		t.Fatalf("events: %+v", seen.Events)
	}
	if got := f.Run(t, "", "shipment", "redo", number); got.Status != 1 || !strings.Contains(got.Err, "Nothing was bought.") {
		t.Fatalf("redo of what is on the van: %+v", got)
	}
	shown := f.Run(t, "", "shipment", "show", number)
	for _, words := range []string{"Redo of shipment 1", "Duplicated as shipment " + fmt.Sprint(again.Shipment.Number)} {
		if !strings.Contains(shown.Out, words) {
			t.Errorf("show does not say %q:\n%s", words, shown.Out)
		}
	}
}

package cli

import (
	"strings"
	"testing"

	"packbench/backend/base/errs"
)

func TestTableStaysAlignedWithEmptyCells(t *testing.T) {
	var out strings.Builder
	table(&out, "nothing", []string{"NAME", "CREATED", "USED"}, [][]string{{"a long name", "2026-01-01", ""}, {"b", "", "today"}})
	want := "" +
		"NAME         CREATED     USED\n" +
		"a long name  2026-01-01\n" +
		"b                        today\n"
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
	out.Reset()
	if table(&out, "Nothing yet.", []string{"NAME"}, nil); out.String() != "Nothing yet.\n" {
		t.Errorf("an empty table says %q", out.String())
	}
}

func TestToldNamesEveryField(t *testing.T) {
	var wrong errs.Fields
	wrong.Add("shipment.ship_to.city", "A city is needed.")
	if got := told(errs.As(wrong.Err())); got != "shipment.ship_to.city: A city is needed." {
		t.Errorf("one field: %q", got)
	}
	wrong.Add("shipment.parcels", "Parcels are needed.")
	want := "2 fields need another value.\n  shipment.parcels: Parcels are needed.\n  shipment.ship_to.city: A city is needed."
	if got := told(errs.As(wrong.Err())); got != want {
		t.Errorf("two fields: %q", got)
	}
	if got := told(errs.New(errs.NotFound, "There is none.")); got != "There is none." {
		t.Errorf("no field: %q", got)
	}
}

package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"packbench/backend/core/courier"
	"packbench/backend/core/setup"
)

// mute is a courier whose answer to a purchase never comes. It knows what it sold, once asked.
type mute struct{ sold map[string]bool }

func (*mute) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Mute", Name: "Mute", Initials: "MU",
		Services: []courier.ServiceOffer{{Code: "STD", PresetCode: "MU-STD", Name: "Standard"}},
		Formats:  []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
		Capabilities: courier.Capabilities{Find: true},
	}
}

func (*mute) Check(context.Context, courier.Access) (courier.Verdict, error) {
	return courier.Verdict{}, nil
}

func (m *mute) Book(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, error) {
	m.sold[c.ShipmentID] = c.Reference == "SOLD"
	return courier.Booked{}, errors.New("the connection broke")
}

func (m *mute) Find(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, bool, error) {
	if !m.sold[c.ShipmentID] {
		return courier.Booked{}, false, nil
	}
	return courier.Booked{
		CourierRef: "MU1", TrackingCodes: []string{"MU000001"},
		Label: courier.Label{Format: courier.PDF, Size: courier.Size4x6, Bytes: []byte("%PDF-1.4 of MU000001")},
	}, true, nil
}

// What nobody knows the outcome of is listed, asked about and settled at the terminal, and never bought again by it.
func TestUnknownPurchasesAtTheTerminal(t *testing.T) {
	m := &mute{sold: map[string]bool{}}
	run := terminalWith(t, m)
	if got := run.Run(t, "", "shipment", "unknown", "list"); got.Status != 0 || !strings.Contains(got.Out, "There is no purchase whose outcome is not known.") {
		t.Fatalf("list of none: %+v", got)
	}

	order := strings.NewReplacer(`"OwnFleet"`, `"Mute"`, "OF-NEXTDAY", "MU-STD").Replace(setup.SampleOrder)
	buy := func(reference string) {
		t.Helper()
		got := run.Run(t, strings.Replace(order, "SAMPLE-1001", reference, 1), "shipment", "create", "--account", "Web shop", "--file", "-")
		if got.Status == 0 || !strings.Contains(got.Err, "needs a look; it is not sent again.") {
			t.Fatalf("buy %s: %+v", reference, got)
		}
	}
	for _, reference := range []string{"SOLD", "BOUGHT", "GONE"} {
		buy(reference)
	}
	var list []struct {
		Failure  string
		Askable  bool
		Shipment struct {
			Number    int64
			ID, State string
			Reference string
		}
	}
	run.JSON(t, &list, "", "shipment", "unknown", "list")
	if len(list) != 3 || list[0].Shipment.Reference != "SOLD" || list[0].Shipment.State != "unknown" || !list[0].Askable ||
		!strings.HasPrefix(list[0].Failure, "The courier's answer") {
		t.Fatalf("list: %+v", list)
	}
	shown := run.Run(t, "", "shipment", "unknown", "list").Out
	for _, words := range []string{"SENT AS", "Web shop", "Mute", list[2].Shipment.ID} {
		if !strings.Contains(shown, words) {
			t.Errorf("the list does not say %q:\n%s", words, shown)
		}
	}
	number := func(i int) string { return fmt.Sprint(list[i].Shipment.Number) }

	if got := run.Run(t, "", "shipment", "unknown", "ask", number(2)); got.Status != 0 || !strings.Contains(got.Out, "It is still unknown: Mute does not know it so far.") {
		t.Fatalf("ask of what is not there: %+v", got)
	}
	if got := run.Run(t, "", "shipment", "unknown", "ask", number(0)); got.Status != 0 || !strings.Contains(got.Out, "is settled: Booked.") {
		t.Fatalf("ask of what was sold: %+v", got)
	}
	if got := run.Run(t, "", "shipment", "unknown", "bought", number(1)); got.Status != 2 || !strings.Contains(got.Err, "--tracking is missing") {
		t.Fatalf("bought without a tracking number: %+v", got)
	}
	var row struct {
		State         string
		TrackingCodes []string `json:"tracking_codes"`
	}
	run.JSON(t, &row, "", "shipment", "unknown", "bought", number(1), "--tracking", "MU000002")
	if row.State != "booked" || len(row.TrackingCodes) != 1 || row.TrackingCodes[0] != "MU000002" {
		t.Fatalf("bought: %+v", row)
	}
	run.JSON(t, &row, "", "shipment", "unknown", "not-bought", number(2))
	if row.State != "not_bought" {
		t.Fatalf("not bought: %+v", row)
	}
	if got := run.Run(t, "", "shipment", "unknown", "not-bought", number(1)); got.Status != 1 || !strings.Contains(got.Err, "is no longer unknown") {
		t.Fatalf("settled once more: %+v", got)
	}
	run.JSON(t, &list, "", "shipment", "unknown", "list")
	if len(list) != 0 || len(m.sold) != 3 {
		t.Fatalf("%d are still listed, and %d purchases were sent", len(list), len(m.sold))
	}
}

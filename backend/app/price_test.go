package app_test

import (
	"context"
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

func TestPricesAtTheTerminal(t *testing.T) {
	f := apptest.NewFolder(t)
	options := f.Options()
	m := priced{&mute{sold: map[string]bool{}}}
	options.Couriers = []courier.Adapter{m}
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

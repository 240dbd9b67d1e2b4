package shipment

import (
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

func offer(name string, minor int64, currency string) courier.Offer {
	return courier.Offer{Service: "STD", Name: name, Price: money.Amount{Minor: minor, Currency: currency}}
}

func TestQuoteTellsTheCheapestFirstAndKeepsNothing(t *testing.T) {
	w := newWorld(t)
	w.depot.offers = []courier.Offer{offer("Noon", 900, "GBP"), offer("Abroad", 100, "USD"), offer("Evening", 450, "GBP"), offer("Economy", 450, "GBP")}
	got, err := w.Quote(w.ctx, owned, sample(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range got {
		names = append(names, o.Name)
	}
	if want := []string{"Economy", "Evening", "Noon", "Abroad"}; len(names) != len(want) || names[0] != want[0] || names[1] != want[1] || names[2] != want[2] || names[3] != want[3] {
		t.Errorf("offers %v, want %v", names, want)
	}
	if len(w.depot.quoted) != 1 || w.depot.quoted[0].From.City != "Leith" || w.depot.quoted[0].Service.Code != "STD" || len(w.depot.quoted[0].Parcels) == 0 {
		t.Errorf("the courier was asked for %+v", w.depot.quoted)
	}
	if len(w.depot.sent) != 0 || len(w.m.shipments) != 0 || len(w.m.claims) != 0 {
		t.Errorf("asking for a price left something: %d purchases, %d shipments, %d claims", len(w.depot.sent), len(w.m.shipments), len(w.m.claims))
	}
}

func TestQuoteOfAnOrderThatWasBought(t *testing.T) {
	w := newWorld(t)
	w.depot.offers = []courier.Offer{offer("Standard", 450, "GBP")}
	withID := func(o *order.Order) { o.RequestID = []byte("7") }
	w.buy(t, withID)
	if got, err := w.Quote(w.ctx, owned, sample(t, withID)); err != nil || len(got) != 1 {
		t.Fatalf("%v %v", got, err)
	}
}

func TestQuoteRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*world, *order.Order)
		code   errs.Code
		path   string
	}{
		"an order that Create refuses": {func(_ *world, o *order.Order) { o.Parcels[0].Weight = 40_000 }, errs.Invalid, "shipment.parcels.0.weight"},
		"a preset that is not there":   {func(_ *world, o *order.Order) { o.PresetCode = "NONE" }, errs.Invalid, "shipment.dc_service_id"},
		"in the courier's words": {func(w *world, _ *order.Order) {
			w.depot.says = errs.New(errs.Rejected, "Depot does not go there.")
		}, errs.Rejected, ""},
		"for a disabled account": {func(w *world, _ *order.Order) {
			a := w.m.accounts[owned]
			a.Disabled = true
			w.m.accounts[owned] = a
		}, errs.Forbidden, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			o := sample(t, nil)
			c.change(w, &o)
			_, err := w.Quote(w.ctx, owned, o)
			wantCode(t, err, c.code)
			if got := paths(err); c.path != "" && (len(got) != 1 || got[0] != c.path) {
				t.Errorf("fields %v", got)
			}
		})
	}
}

// noPrices is a depot that tells none.
type noPrices struct{ courier.Adapter }

func (n noPrices) Descriptor() *courier.Descriptor {
	d := *n.Adapter.Descriptor()
	d.Capabilities = courier.Capabilities{}
	return &d
}

func TestQuoteOfACourierThatTellsNoPrices(t *testing.T) {
	w := newWorld(t)
	couriers, err := courier.NewRegistry(noPrices{w.depot})
	if err != nil {
		t.Fatal(err)
	}
	w.Couriers, w.Auths.Couriers, w.Presets.Couriers = couriers, couriers, couriers
	_, err = w.Quote(w.ctx, owned, sample(t, nil))
	wantCode(t, err, errs.NotOffered)
}

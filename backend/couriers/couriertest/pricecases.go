package couriertest

import (
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

// tellPrice asks for prices of every kind of order, and buys by an offer that the order did not name: what an offer says
// has to be all that an order needs to be carried so.
func tellPrice(t *testing.T, w *world) result {
	if !w.capabilities().Price {
		return lacks
	}
	orders := []order.Order{w.suite.sample(w.serial(), 1)}
	if _, single := w.suite.Lacks[caseThree]; !single {
		orders = append(orders, w.suite.sample(w.serial(), 3))
	}
	if w.suite.ServiceAbroad != "" {
		orders = append(orders, w.suite.sampleAbroad(w.serial()))
	}
	for _, o := range orders {
		before, _ := w.ledger.sales()
		offers, err := w.Quote(w.ctx, w.account, o)
		if err != nil {
			t.Fatalf("%s: %v (%s)", o.ServiceCode, err, trail(err))
		}
		chosen := 0
		for _, offer := range offers {
			checkOffer(t, w.adapter.Descriptor(), offer)
			if offer.Chosen {
				chosen++
			}
		}
		if chosen != 1 {
			t.Errorf("%s: %d of %d offers are what the order would be bought by, want 1: %+v", o.ServiceCode, chosen, len(offers), offers)
		}
		if after, _ := w.ledger.sales(); after != before {
			t.Fatal("asking for a price bought something")
		}
		for _, offer := range offers {
			if !offer.Chosen {
				w.buy(t, taking(o, offer))
				break
			}
		}
	}
	return yes
}

func taking(o order.Order, offer courier.Offer) order.Order {
	options := map[string]string{}
	for _, given := range []map[string]string{o.Options, offer.Options} {
		for k, v := range given {
			options[k] = v
		}
	}
	o.ServiceCode, o.Options = offer.Service, options
	return o
}

func checkOffer(t *testing.T, d *courier.Descriptor, offer courier.Offer) {
	t.Helper()
	if _, known := d.Service(offer.Service); !known || offer.Code == "" || offer.Name == "" {
		t.Errorf("%+v names no service", offer)
	}
	if offer.Price.Minor < 0 || !money.ValidCurrency(offer.Price.Currency) || offer.TransitDays < 0 || offer.DeliveryMs < 0 {
		t.Errorf("%+v is no price", offer)
	}
	if err := d.CheckOptions(offer.Options, ""); err != nil {
		t.Errorf("an order may not say what %+v does: %v", offer, err)
	}
	known := map[string]bool{}
	for _, f := range d.Options {
		known[f.Key] = true
	}
	for key := range offer.Options {
		if !known[key] {
			t.Errorf("%+v has an option that no order has", offer)
		}
	}
}

// refusePrice asks where the courier names none: refused, with wrong credentials, and disturbed.
func refusePrice(t *testing.T, w *world) result {
	quoter, can := w.adapter.(courier.Quoter)
	if !can {
		return lacks
	}
	o := w.suite.sample(w.serial(), 1)
	made := w.buy(t, o).Shipment.Consignment
	before, _ := w.ledger.sales()

	w.ledger.priced(Refusing)
	offers, err := w.Quote(w.ctx, w.account, o)
	w.hear(err)
	if !errs.Is(err, errs.Rejected) || !says(err, Refusal) || len(offers) != 0 {
		t.Errorf("%d offers, %v; want the refusal in the courier's words: does the mock read Ledger.PriceMood?", len(offers), err)
	}
	w.ledger.priced(Willing)

	wrong := map[string]string{}
	for k, v := range w.suite.Fields {
		wrong[k] = v
	}
	for _, f := range w.adapter.Descriptor().Fields {
		if f.Kind == courier.Secret && wrong[f.Key] != "" {
			wrong[f.Key] = "wrong-" + f.Key
		}
	}
	access := w.access
	access.Credentials = courier.NewCredentials(wrong)
	_, err = quoter.Quote(w.ctx, access, made)
	w.hear(err)
	if !errs.Is(err, errs.Rejected) {
		t.Errorf("with wrong credentials: %v, want Rejected", err)
	}

	for _, n := range noises {
		w.stand.disturb(n)
		offers, err := w.Quote(w.ctx, w.account, o)
		w.hear(err)
		if !errs.Is(err, errs.Unavailable) && !errs.Is(err, errs.Rejected) && !errs.Is(err, errs.Unclear) || len(offers) != 0 {
			t.Errorf("%s: %d offers, %v", n, len(offers), err)
		}
	}
	w.stand.disturb(quiet)
	if after, _ := w.ledger.sales(); after != before {
		t.Error("asking for a price bought something")
	}
	return yes
}

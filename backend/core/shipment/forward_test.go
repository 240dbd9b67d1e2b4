package shipment

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"

	"github.com/google/go-cmp/cmp"
)

// cloud is an upstream that sells like a depot and notes what it was asked for.
type cloud struct {
	*depot
	asked []courier.Consignment
}

func (c *cloud) Descriptor() *courier.Descriptor {
	d := c.depot.Descriptor()
	d.Key, d.Name, d.Options, d.Capabilities.Forwards = "Cloud", "Cloud", nil, true
	return d
}

func (*cloud) Told(context.Context, courier.Access, courier.Key, courier.Topic) (json.RawMessage, error) {
	return nil, nil
}

func (c *cloud) Book(ctx context.Context, a courier.Access, in courier.Consignment) (courier.Booked, error) {
	c.asked = append(c.asked, in)
	return c.depot.Book(ctx, a, in)
}

// cloudy is a world whose account has an auth of an upstream beside its depot.
func cloudy(t *testing.T) (*world, *cloud) {
	t.Helper()
	w, up := newWorld(t), &cloud{depot: newDepot()}
	couriers, err := courier.NewRegistry(w.depot, up)
	if err != nil {
		t.Fatal(err)
	}
	w.Couriers, w.Auths.Couriers, w.Presets.Couriers = couriers, couriers, couriers
	w.m.auths["auth-2"] = auth.Auth{ID: "auth-2", AccountID: owned, Courier: "Cloud", Company: "Sky", Testing: true}
	return w, up
}

func forDPD(o *order.Order) {
	o.Courier, o.PresetCode, o.AuthCompany = "DPD", "DPD-12", "North"
	o.Options = map[string]string{"depot": "007", "friendly_service_name": "By noon"}
	o.Raw = json.RawMessage(`{"courier":{"depot":"007","friendly_service_name":"By noon","collection_address":{"city":"Leith"}},"dc_service_id":"DPD-12"}`)
}

func TestAnOrderForAnUnknownCourierIsPassedOn(t *testing.T) {
	w, up := cloudy(t)
	bought := w.buy(t, forDPD).Shipment
	want := courier.Forward{
		Through: "Cloud", Courier: "DPD", Company: "North",
		Given: json.RawMessage(`{"collection_address":{"city":"Leith"},"depot":"007","friendly_service_name":"By noon"}`),
	}
	kept := w.reload(t, bought.ID)
	if diff := cmp.Diff(want, kept.Consignment.Forward); diff != "" || len(up.asked) != 1 || len(w.depot.sent) != 0 {
		t.Fatalf("%s; the upstream was asked %d times, the depot %d", diff, len(up.asked), len(w.depot.sent))
	}
	if diff := cmp.Diff(want, up.asked[0].Forward); diff != "" {
		t.Error(diff)
	}
	if kept.Courier != "DPD" || kept.Company != "Sky" || kept.AuthID != "auth-2" || !kept.Testing || kept.PresetCode != "DPD-12" || kept.ServiceName != "By noon" || up.asked[0].Service.PresetCode != "DPD-12" {
		t.Errorf("%+v", kept.Row)
	}
	if kept.Carried() != "DPD through Cloud" || w.Carried("DPD") != "DPD through Cloud" || w.Carried("Depot") != "Depot" || w.CourierName(kept) != "DPD" {
		t.Errorf("%q %q %q %q", kept.Carried(), w.Carried("DPD"), w.Carried("Depot"), w.CourierName(kept))
	}
	if again := kept.order(0); again.AuthCompany != "North" || again.Courier != "DPD" || again.PresetCode != "DPD-12" {
		t.Errorf("bought again it would be %+v", again)
	}
	if _, _, err := w.Cancel(w.ctx, owned, Handle{ID: kept.ID, Courier: "DPD"}); err != nil || up.cancelled[string(kept.ID)] != 1 {
		t.Errorf("%v, cancelled there %v", err, up.cancelled)
	}
}

// A purchase stays with whom it was made, also when this program has an adapter of that courier by now.
func TestAnUpstreamsPurchaseStaysTheUpstreams(t *testing.T) {
	w, up := cloudy(t)
	up.next = losesAfter
	_, err := w.Create(w.ctx, owned, sample(t, forDPD), Origin{})
	wantCode(t, err, errs.Unclear)
	couriers, err := courier.NewRegistry(w.depot, up, renamed{newDepot(), "DPD"})
	if err != nil {
		t.Fatal(err)
	}
	w.Couriers, w.Auths.Couriers = couriers, couriers
	w.clock.Advance(proofAge)
	if open, err := w.Recover(w.ctx); err != nil || open != 0 {
		t.Fatal(open, err)
	}
	for id := range up.ledger {
		if sh := w.reload(t, ID(id)); sh.State != Booked {
			t.Errorf("%s: the new adapter was asked, which knows nothing of it", sh.State)
		}
	}
}

type renamed struct {
	*depot
	key courier.Key
}

func (r renamed) Descriptor() *courier.Descriptor {
	d := r.depot.Descriptor()
	d.Key = r.key
	return d
}

func TestWhatIsPassedOnNamesAService(t *testing.T) {
	w, up := cloudy(t)
	_, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { forDPD(o); o.PresetCode, o.ServiceCode = "", "" }), Origin{})
	wantCode(t, err, errs.Invalid)
	if f := errs.As(err).Fields[0]; f.Path != "shipment.dc_service_id" || !strings.Contains(f.Message, "Cloud has for DPD") {
		t.Errorf("%+v", f)
	}
	check, err := w.Checks(w.ctx, owned)
	if err != nil {
		t.Fatal(err)
	}
	if err := check(w.ctx, sample(t, forDPD)); err != nil {
		t.Errorf("a row of a file: %v", err)
	}
	delete(w.m.auths, "auth-2")
	_, err = w.Create(w.ctx, owned, sample(t, forDPD), Origin{})
	wantCode(t, err, errs.NotFound)
	if len(up.asked) != 0 {
		t.Errorf("%d were asked for", len(up.asked))
	}
}

func TestTheAuthsCompanyIsNotTheUpstreams(t *testing.T) {
	w, up := cloudy(t)
	w.buy(t, func(o *order.Order) { forDPD(o); o.AuthCompany = "sky" })
	if got := up.asked[0].Forward.Company; got != "" {
		t.Errorf("%q chose the auth and was passed on", got)
	}
	w.buy(t, func(o *order.Order) { forDPD(o); o.Raw = json.RawMessage(`{"courier":[]}`) }) // an empty object as PHP writes it
	if got := up.asked[1].Forward.Given; got != nil {
		t.Errorf("%s", got)
	}
}

// named is a depot whose option says what is bought.
type named struct{ *depot }

func (n named) Descriptor() *courier.Descriptor {
	d := n.depot.Descriptor()
	d.Named = func(s courier.ServiceOffer, options map[string]string) string {
		return s.Name + ", signature " + options["signature"]
	}
	return d
}

func TestOptionsNameTheService(t *testing.T) {
	w := newWorld(t)
	couriers, err := courier.NewRegistry(named{w.depot})
	if err != nil {
		t.Fatal(err)
	}
	w.Couriers, w.Auths.Couriers, w.Presets.Couriers = couriers, couriers, couriers
	bought := w.buy(t, func(o *order.Order) { o.Options = map[string]string{"signature": "true"} })
	if got := bought.Shipment.ServiceName; got != "Standard, signature true" {
		t.Errorf("%q", got)
	}
}

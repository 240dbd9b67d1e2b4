package auth_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/testkit"
)

// cloud is an upstream. It tells with which credentials it was asked of what.
type cloud struct{ parcelers }

func (c *cloud) Descriptor() *courier.Descriptor {
	d := c.parcelers.Descriptor()
	d.Capabilities.Forwards = true
	return d
}

func (*cloud) Told(_ context.Context, a courier.Access, key courier.Key, what courier.Topic) (json.RawMessage, error) {
	return json.Marshal([]any{key, what, a.Testing, a.Credentials.Get("client_secret") == canary})
}

func withCloud(t *testing.T) world {
	t.Helper()
	w := world{Bench: testkit.New(t, &parcelers{key: "Parcelers"}, &cloud{parcelers{key: "Cloud"}}), ctx: testkit.Manager(t)}
	w.account = w.Account(t, "Web shop")
	return w
}

func (w world) connect(t *testing.T, company string, testing bool) {
	t.Helper()
	in := w.save(company, testing)
	in.Courier = "Cloud"
	_, err := w.Auths.Register(w.ctx, in)
	ok(t, err)
}

func TestCarrier(t *testing.T) {
	w := withCloud(t)
	other := w.Account(t, "Other shop")
	carried := func(key courier.Key) courier.Key {
		t.Helper()
		a, err := w.Auths.Carrier(w.ctx, w.account.ID, key)
		ok(t, err)
		return a.Descriptor().Key
	}
	if got := carried("Parcelers"); got != "Parcelers" { // with an auth or without
		t.Errorf("carried by %s", got)
	}
	_, err := w.Auths.Carrier(w.ctx, w.account.ID, "DPD")
	want(t, err, errs.NotFound, "", "would carry")
	w.connect(t, "Main", false)
	if carried("DPD") != "Cloud" || carried("Parcelers") != "Parcelers" || carried("Cloud") != "Cloud" {
		t.Error("the upstream carries what has an adapter, or not what has none")
	}
	for _, odd := range []courier.Key{"", "..", "a/b", "smart-shipping", "DPD ", "DPD?x=1", courier.Key(strings.Repeat("D", 61))} {
		_, err = w.Auths.Carrier(w.ctx, w.account.ID, odd)
		want(t, err, errs.NotFound, "", "There is no courier")
	}
	_, err = w.Auths.Carrier(w.ctx, other.ID, "DPD")
	want(t, err, errs.NotFound, "", "would carry")
	_, err = w.Auths.Carrier(testkit.Caller(t, other.ID, actor.Ship), w.account.ID, "DPD")
	want(t, err, errs.NotFound, "", "no such thing")
}

func TestToldAsksALiveAuthFirst(t *testing.T) {
	w := withCloud(t)
	told := func(ctx context.Context, key courier.Key) (string, error) {
		raw, err := w.Auths.Told(ctx, w.account.ID, key, courier.TopicPresets)
		return string(raw), err
	}
	if got, err := told(w.ctx, "Parcelers"); got != "" || err != nil {
		t.Errorf("a courier with an adapter: %q %v", got, err)
	}
	_, err := told(w.ctx, "DPD")
	want(t, err, errs.NotFound, "", "list-couriers")
	w.connect(t, "Main", false)
	testOnly := actor.With(t.Context(), actor.Actor{Door: actor.API, AccountID: string(w.account.ID), Scopes: actor.DefaultScopes(), TestOnly: true})
	_, err = told(testOnly, "DPD")
	want(t, err, errs.Forbidden, "", "test token")
	w.connect(t, "A first by its name", true)
	for ctx, want := range map[context.Context]string{w.ctx: `["DPD","presets",false,true]`, testOnly: `["DPD","presets",true,true]`} {
		if got, err := told(ctx, "DPD"); got != want || err != nil {
			t.Errorf("%s %v, want %s", got, err, want)
		}
	}
}

// The company of an order that is passed on is the upstream's, unless an auth of the account has it.
func TestResolveForAnUpstream(t *testing.T) {
	w := withCloud(t)
	w.connect(t, "A", false)
	resolve := func(company string, forwards bool) (string, error) {
		a, _, err := w.Auths.Resolve(w.ctx, auth.Query{AccountID: w.account.ID, Courier: "Cloud", Company: company, Forwards: forwards})
		return a.Company, err
	}
	if got, err := resolve("North depot", true); got != "A" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	_, err := resolve("North depot", false)
	want(t, err, errs.Invalid, "auth_company", "It has: A.")
	w.connect(t, "B", false)
	if got, err := resolve("b", true); got != "B" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	_, err = resolve("North depot", true)
	want(t, err, errs.Invalid, "auth_company", "A, B")
}

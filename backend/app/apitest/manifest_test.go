package apitest

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/testkit"
)

const createManifest = "/api/couriers/v1/OwnFleet/create-manifest"

// The day of Own fleet, from nothing to its paper.
func TestADayIsClosed(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	c.post(t, createManifest, ``).want(t, 409)
	first := c.post(t, createLabel, order("SO-1", "")).want(t, 200)
	second := c.post(t, createLabel, order("SO-2", "")).want(t, 200)
	third := c.post(t, createLabel, order("SO-3", "")).want(t, 200)

	named := `{"shipment_ids":["` + first.text(t, "shipment_id") + `"],"tracking_codes":["` + second.text(t, "tracking_codes", 0) + `"]}`
	m := c.post(t, createManifest, named).want(t, 200)
	if m.text(t, "manifest_id") != "1" || m.text(t, "shipment_count") != "2" || m.text(t, "courier") != "OwnFleet" || m.text(t, "auth_company") != "Main" || m.at(t, "testing") != false {
		t.Errorf("%s", m.raw)
	}
	paper := bare(t, m.text(t, "manifest_document")).want(t, 200)
	if !bytes.HasPrefix(paper.raw, []byte("%PDF-")) || paper.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("%v %.40q", paper.header, paper.raw)
	}
	renewed := c.get(t, "/api/pdfs/renew?key="+m.text(t, "key")).want(t, 200)
	if again := bare(t, renewed.text(t, "uri")).want(t, 200); !bytes.Equal(again.raw, paper.raw) {
		t.Error("the paper is another one")
	}
	repeated := c.post(t, createManifest, named).want(t, 200)
	if repeated.text(t, "manifest_id") != "1" || repeated.at(t, "duplicate") != true {
		t.Errorf("%s", repeated.raw)
	}
	if a := c.post(t, createManifest, `{"shipment_ids":[`+first.text(t, "shipment_id")+`,`+third.text(t, "shipment_id")+`]}`).want(t, 409); !strings.Contains(a.text(t, "message"), "shipment "+first.text(t, "shipment_id")) {
		t.Errorf("%s", a.raw)
	}
	rest := c.post(t, createManifest, `{"shipment_ids":null,"testing":"0","auth_company":"main"}`).want(t, 200)
	if rest.text(t, "manifest_id") != "2" || rest.text(t, "shipment_count") != "1" {
		t.Errorf("%s", rest.raw)
	}
}

func TestRulesOfManifests(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	c.post(t, "/api/couriers/v1/OwnFleet/register-auth", `{"auth":{},"auth_company":"Main","testing":true}`).want(t, 200)
	live := c.post(t, createLabel, order("SO-1", `"testing":false`)).want(t, 200).text(t, "shipment_id")
	trial := c.post(t, createLabel, order("SO-2", `"testing":true`)).want(t, 200).text(t, "shipment_id")
	other := w.client(t, "Other").fleet(t)
	foreign := other.post(t, createLabel, order("SO-3", "")).want(t, 200).text(t, "shipment_id")
	for _, r := range []rule{
		{"several auths", createManifest, `{}`, 422, "testing", "There are a test and a live auth of OwnFleet; live is never assumed. Send testing: true or testing: false."},
		{"no shipment named", createManifest, `{"shipment_ids":[],"testing":false}`, 422, "shipment_ids", "shipment_ids names no shipment. Name at least one, or leave it out to close all that is open."},
		{"a number that is none", createManifest, `{"shipment_ids":["x"]}`, 422, "shipment_ids.0", `shipment_ids.0 must be a whole number from 1 on, not "x".`},
		{"another account's", createManifest, `{"shipment_ids":[` + foreign + `]}`, 422, "shipment_ids.0", "There is no such shipment of OwnFleet on this API account."},
		{"test and live", createManifest, `{"shipment_ids":[` + live + `,` + trial + `]}`, 422, "shipment_ids.1", "Shipment " + trial + " was bought with the test auth “Main”. A manifest is of one auth: send one request for each."},
		{"an unknown courier", "/api/couriers/v1/Nobody/create-manifest", `{}`, 404, "", "There is no courier"},
	} {
		t.Run(r.name, func(t *testing.T) {
			a := c.post(t, r.route, r.body).want(t, r.status)
			got := a.text(t, "message")
			if r.field != "" {
				got = a.text(t, "errors", r.field, 0)
			}
			if !strings.HasPrefix(got, r.says) {
				t.Errorf("it says %q", got)
			}
		})
	}
	_, value, err := w.Accounts.CreateToken(testkit.Manager(t), account.CreateToken{AccountID: c.account.ID, Name: "reader", Scopes: []actor.Scope{actor.Track}})
	testkit.OK(t, err)
	reader := &client{world: w, user: c.user, token: value.Expose(), account: c.account}
	reader.post(t, createManifest, `{"testing":false}`).want(t, 403)
}

// bagged is a courier that wants to be told when the day ends.
type bagged struct {
	*mail
	says error
}

func (b *bagged) Descriptor() *courier.Descriptor {
	d := b.mail.Descriptor()
	d.Capabilities.Manifest = true
	return d
}

func (b *bagged) Manifest(context.Context, courier.Access, courier.Day) (courier.Manifest, error) {
	return courier.Manifest{Number: "BAG-7", Paper: []byte("%PDF-1.4 of the courier")}, b.says
}

func TestWhatACourierSaysOfADay(t *testing.T) {
	b := &bagged{mail: &mail{}}
	w := newWorld(t, b)
	c := w.client(t, "Acme Ltd")
	c.post(t, mailPath+"register-auth", mailAuth).want(t, 200)
	c.post(t, mailLabel, mailOrder("")).want(t, 200)

	b.says = errs.New(errs.Rejected, "Mail is shut today.")
	if a := c.post(t, mailPath+"create-manifest", `{}`).want(t, 422); a.text(t, "message") != "Mail is shut today." {
		t.Errorf("%s", a.raw)
	}
	b.says = errs.New(errs.Unavailable, "Mail can't be reached.")
	c.post(t, mailPath+"create-manifest", `{}`).want(t, 503)
	b.says = errors.New("read tcp: connection reset")
	if a := c.post(t, mailPath+"create-manifest", `{}`).want(t, 502); a.text(t, "state") != "unknown" || a.at(t, "success") != false {
		t.Errorf("%s", a.raw)
	}
	b.says = nil
	c.post(t, mailPath+"create-manifest", `{}`).want(t, 409) // until a person asks again

	c.post(t, mailLabel, mailOrder(`"request_id":"2"`)).want(t, 200)
	if a := c.post(t, mailPath+"create-manifest", `{}`).want(t, 409); !strings.Contains(a.text(t, "message"), "Settle it first") {
		t.Errorf("%s", a.raw)
	}
}

// A day of a courier that an upstream carries takes that courier's shipments, and not all that were bought through it.
func TestADayOfACourierThatIsCarried(t *testing.T) {
	far := newCloud(t)
	shop := far.shop(t)
	far.carry(t, shop)
	shop.post(t, createManifest, `{}`).want(t, 409)
	first := shop.post(t, createLabel, order("SO-1", "")).want(t, 200)
	shop.post(t, createLabel, order("SO-2", "")).want(t, 200)
	shop.post(t, "/api/couriers/v1/Another/create-manifest", `{}`).want(t, 409)
	shop.post(t, "/api/couriers/v1/Another/create-manifest", `{"shipment_ids":[`+first.text(t, "shipment_id")+`]}`).want(t, 422)
	one := shop.post(t, createManifest, `{"tracking_codes":["`+first.text(t, "tracking_codes", 0)+`"]}`).want(t, 200)
	if one.text(t, "shipment_count") != "1" || one.text(t, "courier") != "OwnFleet" || one.text(t, "auth_company") != "Cloud" {
		t.Errorf("%s", one.raw)
	}
	if rest := shop.post(t, createManifest, `{}`).want(t, 200); rest.text(t, "shipment_count") != "1" {
		t.Errorf("%s", rest.raw)
	}
}

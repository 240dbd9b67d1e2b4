package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/doors/desktop"
)

// told is what a door says when it refuses.
type told struct {
	Message string
	Fields  map[string]string
}

// What is refused is refused by the window, the courier API and the terminal in the same words at the same field.
func TestThreeDoorsRefuseAlike(t *testing.T) {
	d := newDoors(t)
	order := func(shipment string) string { return `{"courier":"OwnFleet","shipment":{` + shipment + `}}` }
	const to = `"ship_to":{"name":"Goods In","address_1":"4 Sample Rise","city":"Norbury Vale","postcode":"QN4 2LT","country_iso":"GB"}`
	const parcels = `"parcels":[{"weight":1,"weight_unit":"kg","items":[{"description":"Mug","quantity":1,"value":5}]}]`
	const service = `"dc_service_id":"OF-NEXTDAY"`
	for _, x := range []struct{ name, body, path string }{
		{"not JSON", `{"courier":`, ""},
		{"not an object", `[]`, ""},
		{"no shipment", `{"courier":"OwnFleet"}`, "shipment"},
		{"nothing in it", order(``), "shipment.ship_to"},
		{"no parcels", order(to + `,` + service), "shipment.parcels"},
		{"weight in words", order(to + `,` + service + `,"parcels":[{"weight":"heavy","weight_unit":"kg"}]`), "shipment.parcels.0.weight"},
		{"odd unit", order(to + `,` + service + `,"parcels":[{"weight":1,"weight_unit":"stone"}]`), "shipment.parcels.0.weight_unit"},
		{"nothing weighs", order(to + `,` + service + `,"parcels":[{"items":[{"description":"Mug","quantity":1}]}]`), "shipment.parcels.0.weight"},
		{"no pieces", order(to + `,` + service + `,"parcels":[{"weight":1,"weight_unit":"kg"},{"weight":1,"weight_unit":"kg","items":[{"description":"Mug","quantity":1},{"description":"Mug","quantity":0}]}]`), "shipment.parcels.1.items.1.quantity"},
		{"a country that is none", order(strings.Replace(to, `"GB"`, `"QQ"`, 1) + `,` + service + `,` + parcels), "shipment.ship_to.country_iso"},
		{"several mistakes", order(`"ship_to":{"name":"A","country_iso":"GB"},` + service + `,"parcels":[{"weight":-1,"weight_unit":"kg"}]`), "shipment.ship_to.city"},
		{"unknown preset", order(to + `,` + parcels + `,"dc_service_id":"OF-TELEPORT"`), "shipment.dc_service_id"},
		{"no service", order(to + `,` + parcels), "shipment.dc_service_id"},
		{"unknown company", `{"courier":"OwnFleet","auth_company":"Nobody",` + strings.TrimPrefix(order(to+`,`+service+`,`+parcels), `{"courier":"OwnFleet",`), "auth_company"},
		{"unknown format", order(to + `,` + service + `,` + parcels + `,"label_format":"gif"`), "shipment.label_format"},
		{"a day that is none", order(to + `,` + service + `,` + parcels + `,"collection_date":"2026-02-30"`), "shipment.collection_date"},
		{"unknown courier", `{"courier":"Nobody","shipment":{` + to + `,` + service + `,` + parcels + `}}`, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			d.alike(t, x.path,
				errorOf(d.shipments.Create(d.account, x.body)),
				d.refusedByAPI(t, "/api/couriers/v1/"+courierOf(x.body)+"/create-label", x.body),
				d.refusedByTerminal(t, x.body, "shipment", "create", "--account", "Demo", "--file", "-"))
		})
	}
	t.Run("company with an underscore", func(t *testing.T) {
		d.alike(t, "auth_company",
			errorOf(d.auths.Register(desktop.AuthForm{AccountID: d.accountID, Courier: "OwnFleet", Company: "a_b"})),
			d.refusedByAPI(t, "/api/couriers/v1/OwnFleet/register-auth", `{"auth_company":"a_b","auth":{}}`),
			d.refusedByTerminal(t, "{}", "auth", "add", "--account", "Demo", "--courier", "OwnFleet", "--company", "a_b", "--fields", "-"))
	})
	t.Run("number range upside down", func(t *testing.T) {
		form := desktop.AuthForm{Courier: "OwnFleet", Company: "B", Fields: map[string]string{"number_from": "9", "number_to": "1"}}
		form.AccountID = d.accountID
		d.alike(t, "",
			errorOf(d.auths.Register(form)),
			d.refusedByAPI(t, "/api/couriers/v1/OwnFleet/register-auth", `{"auth_company":"B","auth":{"number_from":"9","number_to":"1"}}`),
			d.refusedByTerminal(t, `{"number_from":"9","number_to":"1"}`, "auth", "add", "--account", "Demo", "--courier", "OwnFleet", "--company", "B", "--fields", "-"))
	})
	t.Run("too late to cancel", func(t *testing.T) {
		made, err := d.shipments.Create(d.account, order(to+`,`+service+`,`+parcels))
		if err != nil {
			t.Fatal(err)
		}
		id, number := string(made.Shipment.Row.ID), made.Shipment.Row.Number
		if _, err := d.shipments.Scan(id, courier.Event{Status: courier.StatusCollected}); err != nil {
			t.Fatal(err)
		}
		d.alike(t, "",
			errorOf(d.shipments.Cancel(id)),
			d.refusedByAPI(t, "/api/couriers/v1/OwnFleet/cancel-label", fmt.Sprintf(`{"create_label_shipment_id":%d}`, number)),
			d.refusedByTerminal(t, "", "shipment", "cancel", fmt.Sprint(number)))
	})
}

// doors is one data folder with a window, its API and a terminal beside it.
type doors struct {
	shipments *desktop.Shipments
	auths     *desktop.Auths
	account   string
	accountID account.ID
	api       *client
	terminal  *apptest.Terminal
}

func newDoors(t *testing.T) *doors {
	t.Helper()
	f := apptest.NewFolder(t)
	user, token := shop(t, f)
	w := app.NewWindow(f.Options(), "127.0.0.1:0")
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	w.Start(t.Context(), frame{})
	d := &doors{terminal: f.Terminal(t)}
	for _, bound := range w.Bound() {
		switch bound := bound.(type) {
		case *desktop.Shipments:
			d.shipments = bound
		case *desktop.Auths:
			d.auths = bound
		case *desktop.Accounts:
			list, err := bound.Briefs()
			if err != nil || len(list) != 1 {
				t.Fatalf("%d accounts, %v", len(list), err)
			}
			d.account, d.accountID = string(list[0].ID), list[0].ID
		}
	}
	state, err := w.Bound()[0].(*desktop.System).State()
	if err != nil || state.State != desktop.Ready || state.APIURL == "" {
		t.Fatalf("the window is %+v, %v", state, err)
	}
	d.api = &client{url: state.APIURL, user: user, token: token}
	return d
}

// alike fails where the doors don't say the same, or no door names the path.
func (d *doors) alike(t *testing.T, path string, window, api, terminal told) {
	t.Helper()
	if diff := cmp.Diff(window, api); diff != "" {
		t.Errorf("window (-) and API (+) differ:\n%s", diff)
	}
	if diff := cmp.Diff(window, terminal); diff != "" {
		t.Errorf("window (-) and terminal (+) differ:\n%s", diff)
	}
	if window.Message == "" || path != "" && window.Fields[path] == "" {
		t.Errorf("nothing is said at %q: %+v", path, window)
	}
}

func (d *doors) refusedByAPI(t *testing.T, route, body string) told {
	t.Helper()
	status, text, err := d.api.post(route, body)
	if err != nil || status == http.StatusOK {
		t.Fatalf("%s: %d %v %s", route, status, err, text)
	}
	var object struct {
		Message string
		Errors  map[string][]string
	}
	if err := json.Unmarshal(text, &object); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	out := told{Message: object.Message, Fields: map[string]string{}}
	for path, messages := range object.Errors {
		out.Fields[path] = strings.Join(messages, " ")
	}
	return out
}

func (d *doors) refusedByTerminal(t *testing.T, stdin string, args ...string) told {
	t.Helper()
	r := d.terminal.Run(t, stdin, append(args, "--json")...)
	var object struct{ Error desktop.Error }
	decode(t, r.Out, &object)
	if r.Status != 1 {
		t.Fatalf("%v: %+v", args, r)
	}
	return toldBy(object.Error)
}

// errorOf gives what a bound method said.
func errorOf[T any](_ T, err error) told {
	if err == nil {
		return told{}
	}
	var object desktop.Error
	if err := json.Unmarshal([]byte(err.Error()), &object); err != nil {
		return told{Message: "not JSON: " + err.Error()}
	}
	return toldBy(object)
}

func toldBy(e desktop.Error) told {
	out := told{Message: e.Message, Fields: map[string]string{}}
	for _, f := range e.Fields {
		out.Fields[f.Path] = strings.TrimPrefix(out.Fields[f.Path]+" "+f.Message, " ")
	}
	return out
}

func courierOf(body string) string {
	if strings.HasPrefix(body, `{"courier":"Nobody"`) {
		return "Nobody"
	}
	return "OwnFleet"
}

// frame is a window's frame that shows nothing.
type frame struct{}

func (frame) Emit(string, string)                                       {}
func (frame) OpenFile(string, ...desktop.FileKind) (string, error)      { return "", nil }
func (frame) SaveFile(string, string, desktop.FileKind) (string, error) { return "", nil }
func (frame) OpenURL(string)                                            {}
func (frame) Focus()                                                    {}

var _ app.Frame = frame{}

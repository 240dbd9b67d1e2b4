package apitest

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/requestlog"
	"packbench/backend/testkit"
)

func TestATokenDoesWhatItsScopesSay(t *testing.T) {
	w := newWorld(t)
	full := w.client(t, "Acme Ltd", actor.AllScopes()...).fleet(t)
	made := full.post(t, createLabel, order("SO-1", "")).want(t, 200)
	key, request, code := made.text(t, "key"), made.text(t, "dc_request_id"), made.text(t, "tracking_codes", 0)
	const couriers = "/api/couriers/v1/"
	calls := []struct {
		scope              actor.Scope
		method, path, body string
	}{
		{actor.Ship, "POST", createLabel, order("SO-2", "")},
		{actor.Ship, "POST", couriers + "mark-shipment-packed", `{"reference":"SO-1"}`},
		{actor.Ship, "POST", "/api/shipments/1/update-tracking-status", `{"tracking_status_code":2}`},
		{actor.Track, "GET", "/api/shipments.json", ""},
		{actor.Track, "POST", couriers + "OwnFleet/track", `{"tracking_code":"` + code + `"}`},
		{actor.Track, "POST", couriers + "get-tracking-identifiers", `{"tracking_code":"` + code + `"}`},
		{actor.Documents, "GET", "/api/pdfs/renew?key=" + key, ""},
		{actor.Documents, "GET", "/api/commercial-invoice/" + request, ""},
		{actor.Documents, "GET", "/api/packing-slip/" + request, ""},
		{actor.Auths, "GET", couriers + "list-registered-couriers", ""},
		{actor.Auths, "GET", couriers + "auths.json", ""},
		{actor.Auths, "POST", couriers + "OwnFleet/register-auth", `{"auth":{},"auth_company":"Second"}`},
		{actor.Auths, "GET", couriers + "OwnFleet/my-presets", ""},
		{actor.Accounts, "POST", "/api/apiuser/create-token", `{}`},
		{actor.Accounts, "POST", "/api/apiuser/create", `{"name":"New"}`},
		{actor.Accounts, "POST", "/api/apiuser/disable", `{"name":"Acme Ltd","disabled":false}`},
	}
	for _, scope := range actor.AllScopes() {
		_, value, err := w.Accounts.CreateToken(testkit.Manager(t), account.CreateToken{
			AccountID: full.account.ID, Name: string(scope), Scopes: []actor.Scope{scope},
		})
		if err != nil {
			t.Fatal(err)
		}
		c := &client{world: w, user: full.user, token: value.Expose()}
		for _, call := range calls {
			a := c.send(t, call.method, call.path, call.body)
			if refused := a.status == 403; refused == (call.scope == scope) {
				t.Errorf("%s with scope %s: %d %.200s", call.path, scope, a.status, a.raw)
			}
		}
	}
}

func TestAnotherAccountsThingsAreNotFound(t *testing.T) {
	w := newWorld(t)
	mine := w.client(t, "Mine Ltd").fleet(t)
	made := mine.post(t, createLabel, order("SO-1", `"request_id":"x"`)).want(t, 200)
	request, number, code := made.text(t, "dc_request_id"), made.text(t, "shipment_id"), made.text(t, "tracking_codes", 0)
	other := w.client(t, "Other Ltd").fleet(t)
	for _, call := range [][3]string{
		{"GET", "/api/pdfs/renew?key=" + made.text(t, "key")},
		{"GET", "/api/commercial-invoice/" + request},
		{"GET", "/api/packing-slip/" + request},
		{"POST", "/api/couriers/v1/OwnFleet/cancel-label", `{"tracking_code":"` + code + `"}`},
		{"POST", "/api/couriers/v1/mark-shipment-cancelled", `{"reference":"SO-1"}`},
		{"POST", "/api/couriers/v1/mark-shipment-packed", `{"reference":"SO-1"}`},
		{"POST", "/api/couriers/v1/OwnFleet/track", `{"tracking_code":"` + code + `"}`},
		{"POST", "/api/couriers/v1/get-tracking-identifiers", `{"tracking_code":"` + code + `"}`},
		{"POST", "/api/couriers/v1/get-tracking", `{"tracking_request_id":` + number + `,"tracking_request_hash":` + made.text(t, "tracking_request_hash") + `}`},
		{"POST", "/api/shipments/" + number + "/update-tracking-status", `{"tracking_status_code":2}`},
	} {
		if a := other.send(t, call[0], call[1], call[2]); a.status != 404 {
			t.Errorf("%s %s: %d %s", call[0], call[1], a.status, a.raw)
		}
	}
	if n := other.count(t); n != 0 {
		t.Errorf("%d shipments of another account", n)
	}
	if a := other.post(t, createLabel, order("SO-1", `"request_id":"x"`)).want(t, 200); a.at(t, "duplicate") != false {
		t.Errorf("another account's request_id counts: %s", a.raw)
	}
}

func TestEveryFormOfCredentials(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Müller & Söhne")
	key, err := w.Accounts.RevealKey(testkit.Manager(t), c.account.ID)
	if err != nil {
		t.Fatal(err)
	}
	wrong := `["The api-user and api-token are not known here. Check both, and that the token has not expired or been deleted."]` + "\n"
	for _, call := range []struct {
		name, user, token, authorization, apiKey string
		want                                     int
	}{
		{"headers", c.user, c.token, "", "", 200},
		{"Latin-1", "M\xfcller & S\xf6hne", c.token, "", "", 200},
		{"Basic", "", "", "Basic " + base64.StdEncoding.EncodeToString([]byte(c.user+":"+c.token)), "", 200},
		{"bearer token", "", "", "Bearer " + c.token, "", 200},
		{"account key", "", "", "", key.Expose(), 200},
		{"bearer key", "", "", "Bearer " + key.Expose(), "", 200},
		{"unknown account", "Nobody", c.token, "", "", 401},
		{"wrong token", c.user, c.token[:len(c.token)-1] + "x", "", "", 401},
		{"wrong key", "", "", "", "pka_live_wrong", 401},
	} {
		a := c.send(t, "GET", "/api/couriers/v1/list-couriers", "", "api-user", call.user, "api-token", call.token,
			"Authorization", call.authorization, "api-key", call.apiKey)
		if a.status != call.want || a.status == 401 && string(a.raw) != wrong {
			t.Errorf("%s: %d %s", call.name, a.status, a.raw)
		}
	}
	if _, err := w.Accounts.SetDisabled(testkit.Manager(t), c.account.ID, true); err != nil {
		t.Fatal(err)
	}
	if a := c.get(t, "/api/couriers/v1/list-couriers").want(t, 403); a.at(t, "success") != false {
		t.Errorf("%s", a.raw)
	}
}

// No secret that goes over the API is found afterwards in the data folder, the log or an answer.
func TestSecretsStayOutOfEverything(t *testing.T) {
	w := newWorld(t, &mail{})
	c := w.client(t, "Acme Ltd", actor.AllScopes()...)
	c.post(t, "/api/couriers/v1/Mail/register-auth", mailAuth).want(t, 200)
	c.post(t, "/api/couriers/v1/Mail/update-auth", `{"auth":{"client_id":"acme2","client_secret":"cAnArY-mail-78"}}`).want(t, 200)
	c.post(t, "/api/couriers/v1/Mail/register-auth", `{"auth":{"client_secret":"cAnArY-mail-79"}`).want(t, 400)
	c.post(t, "/api/couriers/v1/Mail/register-auth", `{"auth":{"client_secret":"cAnArY-mail-80"},"auth_company":"a_b"}`).want(t, 422)
	c.post(t, mailLabel, mailOrder("")).want(t, 200)
	made := c.post(t, "/api/apiuser/create", `{"name":"New Ltd","key":"cAnArY-key-0123456789"}`).want(t, 200)
	c.get(t, "/api/shipments.json?api-token="+c.token).want(t, 200)
	listed := string(c.get(t, "/api/couriers/v1/list-registered-couriers").want(t, 200).raw) + string(c.get(t, "/api/couriers/v1/auths.json").want(t, 200).raw)

	secrets := []string{c.token, made.text(t, "token"), "cAnArY-"}
	if made.text(t, "key") != "cAnArY-key-0123456789" || !strings.Contains(listed, "acme2") {
		t.Errorf("%s %s", made.raw, listed)
	}
	var kept strings.Builder
	kept.WriteString(listed + w.log.String())
	dir := filepath.Dir(w.DB.Path())
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no files in the data folder")
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		kept.Write(raw)
	}
	if !strings.Contains(kept.String(), "acme2") {
		t.Fatal("the search looks at the wrong place: what is no secret is not found either")
	}
	for _, s := range secrets {
		if strings.Contains(kept.String(), s) {
			t.Errorf("%q is kept in clear", s)
		}
	}
}

func TestTheRequestLogHasEveryRequest(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	made := c.post(t, createLabel, order("SO-1", `"request_id":"find-me"`)).want(t, 200)
	c.get(t, "/api/nothing").want(t, 404)
	bare(t, made.text(t, "uri")).want(t, 200)
	list, err := w.requests.List(testkit.Manager(t), requestlog.Filter{}, page.Request{})
	if err != nil || len(list.Items) != 4 {
		t.Fatal(err, len(list.Items))
	}
	found, err := w.requests.List(testkit.Manager(t), requestlog.Filter{RequestID: "find-me"}, page.Request{})
	if err != nil || len(found.Items) != 1 {
		t.Fatal(err, len(found.Items))
	}
	e, err := w.requests.Get(testkit.Manager(t), found.Items[0].Number)
	if err != nil {
		t.Fatal(err)
	}
	if e.AccountID != c.account.ID || e.TokenName != "shop" || e.Status != 200 || !strings.Contains(e.Request, "Stoneware") ||
		!strings.Contains(e.Response, made.text(t, "tracking_codes", 0)) || strings.Contains(e.Response, "signature="+"[^[]") {
		t.Errorf("%+v", e)
	}
	if file := list.Items[0]; file.AccountID != c.account.ID || file.Status != 200 || !strings.HasPrefix(file.Path, "/api/files/") {
		t.Errorf("%+v", file)
	}
	if _, err := w.requests.List(testkit.Caller(t, c.account.ID, actor.AllScopes()...), requestlog.Filter{}, page.Request{}); err == nil {
		t.Error("a token reads the request log")
	}
}

// The body of a purchase is kept as every other is, though it isn't checked to be JSON again: without its secrets, and only by
// its length where a reader of JSON would stumble over what stands around it.
func TestTheRequestLogKeepsWhatWasAsked(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	body := order("SO-1", `"auth":{"password":"hidden"},"note":"mind \"pkt_live_abc\"","request_id":"find-me"`)
	for i, sent := range []string{body, " \n" + body + "\t ", "\ufeff" + body, body + "\u00a0"} {
		for _, papers := range []bool{true, false} {
			if !papers {
				sent = strings.NewReplacer(`"generate_invoice":true,`, "", `"generate_packing_slip":true,`, "").Replace(sent)
			}
			id := fmt.Sprintf("find-%d-%t", i, papers)
			sent := strings.Replace(sent, "find-me", id, 1)
			c.post(t, createLabel, sent).want(t, 200)
			found, err := w.requests.List(testkit.Manager(t), requestlog.Filter{RequestID: id}, page.Request{})
			if err != nil || len(found.Items) != 1 {
				t.Fatal(err, len(found.Items))
			}
			e, err := w.requests.Get(testkit.Manager(t), found.Items[0].Number)
			if err != nil || e.Request != requestlog.Redact([]byte(sent)) || strings.Contains(e.Request, "hidden") || strings.Contains(e.Request, "live_abc") {
				t.Errorf("%q is kept as %q (%v)", sent, e.Request, err)
			}
		}
	}
}

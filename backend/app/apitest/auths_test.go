package apitest

import (
	"strings"
	"testing"
)

const mailPath = "/api/couriers/v1/Mail/"

// The credentials of a courier, from its rules to their end.
func TestAuthsAreChangedByCompanyAndTesting(t *testing.T) {
	w := newWorld(t, &mail{})
	c := w.client(t, "Acme Ltd")
	auth := func(rest string) string { return `{"auth":{"client_id":"a","client_secret":"s3cret-77"}` + rest + `}` }

	rules := c.get(t, mailPath+"register-auth-rules").want(t, 200)
	if rules.text(t, "client_id") != "required|string|max:50" || rules.text(t, "client_secret") != "required|string" || rules.text(t, "depot") != "nullable|string" {
		t.Errorf("%s", rules.raw)
	}
	for _, body := range []string{auth(`,"auth_company":"Main"`), auth(`,"auth_company":"Main","testing":"true","tracking_only":1`)} {
		if a := c.post(t, mailPath+"register-auth", body).want(t, 200); a.at(t, "success") != true {
			t.Errorf("%s", a.raw)
		}
	}
	rows := c.get(t, "/api/couriers/v1/auths.json").want(t, 200)
	if len(rows.list(t)) != 2 || rows.text(t, 0, "courier") != "Mail_Main" || rows.text(t, 1, "courier") != "Mail_Main_TEST" {
		t.Errorf("%s", rows.raw)
	}
	for i, test := range []bool{false, true} {
		if rows.text(t, i, "courier_split", "name") != "Mail" || rows.text(t, i, "courier_split", "company") != "Main" || rows.at(t, i, "courier_split", "test") != test || rows.text(t, i, "id") == "" {
			t.Errorf("row %d: %s", i, rows.raw)
		}
	}
	listed := c.get(t, "/api/couriers/v1/list-registered-couriers").want(t, 200)
	if listed.text(t, 1, "courier") != "Mail" || listed.at(t, 1, "testing") != true || listed.at(t, 1, "tracking_only") != true || listed.text(t, 1, "auth_company") != "Main" ||
		listed.text(t, 1, "auth_details", "client_id") != "a" || strings.Contains(string(listed.raw)+string(rows.raw), "s3cret") || listed.text(t, 1, "auth_details", "client_secret") == "" {
		t.Errorf("%s", listed.raw)
	}

	if a := c.post(t, mailPath+"test-courier-auth", `{"auth_company":"Main","testing":0}`).want(t, 200); a.at(t, "success") != true || a.text(t, "warnings", 0) != "The contract ends soon." {
		t.Errorf("%s", a.raw)
	}
	if a := c.post(t, mailLabel, mailOrder(`"testing":true`)).want(t, 422); a.at(t, "errors", "testing") == nil {
		t.Errorf("an auth for tracking only bought: %s", a.raw)
	}
	c.post(t, mailPath+"delete-auth", `{"testing":true}`).want(t, 200)
	c.post(t, mailPath+"delete-auth", `{"testing":true}`).want(t, 404)
	if left := c.get(t, "/api/couriers/v1/list-registered-couriers"); len(left.list(t)) != 1 || left.at(t, 0, "testing") != false {
		t.Errorf("%s", left.raw)
	}
}

// An update changes what it names: a secret that is left out, empty or masked stays, and so does a plain field left out; a
// plain field that is sent empty is emptied.
func TestAnUpdateOfAnAuthChangesWhatItNames(t *testing.T) {
	courier := &mail{}
	w := newWorld(t, courier)
	c := w.client(t, "Acme Ltd")
	c.post(t, mailPath+"register-auth", `{"auth":{"client_id":"acme","client_secret":"first-secret-1","depot":"7"},"auth_company":"Main","tracking_only":true}`).want(t, 200)
	masked := c.get(t, "/api/couriers/v1/list-registered-couriers").want(t, 200).text(t, 0, "auth_details", "client_secret")
	for _, x := range []struct{ name, body, id, secret, depot string }{
		{"nothing", `{}`, "acme", "first-secret-1", "7"},
		{"a plain field", `{"auth":{"client_id":"acme-2"}}`, "acme-2", "first-secret-1", "7"},
		{"secret empty", `{"auth_company":"main","auth":{"client_secret":""}}`, "acme-2", "first-secret-1", "7"},
		{"secret null", `{"testing":"0","auth":{"client_secret":null}}`, "acme-2", "first-secret-1", "7"},
		{"secret as it is shown", `{"auth":{"client_secret":"` + masked + `"}}`, "acme-2", "first-secret-1", "7"},
		{"PHP's empty object", `{"auth":[]}`, "acme-2", "first-secret-1", "7"},
		{"a number", `{"auth":{"depot":8}}`, "acme-2", "first-secret-1", "8"},
		{"a plain field empty", `{"auth":{"depot":""}}`, "acme-2", "first-secret-1", ""},
		{"a new secret", `{"auth":{"client_secret":"second-secret-2"}}`, "acme-2", "second-secret-2", ""},
	} {
		if a := c.post(t, mailPath+"update-auth", x.body).want(t, 200); a.at(t, "success") != true {
			t.Errorf("%s: %s", x.name, a.raw)
		}
		c.post(t, mailPath+"test-courier-auth", `{}`).want(t, 200)
		for field, want := range map[string]string{"client_id": x.id, "client_secret": x.secret, "depot": x.depot} {
			if got := courier.checkedWith(field); got != want {
				t.Errorf("%s: the courier was asked with %s %q, want %q", x.name, field, got, want)
			}
		}
	}
	if a := c.get(t, "/api/couriers/v1/list-registered-couriers"); a.at(t, 0, "tracking_only") != true || a.at(t, 0, "auth_company") != "Main" {
		t.Errorf("what was not named changed: %s", a.raw)
	}
	c.post(t, mailPath+"update-auth", `{"tracking_only":false}`).want(t, 200)
	if a := c.get(t, "/api/couriers/v1/list-registered-couriers"); a.at(t, 0, "tracking_only") != false {
		t.Errorf("%s", a.raw)
	}
}

// What a courier says of bad credentials reaches the caller in its own words, and the list says when.
func TestACourierThatRefusesCredentials(t *testing.T) {
	courier := &mail{refuses: "Mail: the client secret has expired."}
	w := newWorld(t, courier)
	c := w.client(t, "Acme Ltd")
	c.post(t, mailPath+"register-auth", mailAuth).want(t, 200)
	if a := c.post(t, mailPath+"test-courier-auth", `{}`).want(t, 422); a.at(t, "success") != false || a.text(t, "message") != courier.refuses {
		t.Errorf("%s", a.raw)
	}
}

package apitest

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/testkit"
)

const apiUsers = "/api/apiuser/"

// A program that keeps an agency's clients: it makes an account, hands its secrets on, turns it off and on, and ends it.
func TestAPIUsers(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd", "accounts", "ship")

	made := c.post(t, apiUsers+"create", `{"name":"Branch","unknown":{"field":[1]}}`).want(t, 200)
	if made.text(t, "name") != "Branch" || !regexp.MustCompile(`^pka_live_[0-9A-Za-z]{49}$`).MatchString(made.text(t, "key")) ||
		!regexp.MustCompile(`^pkt_live_[0-9A-Za-z]{49}$`).MatchString(made.text(t, "token")) {
		t.Errorf("%s", made.raw)
	}
	branch := &client{world: w, user: "Branch", token: made.text(t, "token")}
	branch.get(t, listCouriers).want(t, 200)
	branch.post(t, apiUsers+"create-token", `{}`).want(t, 403) // what was made may not make more
	byKey := &client{world: w}
	byKey.send(t, "GET", listCouriers, "", "api-key", made.text(t, "key")).want(t, 200)
	if a, err := w.Accounts.ByName(testkit.Manager(t), "Branch"); err != nil || a.GroupName != "Group of Acme Ltd" {
		t.Errorf("without a group's name it belongs into the caller's: %+v %v", a, err)
	}
	if _, err := w.Accounts.CreateGroup(testkit.Manager(t), "Clients"); err != nil {
		t.Fatal(err)
	}
	own := c.post(t, apiUsers+"create", `{"name":"Client 2","key":"a-key-of-another-system","api_user_group_name":"Clients"}`).want(t, 200)
	if own.text(t, "key") != "a-key-of-another-system" {
		t.Errorf("%s", own.raw)
	}
	if a, err := w.Accounts.ByName(testkit.Manager(t), "Client 2"); err != nil || a.GroupName != "Clients" {
		t.Errorf("%+v %v", a, err)
	}

	named := &client{world: w, user: c.user, token: c.post(t, apiUsers+"create-token", `{"name":"Till 4"}`).want(t, 200).text(t, "token")}
	named.get(t, listCouriers).want(t, 200)
	for range 2 { // without a name it finds one that is free
		more := &client{world: w, user: c.user, token: c.post(t, apiUsers+"create-token", "").want(t, 200).text(t, "token")}
		more.get(t, listCouriers).want(t, 200)
		more.post(t, apiUsers+"create-token", "{}").want(t, 403)
	}

	id := made.text(t, "api_user_id")
	for _, x := range []struct {
		body   string
		status int
	}{
		{`{"id":` + id + `,"disabled":"true"}`, 403}, {`{"name":"Branch","disabled":0}`, 200}, {`{"id":"` + id + `","name":"Branch","disabled":1}`, 403},
		{`{"name":"Branch","disabled":false}`, 200}, {`{"name":"Branch"}`, 403}, {`{"id":` + id + `,"disabled":null}`, 403}, {`{"id":` + id + `,"disabled":"0"}`, 200},
	} {
		if a := c.post(t, apiUsers+"disable", x.body).want(t, 200); a.at(t, "success") != true {
			t.Errorf("%s", a.raw)
		}
		if a := branch.get(t, listCouriers); a.status != x.status {
			t.Errorf("after %s: %d", x.body, a.status)
		}
	}

	if a := c.send(t, "DELETE", apiUsers+"delete/n/Branch", "").want(t, 200); a.at(t, "success") != true {
		t.Errorf("%s", a.raw)
	}
	branch.get(t, listCouriers).want(t, 401)
	byKey.send(t, "GET", listCouriers, "", "api-key", made.text(t, "key")).want(t, 401)
	c.post(t, apiUsers+"delete/"+own.text(t, "api_user_id"), "").want(t, 200)
	c.post(t, apiUsers+"delete/"+own.text(t, "api_user_id"), "").want(t, 404)
	c.post(t, apiUsers+"create", `{"name":"Branch"}`).want(t, 200) // the name is free again
}

const listCouriers = "/api/couriers/v1/list-couriers"

// A name in an address is that name, whatever characters it has; another account is never deleted for it.
func TestAnAccountIsDeletedByItsExactName(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Keeper", actor.Accounts)
	for _, name := range []string{"Müller & Söhne/Nord", "Acme/", "100 %", "a+b", "?#", "..", "Acme"} {
		if _, _, err := w.Accounts.Create(testkit.Manager(t), account.CreateAccount{GroupName: "Group of Keeper", Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Acme/", "acme", "Müller & Söhne/Nord", "100 %", "a+b", "?#"} {
		want := 200
		if name == "acme" {
			want = 404
		}
		path := apiUsers + "delete/n/" + strings.ReplaceAll(url.PathEscape(name), "+", "%2B")
		c.send(t, "DELETE", path+"/", "").want(t, want)
		c.send(t, "DELETE", path, "").want(t, 404)
	}
	left, err := w.Accounts.List(testkit.Manager(t), account.Filter{})
	if err != nil || len(left) != 3 || left[0].Name != ".." || left[1].Name != "Acme" || left[2].Name != "Keeper" {
		t.Errorf("left are %+v, %v", left, err)
	}
}

// What a test token makes never buys live labels: else it could make itself a live one.
func TestATestTokenMakesTestSecretsOnly(t *testing.T) {
	w := newWorld(t, &mail{})
	live := w.client(t, "Acme Ltd", actor.AllScopes()...)
	live.post(t, mailPath+"register-auth", mailAuth).want(t, 200)
	_, value, err := w.Accounts.CreateToken(testkit.Manager(t), account.CreateToken{AccountID: live.account.ID, Name: "trial", Testing: true, Scopes: actor.AllScopes()})
	if err != nil {
		t.Fatal(err)
	}
	test := &client{world: w, user: live.user, token: value.Expose()}
	minted := test.post(t, apiUsers+"create-token", `{"name":"minted"}`).want(t, 200).text(t, "token")
	if !strings.HasPrefix(minted, "pkt_test_") {
		t.Errorf("a test token made %.9s", minted)
	}
	child := &client{world: w, user: live.user, token: minted}
	child.post(t, mailLabel, mailOrder(`"testing":false`)).want(t, 403)
	made := test.post(t, apiUsers+"create", `{"name":"Branch"}`).want(t, 200)
	if !strings.HasPrefix(made.text(t, "key"), "pka_test_") || !strings.HasPrefix(made.text(t, "token"), "pkt_test_") {
		t.Errorf("%s", made.raw)
	}
	test.post(t, apiUsers+"create", `{"name":"Branch 2","key":"a-key-of-another-system"}`).want(t, 403)
	test.post(t, apiUsers+"create", `{"name":"Branch 2"}`).want(t, 200) // nothing was left behind
}

// Shipments whose outcome is not known keep their account.
func TestAnAccountWithShipmentsInFlightStays(t *testing.T) {
	courier := &mail{}
	w := newWorld(t, courier)
	keeper, c := w.client(t, "Keeper", actor.Accounts), w.client(t, "Acme Ltd")
	c.post(t, mailPath+"register-auth", mailAuth).want(t, 200)
	courier.answers(errors.New("read tcp: connection reset"))
	c.post(t, mailLabel, mailOrder("")).want(t, 502)
	for _, refused := range []*answer{
		keeper.send(t, "DELETE", apiUsers+"delete/n/Acme%20Ltd", "").want(t, 409), c.post(t, mailPath+"delete-auth", `{}`).want(t, 409),
	} {
		if refused.at(t, "success") != false || !strings.Contains(refused.text(t, "message"), "Settle") {
			t.Errorf("%s", refused.raw)
		}
	}
	c.get(t, listCouriers).want(t, 200)
	if n := len(c.get(t, "/api/couriers/v1/list-registered-couriers").list(t)); n != 1 {
		t.Errorf("%d auths", n)
	}
}

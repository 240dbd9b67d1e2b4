package apitest

import (
	"strings"
	"testing"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/testkit"
)

// rule is one thing that is refused: status, field ("" for none) and sentence.
type rule struct {
	name, route, body string
	status            int
	field, says       string
}

var wordOf51 = strings.Repeat("x", 51)

var rulesOfAccounts = []rule{
	{"no name", apiUsers + "create", `{}`, 422, "name", "An account's name is needed: 1 to 50 characters."},
	{"long name", apiUsers + "create", `{"name":"` + wordOf51 + `"}`, 422, "name", "An account's name may have at most 50 characters; this one has 51."},
	{"colon in the name", apiUsers + "create", `{"name":"a:b"}`, 422, "name", "An account's name may not hold a colon: it is the api-user, and Basic authentication ends that at the first colon."},
	{"unseen character in the name", apiUsers + "create", `{"name":"Ac\u200bme"}`, 422, "name", "An account's name may hold only characters that can be seen; take out U+200B."},
	{"name that is no text", apiUsers + "create", `{"name":{"first":"A"}}`, 422, "name", "name must be a text."},
	{"taken name", apiUsers + "create", `{"name":"Acme Ltd"}`, 409, "name", "There is an API account with the name “Acme Ltd”, or one that looks like it. Choose another name."},
	{"name that looks like one", apiUsers + "create", `{"name":"ＡＣＭＥ  ltd"}`, 409, "name", "There is an API account with the name “ＡＣＭＥ  ltd”, or one that looks like it. Choose another name."},
	{"short key", apiUsers + "create", `{"name":"B","key":"short"}`, 422, "key", "This has 5 characters and needs at least 16, so that it can't be guessed."},
	{"long key", apiUsers + "create", `{"name":"B","key":"` + strings.Repeat("k", 256) + `"}`, 422, "key", "This has 256 characters and may have at most 255."},
	{"key with a space", apiUsers + "create", `{"name":"B","key":"a key of another system"}`, 422, "key", "Use printable ASCII characters without spaces only: HTTP headers carry no others safely."},
	{"key that was cut", apiUsers + "create", `{"name":"B","key":"pka_live_0123456789"}`, 422, "key", "This starts like a secret of Packbench (pka_live_…), but its check characters are wrong: it was cut or mistyped. Copy it again."},
	{"token as a key", apiUsers + "create", `{"name":"B","key":"TOKEN"}`, 422, "key", "This starts with pkt_live_, but what is made here starts with pka_live_ or pka_test_. Bring along a value of the same kind, or leave it out to have one made."},
	{"key in use", apiUsers + "create", `{"name":"B","key":"a-key-of-another-system"}`, 409, "key", "This value is in use here already. Choose another one, or leave it out to have one made."},
	{"no such group", apiUsers + "create", `{"name":"B","api_user_group_name":"West"}`, 422, "api_user_group_name", "There is no API group “West”. Create it first, or name another one."},
	{"not JSON", apiUsers + "create", `{"name":`, 400, "", "The body is not JSON: unexpected end of JSON input."},
	{"a list", apiUsers + "create", `[]`, 400, "", "The body must be a JSON object, in braces; this is JSON, but of the kind array."},

	{"taken token", apiUsers + "create-token", `{"name":"SHOP"}`, 409, "name", "This account has a token with the name “shop” already. Choose another name."},
	{"token with a long name", apiUsers + "create-token", `{"name":"` + wordOf51 + `"}`, 422, "name", "A token's name may have at most 50 characters; this one has 51."},

	{"nobody to disable", apiUsers + "disable", `{"disabled":true}`, 422, "name", "Give the id or the name of the API account."},
	{"a flag that is none", apiUsers + "disable", `{"name":"Acme Ltd","disabled":"maybe"}`, 422, "disabled", "disabled must be true or false, not \"maybe\"."},
	{"an id that is none", apiUsers + "disable", `{"id":"seven"}`, 422, "id", "id must be a whole number from 1 on, not \"seven\"."},
	{"id and name of two", apiUsers + "disable", `{"id":1,"name":"Other"}`, 422, "name", "The id 1 is not the API account with this name. Send one of the two, or two that agree."},
	{"unknown id", apiUsers + "disable", `{"id":999}`, 404, "", "There is no API account with the id 999."},
	{"unknown name", apiUsers + "disable", `{"name":"Nobody"}`, 404, "", "There is no API account “Nobody”."},
	{"delete an unknown id", apiUsers + "delete/999", ``, 404, "", "There is no API account with the id 999."},
	{"delete an id that is none", apiUsers + "delete/seven", ``, 404, "", "There is no API account with the id \"seven\"."},
	{"delete an unknown name", apiUsers + "delete/n/Nobody", ``, 404, "", "There is no API account “Nobody”."},
}

var rulesOfAuths = []rule{
	{"required fields", mailPath + "register-auth", `{"auth":{"client_id":" "},"auth_company":"B"}`, 422, "auth.client_id", "Client id is required."},
	{"required secret", mailPath + "register-auth", `{"auth":{"client_id":"a","client_secret":null}}`, 422, "auth.client_secret", "Client secret is required."},
	{"long field", mailPath + "register-auth", `{"auth":{"client_id":"` + wordOf51 + `","client_secret":"s"}}`, 422, "auth.client_id", "Client id has 51 characters and may have at most 50."},
	{"control character in a field", mailPath + "register-auth", `{"auth":{"client_id":"a\nb","client_secret":"s"}}`, 422, "auth.client_id", "Client id has a line break or another control character in it. Use one line of plain text."},
	{"field that is no text", mailPath + "register-auth", `{"auth":{"client_id":["a"],"client_secret":"s"}}`, 422, "auth.client_id", "client_id must be a text."},
	{"fields that are no object", mailPath + "register-auth", `{"auth":"client_id=a"}`, 422, "auth", "auth must be an object of fields."},
	{"company with an underscore", mailPath + "register-auth", `{"auth":{"client_id":"a","client_secret":"s"},"auth_company":"a_b"}`, 422, "auth_company", "A company may not hold an underscore, because order systems join names with it. Use a hyphen or a space."},
	{"long company", mailPath + "register-auth", `{"auth":{"client_id":"a","client_secret":"s"},"auth_company":"` + wordOf51 + `"}`, 422, "auth_company", "A company may have at most 50 characters; this one has 51."},
	{"a mode that is none", mailPath + "register-auth", `{"auth":{"client_id":"a","client_secret":"s"},"testing":"perhaps"}`, 422, "testing", "testing must be true or false, not \"perhaps\"."},
	{"exists already", mailPath + "register-auth", `{"auth":{"client_id":"a","client_secret":"s"},"auth_company":"main"}`, 409, "auth_company", "There is a live auth of Mail with the company “Main” already. Change that one, or choose another company."},
	{"unknown courier", "/api/couriers/v1/mail/register-auth", `{"auth":{}}`, 404, "", "There is no courier \"mail\". GET /api/couriers/v1/list-couriers (or: packbench courier list) names the couriers; keys are case-sensitive."},
	{"live or test", mailPath + "update-auth", `{"auth_company":"Main","auth":{"client_id":"b"}}`, 422, "testing", "There are a test and a live auth of Mail. Send testing: true or testing: false."},
	{"which company", mailPath + "delete-auth", `{"testing":false}`, 422, "auth_company", "There are several registered auths of Mail. Name one as auth_company: Main, Second."},
	{"required field emptied", mailPath + "update-auth", `{"auth_company":"Main","testing":0,"auth":{"client_id":""}}`, 422, "auth.client_id", "Client id is required."},
	{"unknown auth changed", mailPath + "update-auth", `{"auth_company":"West","auth":{}}`, 404, "", "This API account has no registered auth of Mail with the company “West”."},
	{"unknown auth deleted", mailPath + "delete-auth", `{"auth_company":"Second","testing":true}`, 404, "", "This API account has no test auth of Mail with the company “Second”."},
	{"unknown auth tested", mailPath + "test-courier-auth", `{"auth_company":"West"}`, 404, "", "This API account has no registered auth of Mail with the company “West”."},
	{"none of that courier", "/api/couriers/v1/OwnFleet/test-courier-auth", `{}`, 404, "", "This API account has no registered auth of OwnFleet."},
}

// Every rule about accounts and auths, as an order system meets it: the status, the field and the sentence. Nothing that was
// refused left anything behind.
func TestTheRulesOfTheAPI(t *testing.T) {
	w := newWorld(t, &mail{})
	c := w.client(t, "Acme Ltd", actor.AllScopes()...)
	w.client(t, "Other")
	c.post(t, apiUsers+"create", `{"name":"Branch","key":"a-key-of-another-system"}`).want(t, 200)
	for _, more := range []string{`"auth_company":"Main"`, `"auth_company":"Main","testing":1`, `"auth_company":"Second"`} {
		c.post(t, mailPath+"register-auth", `{"auth":{"client_id":"a","client_secret":"s"},`+more+`}`).want(t, 200)
	}
	listed := func() string {
		auths := c.get(t, "/api/couriers/v1/auths.json").want(t, 200)
		accounts, err := w.Accounts.List(testkit.Manager(t), account.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var names strings.Builder
		for _, a := range accounts {
			names.WriteString(a.Name + "\n")
			if a.Disabled {
				names.WriteString("disabled\n")
			}
		}
		return names.String() + string(auths.raw)
	}
	before := listed()
	for _, x := range append(append([]rule{}, rulesOfAccounts...), rulesOfAuths...) {
		t.Run(x.name, func(t *testing.T) {
			a := c.post(t, x.route, strings.Replace(x.body, "TOKEN", c.token, 1)).want(t, x.status)
			if a.at(t, "success") != false {
				t.Errorf("%s", a.raw)
			}
			said := a.text(t, "message")
			if x.field != "" {
				said = a.text(t, "errors", x.field, 0)
			} else if errors, ok := a.at(t, "errors").(map[string]any); !ok || len(errors) > 0 {
				t.Errorf("%s", a.raw)
			}
			if said != x.says {
				t.Errorf("it says %q", said)
			}
		})
	}
	if after := listed(); after != before {
		t.Errorf("what was refused changed\n%s\nto\n%s", before, after)
	}
}

// Who may not call is told why, in one sentence, and what a secret can't do is told by its scope.
func TestTheRulesOfCallers(t *testing.T) {
	w := newWorld(t)
	keeper, c := w.client(t, "Keeper", actor.Accounts), w.client(t, "Acme Ltd", actor.Track)
	for _, x := range []struct {
		name   string
		header []string
		status int
		says   string
	}{
		{name: "no api-user", header: []string{"api-user", "", "api-token", ""}, status: 401, says: "The api-user header is not set."},
		{name: "no api-token", header: []string{"api-token", ""}, status: 401, says: "The api-token header is not set."},
		{name: "two callers at once", header: []string{"Authorization", "Bearer another-token-0123"}, status: 401, says: "The headers name different callers; send api-user and api-token, or Authorization, not two that differ."},
		{name: "not Basic", header: []string{"Authorization", "Basic !"}, status: 401, says: "The Authorization header is not Basic with base64 of api-user:api-token."},
		{name: "unknown account", header: []string{"api-user", "Nobody"}, status: 401, says: "The api-user and api-token are not known here. Check both, and that the token has not expired or been deleted."},
		{name: "another's token", header: []string{"api-token", keeper.token}, status: 401, says: "The api-user and api-token are not known here. Check both, and that the token has not expired or been deleted."},
		{name: "scope that is missing", status: 403, says: "This token may not do that: it lacks the scope \"accounts\"."},
	} {
		t.Run(x.name, func(t *testing.T) {
			a := c.post(t, apiUsers+"create-token", `{}`, x.header...).want(t, x.status)
			said := ""
			if x.status == 401 {
				if len(a.list(t)) == 1 {
					said = a.text(t, 0)
				}
			} else {
				said = a.text(t, "message")
			}
			if said != x.says {
				t.Errorf("it says %q", said)
			}
		})
	}
}

package app_test

import (
	"strings"
	"testing"

	"packbench/backend/app/apptest"
)

// Every rule about groups, accounts, keys, tokens and auths, as a person at the terminal meets it: the code, the field and
// the sentence.
func TestTheRulesOfTheTerminal(t *testing.T) {
	f := apptest.NewFolder(t).Terminal(t)
	for _, args := range [][]string{
		{"group", "create", "North wing"}, {"group", "create", "East wing"},
		{"account", "create", "--group", "North wing", "--name", "Web shop"}, {"account", "create", "--group", "East wing", "--name", "Branch"},
		{"token", "create", "--account", "Web shop", "--name", "Orders"},
		{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-"},
		{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Second", "--fields", "-"},
	} {
		f.JSON(t, &struct{}{}, "{}", args...)
	}
	for _, x := range []struct {
		name, stdin      string
		args             []string
		code, path, says string
	}{
		{"taken group", "", []string{"group", "create", "North wing"}, "conflict", "name", "There is an API group with the name “North wing”, or one that looks like it. Choose another name."},
		{"long group", "", []string{"group", "create", strings.Repeat("x", 51)}, "invalid", "name", "A group's name may have at most 50 characters; this one has 51."},
		{"no such group", "", []string{"group", "delete", "South wing"}, "not_found", "", "There is no API group “South wing”."},
		{"group in use", "", []string{"group", "delete", "North wing"}, "conflict", "", "The group “North wing” still holds 1 API account. Move them to another group, or delete them first."},
		{"account without a group", "", []string{"account", "create", "--group", "South wing", "--name", "X"}, "invalid", "group", "There is no API group “South wing”. Create it first, or name another one."},
		{"taken account", "", []string{"account", "create", "--group", "North wing", "--name", "Web shop"}, "conflict", "name", "There is an API account with the name “Web shop”, or one that looks like it. Choose another name."},
		{"short key", "short\n", []string{"account", "create", "--group", "North wing", "--name", "X", "--key", "-"}, "invalid", "key", "This has 5 characters and needs at least 16, so that it can't be guessed."},
		{"key as argument", "", []string{"account", "create", "--group", "North wing", "--name", "X", "--key", "pka_live_secret"}, "not_found", "", "--key takes - (standard input) or a file that can be read; a secret is never an argument."},
		{"empty key", "\n", []string{"account", "create", "--group", "North wing", "--name", "X", "--key", "-"}, "invalid", "key", "Nothing was given on the first line; it must hold the value."},
		{"sender that is no address", `[1]`, []string{"account", "create", "--group", "North wing", "--name", "X", "--sender", "-"}, "malformed", "", "What --sender names is not a JSON object of the fields this command takes."},
		{"no such account", "", []string{"token", "list", "--account", "Shop"}, "not_found", "", "There is no API account “Shop”."},
		{"taken token", "", []string{"token", "create", "--account", "Web shop", "--name", "Orders"}, "conflict", "name", "This account has a token with the name “Orders” already. Choose another name."},
		{"unknown scope", "", []string{"token", "create", "--account", "Web shop", "--name", "T", "--scopes", "ship,everything"}, "invalid", "scopes", "There is no scope \"everything\". Choose among ship, track, documents, auths, accounts."},
		{"date that is none", "", []string{"token", "create", "--account", "Web shop", "--name", "T", "--expires", "soon"}, "invalid", "expires", "“soon” is not a date such as 2030-01-31 or 2030-01-31T18:00:00Z."},
		{"no such token", "", []string{"token", "reveal", "--account", "Web shop", "--token", "T"}, "not_found", "", "The account “Web shop” has no token “T”. packbench token list --account names them."},
		{"odd grace", "", []string{"key", "regenerate", "--account", "Web shop", "--grace", "5m"}, "invalid", "grace", "The old key may work on for 1 h, 24 h, 72 h or 168 h (7 days)."},
		{"reset without its name", "", []string{"key", "reset", "--account", "Web shop", "--confirm", "web shop"}, "invalid", "confirm", "Type the account's name, “Web shop”, to confirm."},
		{"delete without its name", "", []string{"account", "delete", "--account", "Web shop", "--confirm", ""}, "invalid", "confirm", "Type the account's name, “Web shop”, to confirm."},
		{"company with underscore", "{}", []string{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "a_b", "--fields", "-"}, "invalid", "auth_company", "A company may not hold an underscore, because order systems join names with it. Use a hyphen or a space."},
		{"auth twice", "{}", []string{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-"}, "conflict", "auth_company", "There is a live auth of OwnFleet with the company “Main” already. Change that one, or choose another company."},
		{"fields that are no object", "nothing", []string{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "B", "--fields", "-"}, "malformed", "", "What --fields names is not a JSON object of the fields this command takes."},
		{"no such auth", "", []string{"auth", "test", "--account", "Web shop", "--courier", "OwnFleet", "--company", "B"}, "not_found", "", "This API account has no live auth of OwnFleet with the company “B”."},
		{"group without a name", "", []string{"group", "create", " "}, "invalid", "name", "A group's name is needed: 1 to 50 characters."},
		{"group to a taken name", "", []string{"group", "rename", "East wing", "--to", "north  WING"}, "conflict", "name", "There is an API group with the name “north  WING”, or one that looks like it. Choose another name."},
		{"no group to rename", "", []string{"group", "rename", "West", "--to", "East"}, "not_found", "", "There is no API group “West”."},
		{"group into itself", "", []string{"group", "delete", "North wing", "--move-to", "North wing"}, "invalid", "move_to", "The accounts can't stay in the group that is deleted; choose another one."},
		{"group into none", "", []string{"group", "delete", "North wing", "--move-to", "West"}, "not_found", "", "There is no API group “West”."},
		{"account with a colon", "", []string{"account", "create", "--group", "North wing", "--name", "a:b"}, "invalid", "name", "An account's name may not hold a colon: it is the api-user, and Basic authentication ends that at the first colon."},
		{"account with a long name", "", []string{"account", "create", "--group", "North wing", "--name", strings.Repeat("x", 51)}, "invalid", "name", "An account's name may have at most 50 characters; this one has 51."},
		{"key of another kind", "pkt_live_0123456789\n", []string{"account", "create", "--group", "North wing", "--name", "X", "--key", "-"}, "invalid", "key", "This starts like a secret of Packbench (pkt_live_…), but its check characters are wrong: it was cut or mistyped. Copy it again."},
		{"rename to a taken account", "", []string{"account", "update", "--account", "Branch", "--to", "WEB shop"}, "conflict", "name", "There is an API account with the name “WEB shop”, or one that looks like it. Choose another name."},
		{"sender without an address", `{"name":"Goods In","country_iso":"GB"}`, []string{"account", "update", "--account", "Branch", "--sender", "-"}, "invalid", "default_sender.address_1", "Address line 1 is required."},
		{"move to no group", "", []string{"account", "move", "--account", "Branch", "--group", "West"}, "not_found", "", "There is no API group “West”."},
		{"no account to disable", "", []string{"account", "disable", "--account", "Nobody"}, "not_found", "", "There is no API account “Nobody”."},
		{"no old key to end", "", []string{"key", "end", "--account", "Web shop"}, "not_found", "", "“Web shop” has no old key that still works."},
		{"token with a long name", "", []string{"token", "create", "--account", "Web shop", "--name", strings.Repeat("x", 51)}, "invalid", "name", "A token's name may have at most 50 characters; this one has 51."},
		{"token that has expired", "", []string{"token", "create", "--account", "Web shop", "--name", "T", "--expires", "2000-01-01"}, "invalid", "expires_ms", "The token would have expired already. Give a time to come, or none."},
		{"token with a short value", "short\n", []string{"token", "create", "--account", "Web shop", "--name", "T", "--value", "-"}, "invalid", "value", "This has 5 characters and needs at least 16, so that it can't be guessed."},
		{"live value for a test token", "pkt_live_0123456789\n", []string{"token", "create", "--account", "Web shop", "--name", "T", "--testing", "--value", "-"}, "invalid", "value", "This starts like a secret of Packbench (pkt_live_…), but its check characters are wrong: it was cut or mistyped. Copy it again."},
		{"no token to delete", "", []string{"token", "delete", "--account", "Web shop", "--token", "T"}, "not_found", "", "The account “Web shop” has no token “T”. packbench token list --account names them."},
		{"field that is wrong", `{"sscc_prefix":"12"}`, []string{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "B", "--fields", "-"}, "invalid", "auth.sscc_prefix", "GS1 company prefix has 2 characters and needs at least 7."},
		{"long company", "{}", []string{"auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", strings.Repeat("x", 51), "--fields", "-"}, "invalid", "auth_company", "A company may have at most 50 characters; this one has 51."},
		{"auth of an unknown courier", "{}", []string{"auth", "add", "--account", "Web shop", "--courier", "Nobody", "--company", "B", "--fields", "-"}, "not_found", "", "There is no courier \"Nobody\". GET /api/couriers/v1/list-couriers (or: packbench courier list) names the couriers; keys are case-sensitive. A registered auth of Voila would carry an order for any courier key that Voila knows."},
		{"auth to a taken company", "", []string{"auth", "update", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Second", "--to", "main"}, "conflict", "auth_company", "There is a live auth of OwnFleet with the company “Main” already. Change that one, or choose another company."},
		{"no such test auth", "", []string{"auth", "delete", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--testing"}, "not_found", "", "This API account has no test auth of OwnFleet with the company “Main”."},
		{"no such field", "", []string{"auth", "reveal", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--field", "password"}, "not_found", "", "This auth holds no value for the field \"password\"."},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := f.Run(t, x.stdin, append(x.args, "--json")...)
			var told refusal
			decode(t, r.Out, &told)
			if r.Status != 1 || told.Error.Code != x.code {
				t.Errorf("status %d, code %q: %s%s", r.Status, told.Error.Code, r.Out, r.Err)
			}
			said := told.Error.Message
			for _, field := range told.Error.Fields {
				if field.Path == x.path {
					said = field.Message
				}
			}
			if said != x.says {
				t.Errorf("it says %q", said)
			}
			if x.path != "" && !hasField(told, x.path) || x.path == "" && len(told.Error.Fields) > 0 {
				t.Errorf("at %+v, want %q", told.Error.Fields, x.path)
			}
			if !strings.HasPrefix(r.Err, "packbench: ") || !strings.Contains(r.Err, x.says) || len(told.Error.Fields) < 2 && strings.Count(r.Err, "\n") != 1 {
				t.Errorf("standard error says %q", r.Err)
			}
			if strings.Contains(r.Out+r.Err, "pka_live_secret") {
				t.Error("the refusal repeats a secret")
			}
		})
	}
}

package app_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/preset"
	"packbench/backend/doors/desktop"
)

// house is a data folder that one story is told in, through one door: the window's bindings, the API that the window
// serves, or the terminal. What the API does not do is done in the window beside it.
type house struct {
	door     actor.Door
	window   *screens // nil at the terminal
	terminal *apptest.Terminal
	api      string
	tokens   map[string]string // by account: what the API is called with
}

func newHouse(t *testing.T, door actor.Door) *house {
	t.Helper()
	f := apptest.NewFolder(t)
	h := &house{door: door, tokens: map[string]string{}}
	if door != actor.Terminal {
		h.window = openWindow(t, f.Options(), "127.0.0.1:0")
		state := h.window.state(t)
		if state.State != desktop.Ready || state.APIURL == "" {
			t.Fatalf("the window is %+v", state)
		}
		h.api = state.APIURL
	}
	h.terminal = f.Terminal(t)
	return h
}

// app reads what is stored, beside whoever holds the folder.
func (h *house) app() *app.App { return h.terminal.App }

// account finds an account by its name, as a screen has it in its list; group, token, auth and preset do the same.
func (h *house) account(t *testing.T, name string) account.Account {
	t.Helper()
	return found(t, name, func(a account.Account) string { return a.Name })(h.app().Accounts.List(apptest.Manager(t.Context()), account.Filter{}))
}

func (h *house) group(t *testing.T, name string) account.Group {
	t.Helper()
	return found(t, name, func(g account.Group) string { return g.Name })(h.app().Accounts.Groups(apptest.Manager(t.Context())))
}

func (h *house) token(t *testing.T, on, name string) account.Token {
	t.Helper()
	return found(t, name, func(x account.Token) string { return x.Name })(h.app().Accounts.Tokens(apptest.Manager(t.Context()), h.account(t, on).ID))
}

func (h *house) preset(t *testing.T, on, code string) preset.Preset {
	t.Helper()
	list, _, err := h.app().Presets.List(apptest.Manager(t.Context()), h.account(t, on).ID, "")
	return found(t, code, func(p preset.Preset) string { return p.Code })(list, err)
}

func found[T any](t *testing.T, name string, of func(T) string) func([]T, error) T {
	return func(list []T, err error) (none T) {
		t.Helper()
		for _, x := range list {
			if of(x) == name {
				return x
			}
		}
		t.Fatalf("there is no %q among %d, %v", name, len(list), err)
		return none
	}
}

// call posts to the API as an account's order system.
func (h *house) call(t *testing.T, as, route, body string) (map[string]any, told) {
	t.Helper()
	c := &client{url: h.api, user: as, token: h.tokens[as]}
	status, text, err := c.post(route, body)
	if err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	var refused struct {
		Message string
		Errors  map[string][]string
	}
	decode(t, string(text), &answer)
	if status == http.StatusOK {
		return answer, told{}
	}
	decode(t, string(text), &refused)
	out := told{Message: refused.Message, Fields: map[string]string{}}
	for path, messages := range refused.Errors {
		out.Fields[path] = strings.Join(messages, " ")
	}
	return nil, out
}

// command runs a command of the terminal; value is what it printed as such.
func (h *house) command(t *testing.T, stdin string, args ...string) (value string, refused told) {
	t.Helper()
	r := h.terminal.Run(t, stdin, append(args, "--json")...)
	var printed struct {
		Value string
		Error *desktop.Error
	}
	decode(t, r.Out, &printed)
	if (r.Status == 0) != (printed.Error == nil) {
		t.Fatalf("%v: %+v", args, r)
	}
	if printed.Error != nil {
		return "", toldBy(*printed.Error)
	}
	return printed.Value, told{}
}

// said gives what a bound method refused with.
func said(err error) told { return errorOf(0, err) }

// stored is everything that is kept of groups, accounts, keys, tokens, auths and presets, and every line of the audit.
type stored struct {
	Groups   []account.Group
	Accounts []belongings
	Audit    []line
}

type belongings struct {
	Account account.Account
	Keys    []account.Key
	Tokens  []account.Token
	Auths   []auth.Auth
	Presets []preset.Preset
}

type line struct {
	Action, Kind, Name, Account string
	Before, After               json.RawMessage
}

// state gives what is stored as text that is the same for the same things: ids by their order, no moments, and of secrets
// that were made here only their kind. doors lists the door of each line of the audit.
func (h *house) state(t *testing.T) (text string, doors []actor.Door) {
	t.Helper()
	ctx, a := apptest.Manager(t.Context()), h.app()
	var s stored
	s.Groups = read[[]account.Group](t)(a.Accounts.Groups(ctx))
	for _, x := range read[[]account.Account](t)(a.Accounts.List(ctx, account.Filter{})) {
		presets, _, err := a.Presets.List(ctx, x.ID, "")
		s.Accounts = append(s.Accounts, belongings{
			Account: x, Keys: read[[]account.Key](t)(a.Accounts.Keys(ctx, x.ID)), Tokens: read[[]account.Token](t)(a.Accounts.Tokens(ctx, x.ID)),
			Auths: read[[]auth.Auth](t)(a.Auths.List(ctx, x.ID)), Presets: read[[]preset.Preset](t)(presets, err),
		})
	}
	for p, more := (page.Request{}), true; more; {
		rows := read[page.Result[audit.Row]](t)(a.Audit.List(ctx, audit.Filter{}, p))
		for _, r := range rows.Items {
			s.Audit = append(s.Audit, line{r.Action, r.Subject.Kind, r.Subject.Name, r.AccountID, r.Before, r.After})
			doors = append(doors, r.Door)
			if r.Actor == "" {
				t.Errorf("nobody did %s", r.Action)
			}
		}
		p.Cursor, more = rows.Next, rows.Next != ""
	}
	raw, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return sameText(string(raw)), doors
}

// read takes what a service gave, which must be no error.
func read[T any](t *testing.T) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

var (
	ids     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	uses    = regexp.MustCompile(`"(last_used_ms|last_used_from)": [^,\n]*`)
	moments = regexp.MustCompile(`_ms": ?[1-9][0-9]*`)
	hints   = regexp.MustCompile(`(pk[at]_(?:live|test)_)[^"\\]*`)
)

func sameText(text string) string {
	seen := map[string]string{}
	text = ids.ReplaceAllStringFunc(text, func(id string) string {
		if seen[id] == "" {
			seen[id] = "id " + string(rune('a'+len(seen)%26)) + string(rune('0'+len(seen)/26))
		}
		return seen[id]
	})
	text = uses.ReplaceAllString(text, `"$1": used`)
	text = moments.ReplaceAllString(text, `_ms": then`)
	return hints.ReplaceAllString(text, "${1}made here")
}

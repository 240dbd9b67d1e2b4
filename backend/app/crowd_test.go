package app_test

import (
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

const (
	crowdSize     = 64
	admittedEach  = 4 // requests a client makes before anything is taken from it
	refusedEach   = 2 // and after
	cheapestRoute = "/api/couriers/v1/list-couriers"
)

// crowd is clients that show one secret, over and over, and one bystander with a secret of its own.
type crowd struct {
	http              *http.Client
	url               string
	header, bystander http.Header
	want              int // the status of a refusal
	over              atomic.Bool
	admitted, refused atomic.Int64
}

// call gives the status of one request, 0 where it got no answer.
func (c *crowd) call(t *testing.T, header http.Header) int {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+cheapestRoute, nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	r.Header = header
	answer, err := c.http.Do(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Error(err)
	}
	return answer.StatusCode
}

// run lets every client in, changes something while they go on, and checks each request that began after change returned.
func (c *crowd) run(t *testing.T, change func() error) {
	var busy, done sync.WaitGroup
	busy.Add(crowdSize)
	for range crowdSize {
		done.Go(func() { c.client(t, busy.Done) })
	}
	stop := make(chan struct{})
	var beside sync.WaitGroup
	beside.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if status := c.call(t, c.bystander); status != http.StatusOK {
				t.Errorf("another account's client was answered %d", status)
				return
			}
		}
	})
	busy.Wait()
	if err := change(); err != nil {
		t.Errorf("the change itself: %v", err)
	}
	c.over.Store(true)
	done.Wait()
	close(stop)
	beside.Wait()
	if n := c.refused.Load(); n != crowdSize*refusedEach {
		t.Errorf("%d requests were refused, want %d", n, crowdSize*refusedEach)
	}
	t.Logf("%d requests admitted before, %d refused after", c.admitted.Load(), c.refused.Load())
}

func (c *crowd) client(t *testing.T, busy func()) {
	admitted, refused := 0, 0
	defer func() {
		if admitted < admittedEach {
			busy() // so that nobody waits for a client that gave up
		}
	}()
	for refused < refusedEach {
		over := c.over.Load() // before the request is sent: true means that it begins after the change
		status := c.call(t, c.header)
		switch {
		case over && status == c.want, over && c.want == http.StatusUnauthorized && status == http.StatusTooManyRequests:
			refused++
			c.refused.Add(1)
		case over:
			t.Errorf("a request that began after the change was answered %d, want %d", status, c.want)
			return
		case status == http.StatusOK:
			c.admitted.Add(1)
			if admitted++; admitted == admittedEach {
				busy()
			}
		case admitted < admittedEach:
			t.Errorf("a request before the change was answered %d", status)
			return
		}
	}
}

// taken is one way to take the right to call from somebody.
type taken struct {
	name   string
	secret string // "token", "key", or "old key"
	want   int
	take   func(*stall) error
}

// stall is one account of the test with all its secrets, and the places from which they can be taken.
type stall struct {
	t        *testing.T
	accounts *account.Service  // in the server's own process, as the window has it
	terminal *apptest.Terminal // a second instance on the same folder
	program  string            // the built program, for a process of its own
	keeper   *client           // an order system with the scope accounts
	account  account.Account
	token    account.Token
	secrets  map[string]string
}

func (s *stall) inTerminal(args ...string) error {
	if r := s.terminal.Run(s.t, "", args...); r.Status != 0 {
		s.t.Errorf("%v: %+v", args, r)
	}
	return nil
}

func (s *stall) inProcess(args ...string) error {
	out, err := exec.Command(s.program, s.terminal.Args(args...)...).CombinedOutput()
	if err != nil {
		s.t.Errorf("%v: %s", args, out)
	}
	return err
}

func (s *stall) byAPI(route, body string) error {
	status, answer, err := s.keeper.post(route, body)
	if err == nil && status != http.StatusOK {
		s.t.Errorf("%s: %d %s", route, status, answer)
	}
	return err
}

// An account, token or key that was deleted, disabled or replaced is refused from the next request on: no request that
// begins after the change has returned is admitted, whichever door or process made the change.
func TestWhatIsTakenIsRefusedFromTheNextRequestOn(t *testing.T) {
	f := apptest.NewFolder(t)
	served, address := f.Serve(t)
	terminal := f.Terminal(t)
	program := binary(t)
	manager := apptest.Manager(t.Context())
	if _, err := served.Accounts.CreateGroup(manager, "North wing"); err != nil {
		t.Fatal(err)
	}
	keeper := newStall(t, served, "Keeper", actor.AllScopes())
	name := func(s *stall) string { return s.account.Name }
	for _, x := range []taken{
		{"account disabled in the window", "token", 403, func(s *stall) error {
			_, err := s.accounts.SetDisabled(manager, s.account.ID, true)
			return err
		}},
		{"account disabled in the window, by key", "key", 403, func(s *stall) error {
			_, err := s.accounts.SetDisabled(manager, s.account.ID, true)
			return err
		}},
		{"account disabled over the API", "token", 403, func(s *stall) error {
			return s.byAPI("/api/apiuser/disable", `{"name":"`+name(s)+`","disabled":true}`)
		}},
		{"account disabled by a second instance", "token", 403, func(s *stall) error {
			return s.inTerminal("account", "disable", "--account", name(s))
		}},
		{"account disabled by another process", "token", 403, func(s *stall) error {
			return s.inProcess("account", "disable", "--account", name(s))
		}},
		{"account deleted over the API", "key", 401, func(s *stall) error {
			return s.byAPI("/api/apiuser/delete/n/"+url.PathEscape(name(s)), "")
		}},
		{"account deleted by another process", "token", 401, func(s *stall) error {
			return s.inProcess("account", "delete", "--account", name(s), "--confirm", name(s))
		}},
		{"token deleted in the window", "token", 401, func(s *stall) error { return s.accounts.DeleteToken(manager, s.token.ID) }},
		{"token deleted by another process", "token", 401, func(s *stall) error {
			return s.inProcess("token", "delete", "--account", name(s), "--token", "Orders")
		}},
		{"key reset in the window", "key", 401, func(s *stall) error {
			_, _, err := s.accounts.ResetKey(manager, s.account.ID, name(s))
			return err
		}},
		{"key reset by a second instance", "key", 401, func(s *stall) error {
			return s.inTerminal("key", "reset", "--account", name(s), "--confirm", name(s))
		}},
		{"old key ended in the window", "old key", 401, func(s *stall) error { return s.accounts.EndOldKey(manager, s.account.ID) }},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := newStall(t, served, x.name, nil)
			s.terminal, s.program = terminal, program
			s.keeper = &client{url: address, user: keeper.account.Name, token: keeper.secrets["token"]}
			c := &crowd{
				http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: crowdSize + 1}}, url: address, want: x.want,
				bystander: http.Header{"Api-Key": {keeper.secrets["key"]}}, header: http.Header{"Api-Key": {s.secrets[x.secret]}},
			}
			defer c.http.CloseIdleConnections()
			if x.secret == "token" {
				c.header = http.Header{"Api-User": {s.account.Name}, "Api-Token": {s.secrets["token"]}}
			}
			c.run(t, func() error { return x.take(s) })
		})
	}
}

// newStall makes an account with a token, a key and the key that this one replaced, which still works.
func newStall(t *testing.T, served *app.App, name string, scopes []actor.Scope) *stall {
	t.Helper()
	manager := apptest.Manager(t.Context())
	s := &stall{t: t, accounts: served.Accounts, secrets: map[string]string{}}
	a, old, err := served.Accounts.Create(manager, account.CreateAccount{GroupName: "North wing", Name: name})
	if err != nil {
		t.Fatal(err)
	}
	token, value, err := served.Accounts.CreateToken(manager, account.CreateToken{AccountID: a.ID, Name: "Orders", Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := served.Accounts.RegenerateKey(manager, a.ID, account.DefaultGrace)
	if err != nil {
		t.Fatal(err)
	}
	s.account, s.token = a, token
	s.secrets["old key"], s.secrets["token"], s.secrets["key"] = old.Expose(), value.Expose(), key.Expose()
	return s
}

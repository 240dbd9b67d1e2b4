package auth_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/testkit"
)

// parcelers is a courier with one plain and one secret field. It keeps what it was asked with.
type parcelers struct {
	key     courier.Key
	refuses error

	mu    sync.Mutex
	asked []courier.Access
}

func (p *parcelers) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: p.key, Name: "Parcelers", Initials: "PA", Description: "A courier of the tests.", Website: "https://example.com",
		Fields: []courier.Field{
			{Key: "client_id", Label: "Client ID", Kind: courier.Text, Required: true, MinLength: 4, MaxLength: 20},
			{Key: "client_secret", Label: "Client secret", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 64},
			{Key: "webhook_secret", Label: "Webhook secret", Kind: courier.Secret, MaxLength: 64},
			{Key: "prices", Label: "Prices", Kind: courier.Choice, Default: "list", Options: []courier.Option{{Value: "list", Label: "List"}, {Value: "ours", Label: "Ours"}}},
		},
		Services: []courier.ServiceOffer{{Code: "std", PresetCode: "PA-STD", Name: "Standard"}},
		Formats:  []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
	}
}

func (p *parcelers) Check(_ context.Context, a courier.Access) (courier.Verdict, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, a)
	return courier.Verdict{Steps: []courier.Step{{Text: "signed in"}}}, p.refuses
}

func (p *parcelers) Book(context.Context, courier.Access, courier.Consignment) (courier.Booked, error) {
	return courier.Booked{}, errs.New(errs.NotOffered, "not in these tests")
}

type world struct {
	*testkit.Bench
	ctx     context.Context
	courier *parcelers
	account account.Account
}

const canary = "s3cr3t-canary-value-0001"

func newWorld(t *testing.T) world {
	t.Helper()
	p := &parcelers{key: "Parcelers"}
	w := world{Bench: testkit.New(t, p, &parcelers{key: "Other"}), ctx: testkit.Manager(t), courier: p}
	w.account = w.Account(t, "Web shop")
	return w
}

func fields() map[string]string {
	return map[string]string{"client_id": "shop-1", "client_secret": canary}
}

func (w world) save(company string, testing bool) auth.Save {
	return auth.Save{AccountID: w.account.ID, Courier: "Parcelers", Company: company, Testing: testing, Fields: fields()}
}

func (w world) register(t *testing.T, company string, testing bool) auth.Auth {
	t.Helper()
	a, err := w.Auths.Register(w.ctx, w.save(company, testing))
	ok(t, err)
	w.Clock.Advance(time.Second)
	return a
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// want checks an error's code, the path of its first field ("" for none), and that it says something.
func want(t *testing.T, err error, code errs.Code, path, says string) {
	t.Helper()
	if !errs.Is(err, code) {
		t.Fatalf("got %v (%s), want %s", err, errs.CodeOf(err), code)
	}
	got := ""
	if list := errs.As(err).Fields; len(list) > 0 {
		got = list[0].Path
	}
	if got != path || !strings.Contains(err.Error(), says) {
		t.Fatalf("got %v at %q, want it at %q and to say %q", err, got, path, says)
	}
}

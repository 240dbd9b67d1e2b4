package shipment

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/health"
	"packbench/backend/core/preset"
)

// shed is a courier that sells by services of its own.
type shed struct {
	courier.Adapter
	d courier.Descriptor
}

func (s shed) Descriptor() *courier.Descriptor { return &s.d }

func newShed(key courier.Key, heaviest int, days ...int) shed {
	s := shed{d: courier.Descriptor{
		Key: key, Name: string(key), Initials: "SH", Formats: []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
		Limits: courier.Limits{ParcelWeight: measure.Grams(1000 * heaviest)},
	}}
	for _, n := range days {
		code := fmt.Sprintf("%s-%d", strings.ToUpper(string(key)), n)
		s.d.Services = append(s.d.Services, courier.ServiceOffer{Code: code, PresetCode: code, Name: fmt.Sprint(n, " days"), LeadDays: n})
	}
	return s
}

// shelf gives presets and auths by account and courier.
type shelf struct {
	*memory
	auths   []auth.Auth
	presets []preset.Preset
}

// onShelf reads from one.
type onShelf[R any] struct{ repo R }

func (s onShelf[R]) Read(_ context.Context, fn func(R) error) error { return fn(s.repo) }

func (onShelf[R]) Write(context.Context, func(R) error) error { return errNotHere }

func (s shelf) AuthsOf(account.ID) ([]auth.Auth, error) { return s.auths, nil }

func (s shelf) PresetsFor(_ account.ID, key courier.Key) (list []preset.Preset, err error) {
	for _, p := range s.presets {
		if p.Courier == key {
			list = append(list, p)
		}
	}
	return list, nil
}

func TestAlternativesOfAnOrder(t *testing.T) {
	w := newWorld(t)
	w.ctx = atThisMachine(t)
	needy := newShed("Needy", 30, 1)
	needy.d.Options = []courier.Field{{Key: "depot", Label: "Depot", Kind: courier.Text, Required: true}}
	couriers, err := courier.NewRegistry(w.depot, newShed("Alpha", 30, 0, 1, 5), newShed("Beta", 2, 1), newShed("Gamma", 30, 3), newShed("Distant", 30, 0), needy)
	if err != nil {
		t.Fatal(err)
	}
	on := func(key courier.Key, testing, trackingOnly bool) auth.Auth {
		return auth.Auth{ID: auth.ID(fmt.Sprintf("%s-%t", key, testing)), AccountID: owned, Courier: key, Company: "Main", Testing: testing, TrackingOnly: trackingOnly}
	}
	kept := shelf{memory: w.m, auths: []auth.Auth{
		on("Alpha", false, false), on("Alpha", true, false), on("Beta", false, false), on("Depot", false, false), on("Depot", true, false),
		on("Distant", false, false), on("Gamma", false, false), on("Needy", false, false), on("Lost", false, false),
	}, presets: []preset.Preset{
		{AccountID: owned, Courier: "Gamma", Name: "Light", Code: "LIGHT", ServiceCode: "GAMMA-3", Rules: preset.Rules{WeightMax: 1000}},
		{AccountID: owned, Courier: "Needy", Name: "By Bristol", Code: "BRISTOL", ServiceCode: "NEEDY-1", Options: map[string]string{"depot": "BRS"}},
	}}
	monitor := &health.Monitor{Clock: w.clock}
	w.Service.Couriers, w.Service.Health = couriers, monitor
	w.Service.Auths = &auth.Service{Store: onShelf[auth.Repo]{kept}, Couriers: couriers, Clock: w.clock}
	w.Service.Presets = &preset.Service{Store: onShelf[preset.Repo]{kept}, Couriers: couriers, Clock: w.clock}
	monitor.Note(health.Line{AuthID: "Distant-false"}, health.Call{Outcome: health.Absent})

	const order = `{"courier":"Depot","testing":%t,"shipment":{"dc_service_id":"D-STD","ship_to":{"country_iso":"GB"},"parcels":[{"weight":%q}]}}`
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"light":             {fmt.Sprintf(order, false, "1"), []string{"ALPHA-0", "ALPHA-1", "BETA-1", "BRISTOL"}},
		"heavy":             {fmt.Sprintf(order, false, "3"), []string{"ALPHA-0", "ALPHA-1", "BRISTOL", "GAMMA-3"}},
		"testing":           {fmt.Sprintf(order, true, "3"), []string{"ALPHA-0", "ALPHA-1"}},
		"too heavy for all": {fmt.Sprintf(order, false, "31"), nil},
		"another courier's": {strings.Replace(fmt.Sprintf(order, false, "3"), "Depot", "Alpha", 1), []string{"D-STD", "BRISTOL", "GAMMA-3"}},
		"nothing typed yet": {`{}`, []string{"ALPHA-0", "ALPHA-0", "D-STD", "D-STD"}},
	} {
		got, err := w.Alternatives(w.ctx, owned, []byte(c.body))
		var codes []string
		for _, a := range got {
			codes = append(codes, a.Code)
			if a.AuthID == "" || a.Company != "Main" || a.Name == "" {
				t.Errorf("%s: %+v", name, a)
			}
		}
		if err != nil || !slices.Equal(codes, c.want) {
			t.Errorf("%s: %v %v, want %v", name, codes, err, c.want)
		}
	}
	if w.m.writes != 0 || len(w.depot.sent) != 0 {
		t.Error("offering wrote or sent something")
	}
	if _, err := w.Alternatives(context.Background(), owned, []byte(`{}`)); !errs.Is(err, errs.Unauthorized) {
		t.Errorf("nobody gets %v", err)
	}
}

// A purchase that the courier's health forbids leaves nothing behind, and its id can be sent again.
func TestNothingIsKeptOfAPurchaseFromACourierThatIsAway(t *testing.T) {
	w := newWorld(t)
	monitor := &health.Monitor{Clock: w.clock}
	w.Health = monitor
	line := health.Line{AuthID: "auth-1"}
	for range health.Threshold {
		monitor.Note(line, health.Call{Courier: "Depot", Outcome: health.Absent})
	}
	writes := w.m.writes
	o := sample(t, nil)
	o.IdempotencyKey = "once"
	_, err := w.Create(w.ctx, owned, o, Origin{})
	wantCode(t, err, errs.Unavailable)
	if errs.As(err).RetryAfter <= 0 || len(w.depot.sent) != 0 || len(w.m.shipments) != 0 || w.m.writes != writes {
		t.Fatalf("%v, sent %v, kept %d", err, w.depot.sent, len(w.m.shipments))
	}
	monitor.Note(line, health.Call{Courier: "Depot"})
	if _, err := w.Create(w.ctx, owned, o, Origin{}); err != nil {
		t.Fatal(err)
	}
}

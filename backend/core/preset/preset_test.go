package preset_test

import (
	"context"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
	"packbench/backend/testkit"
)

// carrier is a courier with as many services as its key says.
type carrier struct {
	key      courier.Key
	services []courier.ServiceOffer
}

func (c carrier) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: c.key, Name: string(c.key), Initials: "CA", Description: "A courier of the tests.", Website: "https://example.com",
		Services: c.services, Formats: []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
		Options: []courier.Field{
			{Key: "signature", Label: "Signature", Kind: courier.Bool},
			{Key: "depot", Label: "Depot", Kind: courier.Text, Required: true, MaxLength: 4},
		},
	}
}

func (carrier) Check(context.Context, courier.Access) (courier.Verdict, error) {
	return courier.Verdict{}, nil
}

func (carrier) Book(context.Context, courier.Access, courier.Consignment) (courier.Booked, error) {
	return courier.Booked{}, errs.New(errs.NotOffered, "not in these tests")
}

type world struct {
	*testkit.Bench
	ctx     context.Context
	account account.Account
}

func newWorld(t *testing.T) world {
	t.Helper()
	b := testkit.New(t,
		carrier{"Two", []courier.ServiceOffer{{Code: "std", PresetCode: "TWO-STD", Name: "Standard"}, {Code: "exp", PresetCode: "TWO-EXP", Name: "Express"}}},
		carrier{"One", []courier.ServiceOffer{{Code: "only", PresetCode: "ONE", Name: "The only one"}}})
	return world{Bench: b, ctx: testkit.Manager(t), account: b.Account(t, "Web shop")}
}

func (w world) small() preset.Preset {
	return preset.Preset{AccountID: w.account.ID, Courier: "Two", Name: "Next day, small", ServiceCode: "exp", Options: map[string]string{"signature": " true "}}
}

func gbp(pence int64) money.Amount { return money.Amount{Minor: pence, Currency: "GBP"} }

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

func TestCreateListDelete(t *testing.T) {
	w := newWorld(t)
	in := w.small()
	in.Rules = preset.Rules{WeightMin: 1, WeightMax: 2000, LongestMax: 600, Countries: []string{"GB", "IE"}}
	made, err := w.Presets.Create(w.ctx, in)
	ok(t, err)
	if made.Code != "NEXT-DAY-SMALL" || made.Number < 1 || made.Number >= 1<<30 || made.System || made.Options["signature"] != "true" {
		t.Errorf("created %+v", made)
	}
	custom, system, err := w.Presets.List(w.ctx, w.account.ID, "Two")
	ok(t, err)
	if len(custom) != 1 || custom[0].Rules.WeightMax != 2000 || custom[0].Rules.LongestMax != 600 || len(custom[0].Rules.Countries) != 2 || len(system) != 2 {
		t.Errorf("listed %+v and %+v", custom, system)
	}
	_, all, err := w.Presets.List(w.ctx, w.account.ID, "")
	ok(t, err)
	numbers := map[int64]bool{}
	for _, p := range all {
		if !p.System || p.Number < 1<<30 || p.Number >= 1<<31 || numbers[p.Number] {
			t.Errorf("system preset %+v", p)
		}
		numbers[p.Number] = true
	}
	if len(all) != 3 {
		t.Errorf("%d system presets", len(all))
	}
	err = w.Presets.Delete(w.ctx, system[0].ID)
	want(t, err, errs.Forbidden, "", "come with their courier")
	ok(t, w.Presets.Delete(w.ctx, made.ID))
	err = w.Presets.Delete(w.ctx, made.ID)
	want(t, err, errs.NotFound, "", "no such preset")
	_, _, err = w.Presets.List(w.ctx, w.account.ID, "Three")
	want(t, err, errs.NotFound, "", "list-couriers")
}

func TestCreateRefusals(t *testing.T) {
	w := newWorld(t)
	_, err := w.Presets.Create(w.ctx, w.small())
	ok(t, err)
	for name, c := range map[string]struct {
		change     func(*preset.Preset)
		code       errs.Code
		path, says string
	}{
		"taken":             {func(p *preset.Preset) {}, errs.Conflict, "dc_service_id", "Next day, small"},
		"taken, small":      {func(p *preset.Preset) { p.Code = "next-day-small" }, errs.Conflict, "dc_service_id", "taken"},
		"a system preset's": {func(p *preset.Preset) { p.Code = "two-std" }, errs.Conflict, "dc_service_id", "Standard"},
		"no name":           {func(p *preset.Preset) { p.Name = "" }, errs.Invalid, "name", "1 to 50"},
		"name without code": {func(p *preset.Preset) { p.Name = "次日" }, errs.Invalid, "dc_service_id", "letters"},
		"code with a space": {func(p *preset.Preset) { p.Code = "a b" }, errs.Invalid, "dc_service_id", "letters"},
		"long code":         {func(p *preset.Preset) { p.Code = strings.Repeat("x", 51) }, errs.Invalid, "dc_service_id", "1 to 50"},
		"unknown service":   {func(p *preset.Preset) { p.ServiceCode = "slow" }, errs.Invalid, "service_code", "std, exp"},
		"no service":        {func(p *preset.Preset) { p.ServiceCode = "" }, errs.Invalid, "service_code", "std, exp"},
		"unknown option":    {func(p *preset.Preset) { p.Options = map[string]string{"x": "1"} }, errs.Invalid, "options.x", "no option"},
		"wrong option":      {func(p *preset.Preset) { p.Options = map[string]string{"signature": "yes"} }, errs.Invalid, "options.signature", "true or false"},
		"weights crossed":   {func(p *preset.Preset) { p.Rules = preset.Rules{WeightMin: 2, WeightMax: 1} }, errs.Invalid, "rules.weight_min_g", "above the largest"},
		"negative weight":   {func(p *preset.Preset) { p.Rules = preset.Rules{WeightMin: -2} }, errs.Invalid, "rules.weight_max_g", "from 0"},
		"sides crossed":     {func(p *preset.Preset) { p.Rules = preset.Rules{WidthMin: 20, WidthMax: 10} }, errs.Invalid, "rules.width_min_mm", "2 cm, is above the largest, 1 cm"},
		"values crossed":    {func(p *preset.Preset) { p.Rules = preset.Rules{ValueMin: gbp(2), ValueMax: gbp(1)} }, errs.Invalid, "rules.value_min", "0.02 GBP, is above"},
		"two currencies": {func(p *preset.Preset) {
			p.Rules = preset.Rules{ValueMin: gbp(1), ValueMax: money.Amount{Minor: 2, Currency: "EUR"}}
		}, errs.Invalid, "rules.value_min", "one currency"},
		"no currency":     {func(p *preset.Preset) { p.Rules = preset.Rules{ValueMax: money.Amount{Minor: 2, Currency: "£"}} }, errs.Invalid, "rules.value_max", "ISO 4217"},
		"negative value":  {func(p *preset.Preset) { p.Rules = preset.Rules{ValueMax: gbp(-1)} }, errs.Invalid, "rules.value_max", "from 0"},
		"no area":         {func(p *preset.Preset) { p.Rules = preset.Rules{Postcodes: []string{"BT", "B*"}} }, errs.Invalid, "rules.postcodes", "B*"},
		"run upside down": {func(p *preset.Preset) { p.Rules = preset.Rules{PostcodesExcept: []string{"20-10"}} }, errs.Invalid, "rules.postcodes_except", "ends before"},
		"country twice":   {func(p *preset.Preset) { p.Rules = preset.Rules{Countries: []string{"GB", "GB"}} }, errs.Invalid, "rules.countries", "twice"},
		"negative length": {func(p *preset.Preset) { p.Rules = preset.Rules{LongestMax: -2} }, errs.Invalid, "rules.longest_max_mm", "longest side"},
		"unknown country": {func(p *preset.Preset) { p.Rules = preset.Rules{Countries: []string{"UK"}} }, errs.Invalid, "rules.countries", "UK"},
		"unknown courier": {func(p *preset.Preset) { p.Courier = "Three" }, errs.NotFound, "", "list-couriers"},
		"unknown account": {func(p *preset.Preset) { p.AccountID = "nowhere" }, errs.NotFound, "", "API account"},
	} {
		t.Run(name, func(t *testing.T) {
			p := w.small()
			c.change(&p)
			_, err := w.Presets.Create(w.ctx, p)
			want(t, err, c.code, c.path, c.says)
		})
	}
	only, err := w.Presets.Create(w.ctx, preset.Preset{AccountID: w.account.ID, Courier: "One", Name: "Plain"})
	ok(t, err)
	if only.ServiceCode != "only" { // the only one there is
		t.Errorf("created %+v", only)
	}
}

func TestResolve(t *testing.T) {
	w := newWorld(t)
	_, err := w.Presets.Create(w.ctx, w.small())
	ok(t, err)
	for name, c := range map[string]struct {
		courier               courier.Key
		code, service         string
		wantCode, wantService string
		path, says            string
	}{
		"custom":              {"Two", "NEXT-DAY-SMALL", "", "NEXT-DAY-SMALL", "exp", "", ""},
		"system":              {"Two", " TWO-STD ", "", "TWO-STD", "std", "", ""},
		"code before service": {"Two", "TWO-STD", "exp", "TWO-STD", "std", "", ""},
		"by service":          {"Two", "", "exp", "TWO-EXP", "exp", "", ""},
		"the only one":        {"One", "", "", "ONE", "only", "", ""},
		"several":             {"Two", "", "", "", "", "shipment.dc_service_id", "TWO-STD (Standard), TWO-EXP (Express)"},
		"unknown code":        {"Two", "TWO", "", "", "", "shipment.dc_service_id", "NEXT-DAY-SMALL (Next day, small), TWO-STD"},
		"code in small":       {"Two", "two-std", "", "", "", "shipment.dc_service_id", "TWO-STD"},
		"another courier's":   {"One", "NEXT-DAY-SMALL", "", "", "", "shipment.dc_service_id", "ONE (The only one)"},
		"unknown service":     {"Two", "", "slow", "", "", "shipment.courier.service_code", "std, exp"},
	} {
		t.Run(name, func(t *testing.T) {
			p, offer, err := w.Presets.Resolve(testkit.Caller(t, w.account.ID, actor.Ship), w.account.ID, c.courier, c.code, c.service)
			if c.path != "" {
				want(t, err, errs.Invalid, c.path, c.says)
				return
			}
			ok(t, err)
			if p.Code != c.wantCode || offer.Code != c.wantService || p.ServiceCode != offer.Code {
				t.Errorf("resolved %+v, %+v", p, offer)
			}
		})
	}
	_, _, err = w.Presets.Resolve(w.ctx, w.account.ID, "Three", "x", "")
	want(t, err, errs.NotFound, "", "list-couriers")
	other := w.Account(t, "Other")
	_, _, err = w.Presets.Resolve(w.ctx, other.ID, "Two", "NEXT-DAY-SMALL", "")
	want(t, err, errs.Invalid, "shipment.dc_service_id", "has no preset")
}

func TestPresetsOfOthersDoNotExist(t *testing.T) {
	w := newWorld(t)
	made, err := w.Presets.Create(w.ctx, w.small())
	ok(t, err)
	other := w.Account(t, "Other")
	stranger := testkit.Caller(t, other.ID, actor.DefaultScopes()...)
	err = w.Presets.Delete(stranger, made.ID)
	want(t, err, errs.NotFound, "", "no such preset")
	err = w.Presets.Delete(t.Context(), made.ID)
	want(t, err, errs.Unauthorized, "", "signed in")
	err = w.Presets.Delete(testkit.Caller(t, w.account.ID, actor.Ship), made.ID)
	want(t, err, errs.Forbidden, "", "auths")
	_, _, err = w.Presets.List(stranger, w.account.ID, "")
	want(t, err, errs.NotFound, "", "no such thing")
	_, err = w.Presets.Create(stranger, w.small())
	want(t, err, errs.NotFound, "", "no such thing")
	_, _, err = w.Presets.Resolve(stranger, w.account.ID, "Two", "TWO-STD", "")
	want(t, err, errs.NotFound, "", "no such thing")
	ok(t, w.Presets.Delete(testkit.Caller(t, w.account.ID, actor.Auths), made.ID))
}

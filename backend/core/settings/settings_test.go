package settings_test

import (
	"encoding/json"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/settings"
	"packbench/backend/testkit"
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSettings(t *testing.T) {
	b := testkit.New(t)
	ctx := testkit.Manager(t)
	in, err := b.Settings.Get(t.Context())
	ok(t, err)
	if in.Version != 0 || in.BenchName == "" || in.CountryISO != "GB" || in.Location().String() != "Europe/London" {
		t.Errorf("at first %+v", in)
	}
	in.BenchName, in.CountryISO, in.TimeZone = " Dock 4 ", "IE", "Europe/Dublin"
	in.Sender = postal.Address{Name: "Dock", Address1: "1 Quay", City: "Cork", Postcode: "T12 AB12", CountryISO: "IE"}
	saved, err := b.Settings.Update(ctx, in)
	ok(t, err)
	got, err := b.Settings.Get(testkit.Caller(t, "a1"))
	ok(t, err)
	if got.Version != 1 || got.BenchName != "Dock 4" || got.Sender.City != "Cork" || got.UpdatedMs != testkit.Start.UnixMilli() {
		t.Errorf("kept %+v", got)
	}
	if saved.Version != 1 {
		t.Errorf("saved as version %d", saved.Version)
	}
	_, err = b.Settings.Update(ctx, in)
	if !errs.Is(err, errs.Conflict) {
		t.Errorf("an old version was taken: %v", err)
	}
	got.BenchName = "Dock 5"
	_, err = b.Settings.Update(ctx, got)
	ok(t, err)
	entries, err := b.Audit.List(ctx, audit.Filter{Action: "settings.update"}, page.Request{})
	ok(t, err)
	raw, err := json.Marshal(entries)
	ok(t, err)
	if len(entries.Items) != 2 || !strings.Contains(string(raw), "Dock 4") || !strings.Contains(string(raw), "Dock 5") {
		t.Errorf("the audit holds %s", raw)
	}
	_, err = b.Settings.Update(testkit.Caller(t, "a1", actor.AllScopes()...), saved)
	if !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token may: %v", err)
	}
}

func TestUpdateRefusals(t *testing.T) {
	b := testkit.New(t)
	for name, c := range map[string]struct {
		change     func(*settings.Settings)
		path, says string
	}{
		"no bench name":       {func(s *settings.Settings) { s.BenchName = " " }, "bench_name", "1 to 50"},
		"half a sender":       {func(s *settings.Settings) { s.Sender.Name = "Dock" }, "sender.address_1", "required"},
		"country":             {func(s *settings.Settings) { s.CountryISO = "UK" }, "country_iso", "like GB"},
		"no country":          {func(s *settings.Settings) { s.CountryISO = "" }, "country_iso", "like GB"},
		"time zone":           {func(s *settings.Settings) { s.TimeZone = "GMT+1" }, "time_zone", "Europe/London"},
		"no time zone":        {func(s *settings.Settings) { s.TimeZone = "" }, "time_zone", "Europe/London"},
		"this machine's zone": {func(s *settings.Settings) { s.TimeZone = "Local" }, "time_zone", "Europe/London"},
		"a path for a zone":   {func(s *settings.Settings) { s.TimeZone = "../../etc/passwd" }, "time_zone", "Europe/London"},
	} {
		t.Run(name, func(t *testing.T) {
			in := settings.Default()
			c.change(&in)
			_, err := b.Settings.Update(testkit.Manager(t), in)
			if !errs.Is(err, errs.Invalid) || errs.As(err).Fields[0].Path != c.path || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want Invalid at %s that says %q", err, c.path, c.says)
			}
		})
	}
	_, err := b.Settings.Update(testkit.Manager(t), settings.Settings{})
	if n := len(errs.As(err).Fields); n != 3 {
		t.Errorf("%d fields are told at once: %v", n, err)
	}
	got, err := b.Settings.Get(t.Context())
	ok(t, err)
	if got.Version != 0 {
		t.Error("something refused was stored")
	}
}

func TestUnknownZoneIsUTC(t *testing.T) {
	if zone := (settings.Settings{TimeZone: "Mars/Olympus"}).Location(); zone.String() != "UTC" {
		t.Errorf("got %s", zone)
	}
}

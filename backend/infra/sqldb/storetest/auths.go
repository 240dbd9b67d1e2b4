package storetest

import (
	"maps"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/settings"
	"packbench/backend/core/shipment"
)

func auths(t *testing.T, b *Bench) {
	a := b.shop()
	register := func(key courier.Key, company string, testing bool) auth.Auth {
		ms, id := b.moment()
		return auth.Auth{ID: auth.ID(id), AccountID: a.ID, Courier: key, Company: company, Testing: testing,
			Fields: map[string]string{"user": "depot", "secret": "••••1234"}, Sealed: []byte("sealed"), Version: 1, CreatedMs: ms, UpdatedMs: ms}
	}
	live, test, other := register("OwnFleet", "vans", false), register("OwnFleet", "vans", true), register("Another", "", false)
	for _, one := range []auth.Auth{live, test, other} {
		b.write(func(r Repo) error { return r.CreateAuth(one) })
	}
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateAuth(register("OwnFleet", "vans", true)) })

	list := get(b, func(r Repo) ([]auth.Auth, error) { return r.AuthsOf(a.ID) })
	if len(list) != 3 || list[0].ID != other.ID || list[1].ID != live.ID || list[2].ID != test.ID {
		t.Fatalf("auths = %+v, want them by courier, company, testing", list)
	}
	same(b, "auths of the courier", len(get(b, func(r Repo) ([]auth.Auth, error) { return r.AuthsFor(a.ID, "OwnFleet") })), 2)
	same(b, "auths of the account", get(b, func(r Repo) (account.Account, error) { return r.Account(a.ID) }).Auths, 3)
	if !maps.Equal(list[1].Fields, live.Fields) || string(list[1].Sealed) != "sealed" {
		t.Fatalf("auth = %+v, want its fields", list[1])
	}

	live.TrackingOnly, live.Sealed = true, []byte("sealed again")
	b.write(func(r Repo) error { return r.UpdateAuth(live) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateAuth(live) }) // an old version
	live.Version, live.Testing = 2, true
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateAuth(live) }) // taken
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdateAuth(auth.Auth{ID: "none"}) })

	b.write(func(r Repo) error { return r.SaveAuthVerdict(live.ID, 123, true, "works") })
	got := get(b, func(r Repo) (auth.Auth, error) { return r.Auth(live.ID) })
	if got.LastTestMs != 123 || !got.LastTestOK || got.LastTestNote != "works" || got.Version != 2 || !got.TrackingOnly {
		t.Fatalf("auth after its test = %+v", got)
	}

	for i, state := range []shipment.State{shipment.Booked, shipment.Queued, shipment.Sending, shipment.Unknown, shipment.Cancelling} {
		s := SampleShipment(int64(i+1), a.ID, start)
		s.AuthID, s.State = live.ID, state
		b.write(func(r Repo) error { return r.CreateShipment(s) })
	}
	same(b, "in flight", get(b, func(r Repo) (int, error) { return r.ShipmentsInFlightWith(live.ID) }), 4)
	same(b, "in flight with another", get(b, func(r Repo) (int, error) { return r.ShipmentsInFlightWith(test.ID) }), 0)

	b.write(func(r Repo) error { return r.DeleteAccountSecrets(a.ID) })
	if got := get(b, func(r Repo) (auth.Auth, error) { return r.Auth(live.ID) }); got.Sealed != nil {
		t.Fatal("sealed fields outlive their account's secrets")
	}
	b.write(func(r Repo) error { return r.DeleteAuth(test.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteAuth(test.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Auth(test.ID); return err })
}

func presets(t *testing.T, b *Bench) {
	a := b.shop()
	make := func(code string, key courier.Key) preset.Preset {
		ms, id := b.moment()
		return preset.Preset{ID: preset.ID(id), AccountID: a.ID, Name: "Fast", Code: code, Courier: key, ServiceCode: "NEXTDAY",
			Options: map[string]string{"sign": "true"}, Rules: preset.Rules{WeightMax: 2_000, Countries: []string{"GB"}}, Version: 1, CreatedMs: ms, UpdatedMs: ms}
	}
	var first preset.Preset
	b.write(func(r Repo) (err error) { first, err = r.CreatePreset(make("FAST", "OwnFleet")); return err })
	b.write(func(r Repo) error { _, err := r.CreatePreset(make("SLOW", "Another")); return err })
	b.refuse(errs.Conflict, func(r Repo) error { _, err := r.CreatePreset(make("FAST", "Another")); return err })
	list := get(b, func(r Repo) ([]preset.Preset, error) { return r.PresetsFor(a.ID, "") })
	if len(list) != 2 || list[0].ID != first.ID || list[0].Number == list[1].Number || list[0].Number == 0 {
		t.Fatalf("presets = %+v, want two, the oldest first, each with its number", list)
	}
	if names := get(b, func(r Repo) ([]string, error) { return r.PresetNames(a.ID, "OwnFleet") }); len(names) != 1 || names[0] != "Fast" {
		t.Fatalf("names of presets = %q, want the one of the courier", names)
	}
	same(b, "presets of the courier", len(get(b, func(r Repo) ([]preset.Preset, error) { return r.PresetsFor(a.ID, "Another") })), 1)
	got := get(b, func(r Repo) (preset.Preset, error) { return r.Preset(first.ID) })
	if got.Rules.WeightMax != 2_000 || len(got.Rules.Countries) != 1 || got.Options["sign"] != "true" {
		t.Fatalf("preset = %+v, want its rules and options", got)
	}
	sharedPresets(b, a, got)
	b.write(func(r Repo) error { return r.DeletePreset(first.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeletePreset(first.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Preset(first.ID); return err })
}

func siteSettings(t *testing.T, b *Bench) {
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Settings(); return err })
	s := settings.Settings{BenchName: "Bench 1", CountryISO: "GB", UpdatedMs: 5}
	b.write(func(r Repo) error { return r.SaveSettings(s) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.SaveSettings(s) })
	s.Version, s.BenchName = 1, "Bench 2"
	b.write(func(r Repo) error { return r.SaveSettings(s) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.SaveSettings(s) })
	got := get(b, func(r Repo) (settings.Settings, error) { return r.Settings() })
	if got.Version != 2 || got.BenchName != "Bench 2" {
		t.Fatalf("settings = %+v", got)
	}

	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.VaultMeta(); return err })
	meta := account.VaultMeta{KeyID: "key 1", Holder: "keyring", Check: []byte("mac"), CreatedMs: 7}
	b.write(func(r Repo) error { return r.SaveVaultMeta(meta) })
	b.refuse(errs.Conflict, func(r Repo) error {
		return r.SaveVaultMeta(account.VaultMeta{KeyID: "key 2", Holder: "keyring", Check: []byte("other")})
	})
	kept := get(b, func(r Repo) (account.VaultMeta, error) { return r.VaultMeta() })
	if kept.KeyID != "key 1" || kept.Holder != "keyring" || string(kept.Check) != "mac" || kept.CreatedMs != 7 {
		t.Fatalf("vault = %+v, want the first", kept)
	}
}

func numbers(t *testing.T, b *Bench) {
	s := numbering.Series{Name: "vans", First: 10, Last: 16}
	reserve := func(n, wantFirst, wantGot int64) {
		t.Helper()
		b.write(func(r Repo) error {
			first, got, err := r.Reserve(s, n)
			if first != wantFirst || got != wantGot {
				t.Errorf("Reserve(%d) = %d, %d; want %d, %d", n, first, got, wantFirst, wantGot)
			}
			return err
		})
	}
	same(b, "taken at first", get(b, func(r Repo) (int64, error) { return r.Reserved(s) }), 0)
	reserve(4, 10, 4)
	reserve(4, 14, 3)
	same(b, "taken at the end", get(b, func(r Repo) (int64, error) { return r.Reserved(s) }), 7)
	b.refuse(errs.Conflict, func(r Repo) error { _, _, err := r.Reserve(s, 1); return err })
	s.Last = 20
	reserve(1, 17, 1)
	s.First = 19
	reserve(1, 19, 1)
	s.First = 1
	reserve(1, 20, 1)
	b.refuse(errs.Conflict, func(r Repo) error { _, _, err := r.Reserve(s, 1); return err })
}

package storetest

import (
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/preset"
	"packbench/backend/core/shipment"
)

// sharedPresets changes and shares an account's oldest preset, which is with the courier OwnFleet.
func sharedPresets(b *Bench, owner account.Account, p preset.Preset) {
	b.Helper()
	if p.Account != owner.Name || p.APIUserID != owner.APIUserID || p.Shares != nil {
		b.Fatalf("preset = %+v, want its owner's name and number", p)
	}
	p.Name, p.Code, p.Rules = "Faster", "FASTER", preset.Rules{LongestMax: 600}
	b.write(func(r Repo) error { return r.UpdatePreset(p) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdatePreset(p) }) // an old version
	p.Version, p.Code = 2, "SLOW"
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdatePreset(p) }) // taken
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdatePreset(preset.Preset{ID: "none"}) })
	got := get(b, func(r Repo) (preset.Preset, error) { return r.Preset(p.ID) })
	if got.Code != "FASTER" || got.Version != 2 || got.Rules.LongestMax != 600 || got.Rules.WeightMax != 0 || got.Number != p.Number {
		b.Fatalf("preset = %+v, want it changed", got)
	}

	group := b.group("others").ID
	first, second := b.account("b friend", group), b.account("a friend", group)
	usable := func(id account.ID) []preset.Preset {
		return get(b, func(r Repo) ([]preset.Preset, error) { return r.PresetsFor(id, "OwnFleet") })
	}
	shares := func() map[preset.ID][]preset.Share {
		return get(b, func(r Repo) (map[preset.ID][]preset.Share, error) { return r.PresetShares(owner.ID) })
	}
	share := func(with ...account.ID) {
		b.Helper()
		b.write(func(r Repo) error { return r.SharePreset(p.ID, with) })
	}
	share(first.ID, second.ID, first.ID)
	if list := shares()[p.ID]; len(list) != 2 || list[0] != (preset.Share{AccountID: second.ID, Account: "a friend"}) || list[1].AccountID != first.ID {
		b.Fatalf("shares = %+v, want two by name", list)
	}
	if list := usable(first.ID); len(list) != 1 || list[0].ID != p.ID || list[0].AccountID != owner.ID || list[0].APIUserID != owner.APIUserID {
		b.Fatalf("usable = %+v, want the shared one with its owner", list)
	}
	same(b, "of another courier", len(get(b, func(r Repo) ([]preset.Preset, error) { return r.PresetsFor(first.ID, "Third") })), 0)
	share(second.ID)
	same(b, "taken back", len(usable(first.ID)), 0)
	second.DeletedMs = 7
	b.write(func(r Repo) error { return r.UpdateAccount(second) })
	same(b, "shares with deleted accounts", len(shares()[p.ID]), 0)
	share(first.ID)
	presetUse(b, owner, p)

	ended := get(b, func(r Repo) (account.Account, error) { return r.Account(owner.ID) })
	ended.DeletedMs = 7
	b.write(func(r Repo) error { return r.UpdateAccount(ended) })
	same(b, "shared by a deleted account", len(usable(first.ID)), 0)
}

func presetUse(b *Bench, owner account.Account, p preset.Preset) {
	b.Helper()
	for i, change := range []func(*shipment.Shipment){
		func(*shipment.Shipment) {}, func(*shipment.Shipment) {},
		func(s *shipment.Shipment) { s.PresetCode = "OTHER" }, func(s *shipment.Shipment) { s.Courier = "Another" },
	} {
		s := SampleShipment(int64(i+1), owner.ID, start)
		s.Courier, s.PresetCode, s.CreatedMs = "OwnFleet", "FASTER", int64(100+i)
		change(&s)
		b.write(func(r Repo) error { return r.CreateShipment(s) })
	}
	use := func(code string) preset.Use {
		return get(b, func(r Repo) (preset.Use, error) { return r.PresetUse(owner.ID, p.Courier, code) })
	}
	same(b, "use", use("FASTER"), preset.Use{Shipments: 2, LastMs: 101})
	same(b, "no use", use("NEVER"), preset.Use{})
}

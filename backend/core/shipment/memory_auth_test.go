package shipment

import (
	"errors"

	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

// What auth and preset keep, as far as a purchase asks for it.

var errNotHere = errors.New("memory: not needed by shipments")

func (m *memory) CreateAuth(a auth.Auth) error {
	put(m, m.auths, a.ID, a)
	return nil
}

func (m *memory) AuthsFor(id account.ID, key courier.Key) ([]auth.Auth, error) {
	var list []auth.Auth
	for _, a := range m.auths {
		if a.AccountID == id && a.Courier == key {
			list = append(list, a)
		}
	}
	return list, nil
}

func (m *memory) AuthsOf(id account.ID) ([]auth.Auth, error) { return nil, errNotHere }

func (m *memory) Auth(id auth.ID) (auth.Auth, error) { return get(m.auths, id) }

func (m *memory) UpdateAuth(auth.Auth) error { return errNotHere }

func (m *memory) DeleteAuth(auth.ID) error { return errNotHere }

func (m *memory) SaveAuthVerdict(auth.ID, int64, bool, string) error { return errNotHere }

func (m *memory) ShipmentsInFlightWith(auth.ID) (int, error) { return 0, errNotHere }

func (m *memory) PresetNames(account.ID, courier.Key) ([]string, error) { return nil, errNotHere }

func (m *memory) CreatePreset(preset.Preset) (preset.Preset, error) {
	return preset.Preset{}, errNotHere
}

func (m *memory) DeletePreset(preset.ID) error { return errNotHere }

func (m *memory) Preset(preset.ID) (preset.Preset, error) { return preset.Preset{}, errNotHere }

func (m *memory) PresetsFor(id account.ID, key courier.Key) ([]preset.Preset, error) {
	return m.presets, nil
}

func (m *memory) UpdatePreset(preset.Preset) error { return errNotHere }

func (m *memory) PresetShares(account.ID) (map[preset.ID][]preset.Share, error) {
	return nil, nil
}

func (m *memory) SharePreset(preset.ID, []account.ID) error { return errNotHere }

func (m *memory) PresetUse(account.ID, courier.Key, string) (preset.Use, error) {
	return preset.Use{}, errNotHere
}

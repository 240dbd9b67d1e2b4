package preset

import (
	"context"
	"hash/fnv"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// systemID begins the ids of system presets, which are in no store.
const systemID = "system|"

// Resolve finds the service and options for a purchase: by code (dc_service_id), else by service code, else the only
// service the courier has. Invalid at shipment.dc_service_id or shipment.courier.service_code names what there is.
func (s *Service) Resolve(ctx context.Context, id account.ID, key courier.Key, code, serviceCode string) (Preset, courier.ServiceOffer, error) {
	if err := actor.Allow(ctx, string(id), actor.Ship); err != nil {
		return Preset{}, courier.ServiceOffer{}, err
	}
	adapter, err := s.Couriers.Find(key)
	if err != nil {
		return Preset{}, courier.ServiceOffer{}, err
	}
	d := adapter.Descriptor()
	code, serviceCode = strings.TrimSpace(code), strings.TrimSpace(serviceCode)
	// Create gives no custom preset a system preset's code, so that most orders need neither a look into the store nor the others.
	if i := slices.IndexFunc(d.Services, func(o courier.ServiceOffer) bool { return o.PresetCode == code }); code != "" && i >= 0 {
		return byCode(d, []Preset{systemPreset(d, d.Services[i])}, code)
	}
	presets := system(d)
	if code != "" {
		var custom []Preset
		err := s.Store.Read(ctx, func(r Repo) (err error) { custom, err = r.PresetsFor(id, key); return err })
		if err != nil {
			return Preset{}, courier.ServiceOffer{}, err
		}
		return byCode(d, append(custom, presets...), code)
	}
	if serviceCode != "" {
		return byService(d, presets, serviceCode)
	}
	if len(presets) == 1 {
		return presets[0], d.Services[0], nil
	}
	return Preset{}, courier.ServiceOffer{}, errs.OnField("shipment.dc_service_id", "Say which service: give one of %s as dc_service_id, or its code as courier.service_code.", choices(presets))
}

func byCode(d *courier.Descriptor, presets []Preset, code string) (Preset, courier.ServiceOffer, error) {
	for _, p := range presets {
		if p.Code != code {
			continue
		}
		offer, ok := d.Service(p.ServiceCode)
		if !ok {
			return Preset{}, courier.ServiceOffer{}, errs.OnField("shipment.dc_service_id", "The preset %s is for the service %q, which %s no longer has. It has: %s.", code, p.ServiceCode, d.Name, serviceCodes(d))
		}
		return p, offer, nil
	}
	return Preset{}, courier.ServiceOffer{}, errs.OnField("shipment.dc_service_id", "This API account has no preset %q for %s. It has: %s.", code, d.Name, choices(presets))
}

func byService(d *courier.Descriptor, presets []Preset, code string) (Preset, courier.ServiceOffer, error) {
	for _, p := range presets {
		if p.ServiceCode == code {
			offer, _ := d.Service(code)
			return p, offer, nil
		}
	}
	return Preset{}, courier.ServiceOffer{}, errs.OnField("shipment.courier.service_code", "%s has no service %q. It has: %s.", d.Name, code, serviceCodes(d))
}

// system gives the system presets of a courier (key "" for all): one for each service.
func (s *Service) system(key courier.Key) ([]Preset, error) {
	if key != "" {
		adapter, err := s.Couriers.Find(key)
		if err != nil {
			return nil, err
		}
		return system(adapter.Descriptor()), nil
	}
	var list []Preset
	for _, d := range s.Couriers.List() {
		list = append(list, system(d)...)
	}
	return list, nil
}

func system(d *courier.Descriptor) []Preset {
	list := make([]Preset, len(d.Services))
	for i, o := range d.Services {
		list[i] = systemPreset(d, o)
	}
	return list
}

func systemPreset(d *courier.Descriptor, o courier.ServiceOffer) Preset {
	return Preset{
		ID: ID(systemID + string(d.Key) + "|" + o.PresetCode), Number: systemNumber(d.Key, o.PresetCode), Name: o.Name,
		Code: o.PresetCode, Courier: d.Key, ServiceCode: o.Code, Options: map[string]string{}, Shares: []Share{}, System: true,
	}
}

// systemNumber gives a system preset the same number at every start, between 2^30 and 2^31 and so apart from custom ones.
func systemNumber(key courier.Key, code string) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(string(key) + "|" + code)) // a hash never fails to write
	return 1<<30 | int64(h.Sum32()&(1<<30-1))
}

func choices(presets []Preset) string {
	list := make([]string, len(presets))
	for i, p := range presets {
		list[i] = p.Code + " (" + p.Name + ")"
	}
	return strings.Join(list, ", ")
}

func serviceCodes(d *courier.Descriptor) string {
	list := make([]string, len(d.Services))
	for i, o := range d.Services {
		list[i] = o.Code
	}
	return strings.Join(list, ", ")
}

package shipment

import (
	"cmp"
	"encoding/json"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
)

// passOn takes an order over for an upstream as it came: only the upstream knows the services and options of the courier
// that is asked for. A service must be named, so that nothing is bought that nobody chose.
func (f *fitted) passOn(upstream *courier.Descriptor, o order.Order, wrong *errs.Fields) {
	f.forward = courier.Forward{Through: upstream.Key, Courier: o.Courier, Given: courierObject(o.Raw)}
	if account.NameKey(o.AuthCompany) != account.NameKey(f.login.Company) {
		f.forward.Company = o.AuthCompany
	}
	if o.PresetCode == "" && o.ServiceCode == "" {
		wrong.Add("shipment.dc_service_id", "Say which service: give the dc_service_id that %s has for %s, or the service's code as courier.service_code.", upstream.Name, o.Courier)
	}
	f.choice = preset.Preset{Code: o.PresetCode}
	f.offer = courier.ServiceOffer{Code: o.ServiceCode, PresetCode: o.PresetCode, Name: cmp.Or(o.Options["friendly_service_name"], o.PresetCode, o.ServiceCode)}
	f.options = o.Options
}

// courierObject gives shipment.courier of a shipment object as it came; nil where there is none.
func courierObject(shipment json.RawMessage) json.RawMessage {
	var given struct {
		Courier map[string]json.RawMessage `json:"courier"`
	}
	if json.Unmarshal(shipment, &given) != nil || len(given.Courier) == 0 { // PHP writes an empty object as a list
		return nil
	}
	out, err := json.Marshal(given.Courier)
	if err != nil {
		return nil
	}
	return out
}

// Adapter gives the adapter that a shipment was bought with: its courier's own, or the upstream's it went through.
func (s *Service) Adapter(sh Shipment) (courier.Adapter, error) {
	return s.Couriers.Find(cmp.Or(sh.Consignment.Forward.Through, sh.Courier))
}

// CourierName is what people know the shipment's courier by.
func (s *Service) CourierName(sh Shipment) string {
	if own, err := s.Couriers.Find(sh.Courier); err == nil {
		return own.Descriptor().Name
	}
	return string(sh.Courier)
}

// Carried names the shipment's courier by its key and the upstream it was bought through, where there is one: "DPD
// through Voila".
func (sh Shipment) Carried() string {
	if sh.Consignment.Forward.Through == "" {
		return string(sh.Courier)
	}
	return string(sh.Courier) + " through " + string(sh.Consignment.Forward.Through)
}

// Carried says the same of a courier's key alone, as things stand now.
func (s *Service) Carried(key courier.Key) string {
	var sh Shipment
	sh.Courier = key
	if _, err := s.Couriers.Find(key); err != nil {
		if upstream, any := s.Couriers.Upstream(); any {
			sh.Consignment.Forward.Through = upstream.Descriptor().Key
		}
	}
	return sh.Carried()
}

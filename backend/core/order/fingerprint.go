package order

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
)

// timing are the options of shipment.courier that say when, not what.
var timing = map[string]bool{"lead_time": true, "collection_cutoff": true, "next_business_day": true, "friendly_service_name": true}

// Fingerprint is a digest of what is bought (voila-api §7, "same order"): addresses, parcels, items, courier, service,
// auth, testing; canonical, so that 7 and "7", null and "" and absent are the same. Dates, ids, label format and
// document flags don't count.
func (o Order) Fingerprint() [32]byte {
	d := digest{buf: make([]byte, 0, 1024)}
	d.text(string(o.Courier), o.AuthCompany, o.PresetCode, o.ServiceCode, o.Incoterms)
	switch {
	case o.Testing == nil:
		d.number(2)
	case *o.Testing:
		d.number(1)
	default:
		d.number(0)
	}
	for _, key := range slices.Sorted(maps.Keys(o.Options)) {
		if !timing[key] {
			d.text(key, o.Options[key])
		}
	}
	d.address(o.From)
	d.address(o.To)
	d.number(int64(len(o.Parcels)))
	for _, p := range o.Parcels {
		d.number(int64(p.Weight), int64(p.Length), int64(p.Width), int64(p.Height), int64(len(p.Items)))
		d.amount(p.Value)
		for _, i := range p.Items {
			d.text(i.Description, i.SKU, i.HSCode, i.Origin)
			d.number(i.Quantity, int64(i.Weight))
			d.amount(i.Value)
		}
	}
	return sha256.Sum256(d.buf)
}

// digest writes values so that no two different orders write the same: texts carry their lengths.
type digest struct{ buf []byte }

func (d *digest) text(values ...string) {
	for _, v := range values {
		d.buf = binary.AppendUvarint(d.buf, uint64(len(v)))
		d.buf = append(d.buf, v...)
	}
}

func (d *digest) number(values ...int64) {
	for _, v := range values {
		d.buf = binary.AppendVarint(d.buf, v)
	}
}

func (d *digest) amount(a money.Amount) {
	d.number(a.Minor)
	d.text(a.Currency)
}

func (d *digest) address(a postal.Address) {
	d.text(a.Name, a.CompanyName, a.Address1, a.Address2, a.Address3, a.City, a.County, a.Postcode, a.CountryISO, a.Phone, a.Email,
		a.TaxID, a.EORI, a.IOSS, a.UKIMS, a.CompanyID, a.ABN, a.ARN, a.GST, a.VOEC, a.AddressName)
}

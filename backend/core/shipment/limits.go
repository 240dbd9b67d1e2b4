package shipment

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
)

// checkLimits holds an order to what its courier takes.
func checkLimits(wrong *errs.Fields, d *courier.Descriptor, o order.Order) {
	checkAddress(wrong, d, "shipment.ship_from", o.From)
	checkAddress(wrong, d, "shipment.ship_to", o.To)
	l := d.Limits
	longest(wrong, d, "shipment.reference", "Reference", o.Reference, l.Reference)
	if l.PhoneNeeded && o.To.Phone == "" {
		wrong.Add("shipment.ship_to.phone", "Phone is required: %s calls the recipient.", d.Name)
	}
	if l.EmailNeeded && o.To.Email == "" {
		wrong.Add("shipment.ship_to.email", "Email is required: %s writes to the recipient.", d.Name)
	}
	checkParcels(wrong, d, o.Parcels)
}

func checkParcels(wrong *errs.Fields, d *courier.Descriptor, parcels []courier.Parcel) {
	l := d.Limits
	if l.Parcels > 0 && len(parcels) > l.Parcels {
		wrong.Add("shipment.parcels", "Parcels has %d entries; %s takes at most %d in one shipment.", len(parcels), d.Name, l.Parcels)
	}
	for i, p := range parcels {
		path := fmt.Sprintf("shipment.parcels.%d", i)
		if l.ParcelWeight > 0 && p.Weight > l.ParcelWeight {
			wrong.Add(path+".weight", "Weight is %s kg; %s takes at most %s kg in one parcel.", p.Weight.Kilograms(), d.Name, l.ParcelWeight.Kilograms())
		}
		for _, side := range []struct {
			key    string
			length measure.Millimetres
		}{{"dim_length", p.Length}, {"dim_width", p.Width}, {"dim_height", p.Height}} {
			if l.ParcelLength > 0 && side.length > l.ParcelLength {
				wrong.Add(path+"."+side.key, "A side of %s cm is too long; %s takes at most %s cm.", side.length.Centimetres(), d.Name, l.ParcelLength.Centimetres())
			}
		}
	}
}

func checkAddress(wrong *errs.Fields, d *courier.Descriptor, path string, a postal.Address) {
	l := d.Limits
	longest(wrong, d, path+".name", "Name", a.Name, l.Name)
	longest(wrong, d, path+".company_name", "Company name", a.CompanyName, l.Name)
	longest(wrong, d, path+".address_1", "Address line 1", a.Address1, l.AddressLine)
	longest(wrong, d, path+".address_2", "Address line 2", a.Address2, l.AddressLine)
	longest(wrong, d, path+".address_3", "Address line 3", a.Address3, l.AddressLine)
	longest(wrong, d, path+".city", "City", a.City, l.City)
	longest(wrong, d, path+".postcode", "Postcode", a.Postcode, l.Postcode)
}

func longest(wrong *errs.Fields, d *courier.Descriptor, path, title, value string, limit int) {
	if limit == 0 || len(value) <= limit {
		return
	}
	if n := utf8.RuneCountInString(value); n > limit {
		wrong.Add(path, "%s has %d characters; %s takes at most %d.", title, n, d.Name, limit)
	}
}

// checkRules holds an order to the restrictions of its preset.
func checkRules(wrong *errs.Fields, choice preset.Preset, o order.Order) {
	for _, f := range choice.Rules.Judge(courier.Consignment{To: o.To, Parcels: o.Parcels}) {
		if !f.Fits {
			wrong.Add("shipment.dc_service_id", "%s", f.Sentence(choice.Code))
		}
	}
}

// merge gives the courier's options that the order or its preset set; the order wins. What the courier does not know
// stays in the kept request only.
func merge(d *courier.Descriptor, preset, given map[string]string) map[string]string {
	var options map[string]string
	for _, f := range d.Options {
		value := given[f.Key]
		if value == "" {
			value = preset[f.Key]
		}
		if value == "" {
			continue
		}
		if options == nil {
			options = make(map[string]string, len(d.Options))
		}
		options[f.Key] = courier.Clean(value)
	}
	return options
}

// chooseLabel settles format and size of the label: what was asked for, else the nearest the courier makes, with a
// warning.
func chooseLabel(d *courier.Descriptor, o *order.Order) {
	if !slices.Contains(d.Formats, o.LabelFormat) {
		o.Warnings = append(o.Warnings, courier.Warning{
			Field: "shipment.label_format", Message: fmt.Sprintf("%s makes no %s labels; this one is %s.", d.Name, o.LabelFormat, d.Formats[0]),
		})
		o.LabelFormat = d.Formats[0]
	}
	if slices.Contains(d.Sizes, o.LabelSize) {
		return
	}
	asked := o.LabelSize
	o.LabelSize = d.Sizes[0]
	if asked == "" {
		return
	}
	if strings.HasPrefix(strings.ToUpper(string(asked)), "A") && slices.Contains(d.Sizes, courier.SizeA6) {
		o.LabelSize = courier.SizeA6
	}
	o.Warnings = append(o.Warnings, courier.Warning{
		Field: "shipment.label_size", Message: fmt.Sprintf("%s makes no labels of size %s; this one is %s, the nearest.", d.Name, asked, o.LabelSize),
	})
}

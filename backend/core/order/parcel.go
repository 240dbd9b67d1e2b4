package order

import (
	"strings"

	"packbench/backend/base/measure"
	"packbench/backend/core/courier"
)

// How much one order may hold.
const (
	maxParcels  = 99
	maxItems    = 1000 // in one parcel
	maxQuantity = 1_000_000
)

// box is a parcel as it was sent, before items are split over more parcels.
type box struct {
	courier.Parcel
	at        object
	given     bool          // the parcel's own weight was given; packaging is part of it
	packaging measure.Grams // of one box
}

func (o *Order) readParcels(s object, c *currency) {
	list, ok := s.objects("parcels")
	count := int(s.whole("parcel_count", maxParcels))
	switch {
	case !ok:
		return
	case len(list) == 0:
		s.wrong("parcels", "Parcels are required: a list of 1 to %d parcels.", maxParcels)
		return
	case len(list) > maxParcels:
		s.wrong("parcels", "Parcels has %d entries and may have at most %d. Send the rest as another shipment.", len(list), maxParcels)
		return
	}
	c.find(list)
	boxes := make([]box, len(list))
	for i, p := range list {
		if p.members != nil {
			boxes[i] = readParcel(p, c)
		}
	}
	if s.r.wrong.Len() > 0 { // missing weights and shares of wrong parcels would only add noise
		o.Parcels = soFar(boxes)
		return
	}
	if count > len(boxes) {
		boxes = split(boxes, count)
	} else if count > 0 && count < len(boxes) {
		s.r.warn(s.at("parcel_count"), "Parcel count is %d, but %d parcels were sent; all of them are taken.", count, len(boxes))
	}
	o.Parcels = weigh(s, boxes)
}

func readParcel(p object, c *currency) box {
	b := box{at: p}
	unit := unitOf(p, "dim_unit", "cm", "centimetres", lengthUnits, "dim_length", "dim_width", "dim_height")
	b.Length, b.Width, b.Height = readLength(p, "dim_length", unit), readLength(p, "dim_width", unit), readLength(p, "dim_height", unit)
	b.Weight = readWeight(p, "weight", unitOf(p, "weight_unit", "kg", "kilograms", weightUnits, "weight"))
	b.given = b.Weight > 0
	b.packaging = readPackaging(p)
	b.PackageID = p.text("packageId", codeLimit)
	b.Value = readAmount(p, "value", c)
	items, _ := p.objects("items")
	if len(items) > maxItems {
		p.wrong("items", "Items has %d entries and may have at most %d. Send the rest in another parcel.", len(items), maxItems)
		return b
	}
	b.Items = make([]courier.Item, 0, len(items))
	for _, i := range items {
		if i.members != nil {
			b.Items = append(b.Items, readItem(i, c))
		}
	}
	return b
}

// readPackaging reads what one box weighs empty. Without a unit of its own, it is in the parcel's.
func readPackaging(p object) measure.Grams {
	if !p.has("packaging_weight") {
		return 0
	}
	unit := p.text("packaging_weight_unit", codeLimit)
	if unit == "" {
		unit = p.text("weight_unit", codeLimit)
	}
	return readWeight(p, "packaging_weight", checkUnit(p, "packaging_weight_unit", unit, "kg", weightUnits))
}

func readItem(i object, c *currency) courier.Item {
	item := courier.Item{
		Description:         i.text("description", textLimit),
		ExtendedDescription: i.text("extended_description", noteLimit),
		Quantity:            i.whole("quantity", maxQuantity),
		Value:               readAmount(i, "value", c),
		Weight:              readWeight(i, "weight", unitOf(i, "weight_unit", "kg", "kilograms", weightUnits, "weight")),
		SKU:                 i.text("sku", codeLimit),
		HSCode:              readHS(i),
		ImageURL:            i.text("image_url", noteLimit),
	}
	if origin := i.text("origin_country", nameLimit); origin != "" {
		item.Origin = countryCode(i, "origin_country", origin)
	}
	i.need("description", item.Description, "Description is required: what the item is.")
	if item.Quantity == 0 {
		i.need("quantity", "", "Quantity is required: a whole number from 1.")
	}
	return item
}

var ungrouped = strings.NewReplacer(".", "", " ", "", "-", "")

// readHS takes dots, spaces and hyphens out of a commodity code: six digits of the Harmonized System and up to four of
// the country's own.
func readHS(i object) string {
	given := i.text("hs_code", codeLimit)
	code := ungrouped.Replace(given)
	if code != "" && (len(code) < 6 || len(code) > 10 || strings.Trim(code, "0123456789") != "") {
		i.wrong("hs_code", "%q is not an HS code: 6 to 10 digits, like 6109.10.", given)
	}
	return code
}

// soFar is parcels with what is known of their weights.
func soFar(boxes []box) []courier.Parcel {
	parcels := make([]courier.Parcel, len(boxes))
	for n, b := range boxes {
		parcels[n] = b.Parcel
		if b.at.members != nil && !b.given {
			parcels[n].Weight = contents(b) + b.packaging
		}
	}
	return parcels
}

// weigh settles each parcel's weight: its own, else that of its items and packaging.
func weigh(s object, boxes []box) []courier.Parcel {
	parcels := make([]courier.Parcel, len(boxes))
	for n, b := range boxes {
		if !b.given {
			b.Weight = contents(b)
			if b.Weight > 0 {
				b.Weight += b.packaging
			}
		}
		switch {
		case b.Weight > measure.MaxWeight:
			b.at.wrong("weight", "Weight is more than 100 tonnes; check the unit.")
		case b.Weight == 0 && len(boxes) > 1 && s.has("parcel_count"):
			s.need("parcel_count", "", "Parcel count is more than there is to put into the parcels. Give a smaller count, or a weight to each parcel.")
		case b.Weight == 0:
			b.at.need("weight", "", "Weight is required: the parcel's, or that of each of its items.")
		}
		parcels[n] = b.Parcel
		parcels[n].Weight = b.Weight
	}
	return parcels
}

// contents is the weight of what is in the box. An item without a weight is told, because the sum is too low then.
func contents(b box) measure.Grams {
	var sum measure.Grams
	weightless := false
	for _, item := range b.Items {
		sum += item.Weight * measure.Grams(item.Quantity)
		weightless = weightless || item.Weight == 0
		if sum > measure.MaxWeight {
			return sum
		}
	}
	if weightless && sum > 0 {
		b.at.r.warn(b.at.at("items"), "Not every item has a weight, so the parcel's weight of %s is too low.", sum)
	}
	return sum
}

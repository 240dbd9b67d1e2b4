package label

import (
	"packbench/backend/base/postal"
	"packbench/backend/infra/typeset"
)

// entry is one text of the recipient's address.
type entry struct {
	text, field string
	style       typeset.Style
	size        typeset.Points
	whole       []typeset.Line // the text on one line
	block       typeset.Block
}

// Sizes of the recipient's texts in points at scale 1.
const (
	nameSize     typeset.Points = 18
	addressSize  typeset.Points = 13
	postcodeSize typeset.Points = 28
	countrySize  typeset.Points = 15
)

// Distances in millimetres.
const (
	postcodeGap = 2.2 // between the descenders of the last line and the postcode
	bottomGap   = 2.2
)

// scales are tried from large to small. Above 1 no text may wrap; below, each may take two lines.
var scales = [...]float64{1.6, 1.45, 1.3, 1.15, 1, 0.88, 0.77, 0.67, 0.6}

// leastScale is for what fits at none of them.
const leastScale = 0.45

// recipient places who gets the parcel between top and bottom, as large as there is room: name, address, and below them
// the postcode and the country if it is another than the sender's.
func (l *layout) recipient(top, bottom int) {
	l.caption("To", l.edge, top, l.width-2*l.edge)
	top += l.dots(captionRow + 0.5)
	l.address = len(l.texts)
	entries, country := l.entries()
	postcode := l.label.To.Postcode

	scale := l.choose(entries, bottom-top, postcode != "" || country != "")
	y := top
	for i := range entries {
		e := &entries[i]
		l.warn(e.field, e.text, e.block)
		y = l.lines(e.block, l.edge, y, l.width-2*l.edge)
	}
	l.place(y, scale, postcode, country)
}

// entries lists the texts above the postcode.
func (l *layout) entries() (entries []entry, country string) {
	to := &l.label.To
	if to.CountryISO != "" && to.CountryISO != l.label.From.CountryISO {
		country = postal.CountryName(to.CountryISO)
	}
	entries = make([]entry, 0, 6)
	add := func(text, name string, style typeset.Style, size typeset.Points) {
		if whole := typeset.Set(oneLine(text), style); !whole.Empty() {
			entries = append(entries, entry{text: text, field: name, style: style, size: size, whole: l.line(whole)})
		}
	}
	name, company := to.Name, to.CompanyName
	if company == name {
		company = ""
	}
	if name != "" {
		add(name, "shipment.ship_to.name", typeset.Bold, nameSize)
		add(company, "shipment.ship_to.company_name", typeset.Regular, addressSize)
	} else {
		add(company, "shipment.ship_to.company_name", typeset.Bold, nameSize)
	}
	add(to.Address1, "shipment.ship_to.address_1", typeset.Regular, addressSize)
	add(to.Address2, "shipment.ship_to.address_2", typeset.Regular, addressSize)
	add(to.Address3, "shipment.ship_to.address_3", typeset.Regular, addressSize)
	add(join(", ", to.City, to.County), "shipment.ship_to.city", typeset.Regular, addressSize)
	return entries, country
}

// choose fits the entries into a height and gives the scale they were set at.
func (l *layout) choose(entries []entry, height int, postcode bool) float64 {
	for _, scale := range scales {
		lines := 2
		if scale > 1 {
			lines = 1
		}
		if l.atScale(entries, scale, lines, height, postcode) {
			return scale
		}
	}
	smallest := scales[len(scales)-1]
	over := l.setAll(entries, smallest, 2) - l.room(height, smallest, postcode)
	for i := len(entries) - 1; i >= 0 && over > 0; i-- { // the name keeps its second line longest
		e := &entries[i]
		if len(e.block.Lines) > 1 {
			over -= pitch(e.block.Lines[1]) * l.em(e.block.Size)
			e.block = l.set(e, smallest, 1)
		}
	}
	for over > 0 && smallest > leastScale { // a line each of a tall script can be too much as well
		smallest -= 0.04
		over = l.setAll(entries, smallest, 1) - l.room(height, smallest, postcode)
	}
	return smallest
}

// atScale sets the entries at a scale and reports whether they fit without a cut.
func (l *layout) atScale(entries []entry, scale float64, lines, height int, postcode bool) bool {
	room := l.room(height, scale, postcode)
	least := 0.0 // with one line each
	width := float64(lines*(l.width-2*l.edge)) * l.dot()
	for i := range entries {
		e := &entries[i]
		least += pitch(e.whole[0]) * l.em(e.size*scale)
		if e.whole[0].Width(e.size*scale) > width {
			return false
		}
	}
	if least > room || l.setAll(entries, scale, lines) > room {
		return false
	}
	for i := range entries {
		if entries[i].block.Cut {
			return false
		}
	}
	return true
}

// setAll sets the entries and gives the height they take in dots.
func (l *layout) setAll(entries []entry, scale float64, lines int) (height float64) {
	for i := range entries {
		e := &entries[i]
		e.block = l.set(e, scale, lines)
		height += l.tall(e.block)
	}
	return height
}

// set sets an entry at a scale.
func (l *layout) set(e *entry, scale float64, lines int) typeset.Block {
	size := e.size * scale
	return l.fitLine(e.whole, e.text, e.style, box{width: l.width - 2*l.edge, lines: lines, size: size, smallest: size})
}

// room gives what the postcode's line leaves of a height.
func (l *layout) room(height int, scale float64, postcode bool) float64 {
	room := height - l.dots(bottomGap)
	if postcode {
		room -= l.dots(postcodeGap) + l.capitals(postcodeSize*scale)
	}
	return float64(room)
}

// place sets postcode and country on one line below y.
func (l *layout) place(y int, scale float64, postcode, country string) {
	width := l.width - 2*l.edge
	baseline := y + l.dots(postcodeGap) + l.capitals(postcodeSize*scale)
	if postcode != "" {
		share := width
		if country != "" {
			share = width / 2
		}
		block := l.fit(postcode, typeset.Bold, box{width: share, lines: 1, size: postcodeSize * scale, smallest: 8})
		l.warn("shipment.ship_to.postcode", postcode, block)
		l.add(text{line: block.Lines[0], size: block.Size, x: l.edge, width: share, y: baseline})
	}
	if country == "" {
		return
	}
	side, x := right, l.edge+width/2+l.dots(2)
	if postcode == "" {
		side, x = left, l.edge
	}
	share := l.width - l.edge - x
	block := l.fit(country, typeset.Bold, box{width: share, lines: 1, size: countrySize * scale, smallest: 7})
	l.add(text{line: block.Lines[0], size: block.Size, x: x, width: share, y: baseline, align: side})
}

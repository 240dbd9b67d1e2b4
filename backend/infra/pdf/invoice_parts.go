package pdf

import (
	"strconv"
	"strings"

	"packbench/backend/infra/typeset"
)

// facts shows what the invoice belongs to and the terms of the sale.
func (v *invoice) facts() []block {
	facts := []fact{
		{"number", v.heads.Number, v.Number},
		{"date", v.heads.Date, v.Date},
		{"order_reference", v.heads.Order, v.OrderReference},
		{"receiver_reference", v.heads.ReceiverReference, v.ReceiverReference},
		{"carrier", v.heads.Carrier, v.Carrier},
		{"tracking_codes", v.heads.Waybill, strings.Join(v.TrackingCodes, ", ")},
		{"incoterms", v.heads.Incoterms, strings.TrimSpace(v.Incoterms + " " + v.Place)},
		{"reason", v.heads.Reason, v.Reason},
		{"lines", v.heads.Currency, v.Lines[0].UnitPrice.Currency},
		{"ioss", v.heads.IOSS, v.IOSS},
	}
	if v.Packages > 0 {
		facts = append(facts, fact{"packages", v.heads.Packages, strconv.Itoa(v.Packages)})
	}
	if v.GrossWeight > 0 {
		facts = append(facts, fact{"gross_weight", v.heads.GrossWeight, kilograms(v.GrossWeight) + " kg"})
	}
	if net := v.NetWeight(); net > 0 {
		facts = append(facts, fact{"net_weight", v.heads.NetWeight, kilograms(net) + " kg"})
	}
	return v.factRows(facts)
}

func (v *invoice) declaration() block {
	s := v.sheet
	text := v.Declaration
	if strings.TrimSpace(text) == "" {
		text = v.words().InvoiceDeclaration
		if own := v.Language.Words().InvoiceDeclaration; own != text {
			text += "\n" + own
		}
	}
	heading := v.caption(v.heads.Declaration, s.content())
	set := v.fit("declaration", text, typeset.Regular, typeset.Box{Width: s.content(), Lines: 8, Size: s.body, Smallest: s.body - 2, Most: 3 * longest})
	return block{height: height(heading) + 0.6 + height(set) + s.gap, draw: func(y float64) {
		down := v.label(s.left(), y, heading) + 0.6
		v.lines(s.left(), y+down, set, Black)
	}}
}

// signature stays with the declaration: who signs, where and when, and room for the hand, on narrow paper under the two.
func (v *invoice) signature() []block {
	s, grid := v.sheet, v.sheet.grid()
	place := strings.Trim(v.SignedAt+", "+v.Date, ", ")
	fields := []fact{
		{"signatory", v.heads.Signatory, v.Signatory}, {"signed_at", v.heads.PlaceAndDate, place}, {"", v.heads.Signature, ""},
	}
	const hand = 9.0 // millimetres
	if s.narrow {
		return []block{v.signed(fields[:2], grid, leading(s.body)+1), v.signed(fields[2:], []span{{s.left(), s.content()}}, hand)}
	}
	return []block{v.signed(fields, grid, hand)}
}

// signed sets values above lines to sign on, with their captions under these.
func (v *invoice) signed(fields []fact, at []span, room float64) block {
	s := v.sheet
	blocks, captions := make([]typeset.Block, len(fields)), make([]typeset.Block, len(fields))
	under := 0.0
	for i, f := range fields {
		if f.value != "" {
			blocks[i] = v.fit(f.field, f.value, typeset.Regular, typeset.Box{Width: at[i].width, Lines: 2, Size: s.body, Smallest: s.body - 2, Most: 4})
		}
		captions[i] = v.caption(f.caption, at[i].width)
		room, under = max(room, height(blocks[i])+1), max(under, height(captions[i]))
	}
	return block{keep: true, height: room + 1 + under, draw: func(y float64) {
		for i := range fields {
			v.lines(at[i].x, y+room-height(blocks[i])-0.6, blocks[i], Black)
			v.canvas.Line(at[i].x, y+room, at[i].x+at[i].width, y+room, s.hairline*1.5, Black)
			v.label(at[i].x, y+room+1, captions[i])
		}
	}}
}

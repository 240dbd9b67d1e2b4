package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"packbench/backend/base/measure"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// facts shows what the invoice belongs to and the terms of the sale.
func (v *invoice) facts() block {
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
	return v.factsBlock(facts)
}

// kilograms writes a weight to the gram, so that weights under each other align.
func kilograms(g measure.Grams) string { return fmt.Sprintf("%d.%03d", g/1000, g%1000) }

// The columns of the table after the description.
const (
	columnHS = iota + 1
	columnOrigin
	columnNet
	columnQuantity
	columnPrice
	columnAmount
)

func (v *invoice) table() *table {
	return newTable(&v.writer, v.sheet.gutter*0.5, []column{
		{title: v.heads.Description, lines: 8},
		{title: v.heads.HSCode, width: 18.5},
		{title: v.heads.Origin, width: 10},
		{title: v.heads.NetKilograms, width: 13, right: true},
		{title: v.heads.Quantity, width: 13, right: true},
		{title: v.heads.UnitPrice, width: 17.5, right: true},
		{title: v.heads.Amount, width: 21, right: true},
	})
}

func (v *invoice) cells(i int, line document.InvoiceLine) []cell {
	path := "lines." + strconv.Itoa(i) + "."
	amount, _ := line.Total() // Validate has added them up
	net := ""
	if line.NetWeight > 0 {
		net = kilograms(line.NetWeight)
	}
	return []cell{
		{field: path + "description", text: line.Description, underField: path + "sku", under: line.SKU},
		{field: path + "hs_code", text: line.HSCode},
		{field: path + "origin", text: line.Origin},
		{field: path + "net_weight", text: net},
		{field: path + "quantity", text: strconv.FormatInt(line.Quantity, 10), underField: path + "unit", under: line.Unit},
		{field: path + "unit_price", text: v.language.Amount(line.UnitPrice)},
		{field: path + "unit_price", text: v.language.Amount(amount)},
	}
}

// sums stands under the table and stays with its last row.
func (v *invoice) sums(t *table) block {
	s := v.sheet
	goods, _ := v.Goods()
	pieces := int64(0)
	for _, line := range v.Lines {
		pieces += line.Quantity
	}
	tall := leading(s.body) + 2*s.pad
	return block{keep: true, height: tall, draw: func(y float64) {
		base := y + s.pad + ascent(s.body)
		v.canvas.Line(s.left(), y, s.right(), y, s.rule, Black)
		v.canvas.Text(s.left(), base, v.set(v.heads.Goods, typeset.Regular), s.body, Black)
		if net := v.NetWeight(); net > 0 {
			t.number(columnNet, base, kilograms(net), typeset.Regular, Black)
		}
		t.number(columnQuantity, base, strconv.FormatInt(pieces, 10), typeset.Regular, Black)
		t.number(columnAmount, base, v.language.Amount(goods), typeset.Regular, Black)
	}}
}

// charges lists what is added and taken off, and the total.
func (v *invoice) charges(t *table) block {
	s := v.sheet
	charges := v.Charges()
	total, _ := v.Total()
	step := leading(s.body) + s.pad
	tall := float64(len(charges))*step + leading(s.strong) + 2*s.pad
	left := t.x[columnQuantity]
	return block{keep: true, height: tall + s.gap, draw: func(y float64) {
		for _, charge := range charges {
			base := y + ascent(s.body)
			v.lines(left, y, v.beside(v.charge(charge.Field), t, s.body, typeset.Regular), Black)
			t.number(columnAmount, base, v.language.Amount(charge.Amount), typeset.Regular, Black)
			y += step
		}
		v.canvas.Line(left, y, s.right(), y, s.rule, Black)
		base := y + s.pad + ascent(s.strong)
		caption := v.beside(v.heads.Total+" "+total.Currency, t, s.strong, typeset.Bold)
		v.lines(left, base-ascent(caption.Size), caption, Black)
		room := s.right() - left - width(caption) - 3
		sum := typeset.Fit(v.language.Amount(total), typeset.Bold, typeset.Box{Width: room, Lines: 1, Size: s.strong, Smallest: 5})
		v.linesRight(s.right(), base-ascent(sum.Size), sum, Black)
	}}
}

// charge gives the name of a sum beside the goods.
func (v *invoice) charge(field string) string {
	switch field {
	case "freight":
		return v.heads.Freight
	case "insurance":
		return v.heads.Insurance
	case "packing":
		return v.heads.Packing
	}
	return v.heads.Discount
}

// beside sets a name left of its sum in the column of amounts.
func (v *invoice) beside(text string, t *table, size typeset.Points, style typeset.Style) typeset.Block {
	room := t.x[columnAmount] - t.gutter - t.x[columnQuantity]
	return typeset.Fit(text, style, typeset.Box{Width: room, Lines: 1, Size: size, Smallest: smallest})
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

// signature stays with the declaration: who signs, where and when, and room for the hand.
func (v *invoice) signature() block {
	s, grid := v.sheet, v.sheet.grid()
	place := strings.Trim(v.SignedAt+", "+v.Date, ", ")
	values := []struct{ field, caption, value string }{
		{"signatory", v.heads.Signatory, v.Signatory}, {"signed_at", v.heads.PlaceAndDate, place}, {"", v.heads.Signature, ""},
	}
	blocks, captions := make([]typeset.Block, len(values)), make([]typeset.Block, len(values))
	under := 0.0
	room := 9.0 // for a signature by hand
	for i, f := range values {
		if f.value != "" {
			blocks[i] = v.fit(f.field, f.value, typeset.Regular, typeset.Box{Width: grid[i].width, Lines: 2, Size: s.body, Smallest: s.body - 2, Most: 4})
		}
		captions[i] = v.caption(f.caption, grid[i].width)
		room, under = max(room, height(blocks[i])+1), max(under, height(captions[i]))
	}
	return block{keep: true, height: room + 1 + under, draw: func(y float64) {
		for i := range values {
			v.lines(grid[i].x, y+room-height(blocks[i])-0.6, blocks[i], Black)
			v.canvas.Line(grid[i].x, y+room, grid[i].x+grid[i].width, y+room, s.hairline*1.5, Black)
			v.label(grid[i].x, y+room+1, captions[i])
		}
	}}
}

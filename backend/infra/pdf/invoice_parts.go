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
		{"number", "Invoice number", v.Number},
		{"date", "Date", v.Date},
		{"order_reference", "Order", v.OrderReference},
		{"receiver_reference", "Receiver's reference", v.ReceiverReference},
		{"carrier", "Carrier", v.Carrier},
		{"tracking_codes", "Waybill or tracking", strings.Join(v.TrackingCodes, ", ")},
		{"incoterms", "Incoterms 2020", strings.TrimSpace(v.Incoterms + " " + v.Place)},
		{"reason", "Reason for export", v.Reason},
		{"lines", "Currency", v.Lines[0].UnitPrice.Currency},
		{"ioss", "IOSS number", v.IOSS},
	}
	if v.Packages > 0 {
		facts = append(facts, fact{"packages", "Packages", strconv.Itoa(v.Packages)})
	}
	if v.GrossWeight > 0 {
		facts = append(facts, fact{"gross_weight", "Gross weight", kilograms(v.GrossWeight) + " kg"})
	}
	if net := v.NetWeight(); net > 0 {
		facts = append(facts, fact{"net_weight", "Net weight", kilograms(net) + " kg"})
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
		{title: "Description", lines: 8},
		{title: "HS code", width: 18.5},
		{title: "Origin", width: 10},
		{title: "Net kg", width: 13, right: true},
		{title: "Quantity", width: 13, right: true},
		{title: "Unit price", width: 17.5, right: true},
		{title: "Amount", width: 21, right: true},
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
		{field: path + "unit_price", text: grouped(line.UnitPrice)},
		{field: path + "unit_price", text: grouped(amount)},
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
		v.canvas.Text(s.left(), base, v.set("Goods", typeset.Regular), s.body, Black)
		if net := v.NetWeight(); net > 0 {
			t.number(columnNet, base, kilograms(net), typeset.Regular, Black)
		}
		t.number(columnQuantity, base, strconv.FormatInt(pieces, 10), typeset.Regular, Black)
		t.number(columnAmount, base, grouped(goods), typeset.Regular, Black)
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
			v.canvas.Text(left, base, v.set(charge.Name, typeset.Regular), s.body, Black)
			t.number(columnAmount, base, grouped(charge.Amount), typeset.Regular, Black)
			y += step
		}
		v.canvas.Line(left, y, s.right(), y, s.rule, Black)
		base := y + s.pad + ascent(s.strong)
		v.canvas.Text(left, base, v.set("Total "+total.Currency, typeset.Bold), s.strong, Black)
		room := s.right() - left - v.set("Total "+total.Currency, typeset.Bold).Width(s.strong) - 3
		sum := typeset.Fit(grouped(total), typeset.Bold, typeset.Box{Width: room, Lines: 1, Size: s.strong, Smallest: 5})
		v.linesRight(s.right(), base-ascent(sum.Size), sum, Black)
	}}
}

func (v *invoice) declaration() block {
	s := v.sheet
	text := v.Declaration
	if strings.TrimSpace(text) == "" {
		text = document.DefaultDeclaration
	}
	set := v.fit("declaration", text, typeset.Regular, typeset.Box{Width: s.content(), Lines: 8, Size: s.body, Smallest: s.body - 2, Most: 3 * longest})
	return block{height: leading(s.small) + 0.6 + height(set) + s.gap, draw: func(y float64) {
		down := v.label(s.left(), y, "Declaration") + 0.6
		v.lines(s.left(), y+down, set, Black)
	}}
}

// signature stays with the declaration: who signs, where and when, and room for the hand.
func (v *invoice) signature() block {
	s, grid := v.sheet, v.sheet.grid()
	place := strings.Trim(v.SignedAt+", "+v.Date, ", ")
	values := []struct{ field, caption, value string }{
		{"signatory", "Name and position", v.Signatory}, {"signed_at", "Place and date", place}, {"", "Signature", ""},
	}
	blocks := make([]typeset.Block, len(values))
	room := 9.0 // for a signature by hand
	for i, f := range values {
		if f.value != "" {
			blocks[i] = v.fit(f.field, f.value, typeset.Regular, typeset.Box{Width: grid[i].width, Lines: 2, Size: s.body, Smallest: s.body - 2, Most: 4})
		}
		room = max(room, height(blocks[i])+1)
	}
	return block{keep: true, height: room + 1 + leading(s.small), draw: func(y float64) {
		for i, f := range values {
			v.lines(grid[i].x, y+room-height(blocks[i])-0.6, blocks[i], Black)
			v.canvas.Line(grid[i].x, y+room, grid[i].x+grid[i].width, y+room, s.hairline*1.5, Black)
			v.label(grid[i].x, y+room+1, f.caption)
		}
	}}
}

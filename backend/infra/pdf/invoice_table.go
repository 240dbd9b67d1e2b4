package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"packbench/backend/base/measure"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// kilograms writes a weight to the gram, so that weights under each other align.
func kilograms(g measure.Grams) string { return fmt.Sprintf("%d.%03d", g/1000, g%1000) }

// goodsTable is an invoice's table, with the places of the columns that are added up; net is 0 where weights have no column.
type goodsTable struct {
	*table
	net, quantity, amount int
}

// table has a column for each thing customs asks of a line. On small paper some stand under others.
func (v *invoice) table() goodsTable {
	h := v.heads
	columns := []column{{title: h.Description, lines: 8}}
	quantity := column{title: h.Quantity, width: 12, right: true}
	price := column{title: h.UnitPrice, width: 17.5, right: true}
	amount := column{title: h.Amount, width: 21, right: true}
	at := goodsTable{}
	if v.sheet.stacked {
		columns[0].under = unbroken(strings.Join([]string{h.HSCode, h.Origin, h.NetKilograms}, " · "))
	} else {
		columns = append(columns, column{title: h.HSCode, width: 18.5}, column{title: h.Origin, width: 12}, column{title: h.NetKilograms, width: 12, right: true})
		at.net = 3
	}
	at.quantity = len(columns)
	if v.sheet.narrow {
		amount.under = h.UnitPrice
		columns = append(columns, quantity, amount)
	} else {
		columns = append(columns, quantity, price, amount)
	}
	at.amount = len(columns) - 1
	at.table = newTable(&v.writer, v.sheet.gutter*0.5, columns)
	return at
}

func (v *invoice) cells(line document.InvoiceLine) []cell {
	net := ""
	if line.NetWeight > 0 {
		net = kilograms(line.NetWeight)
	}
	cells := make([]cell, 0, 7)
	if v.sheet.stacked {
		customs := fmt.Sprintf("HS\u00a0%s · Origin\u00a0%s · Net\u00a0%s\u00a0kg", byHand(line.HSCode, 10), byHand(line.Origin, 3), byHand(net, 6))
		cells = append(cells, cell{part{"description", line.Description}, []part{{"hs_code", customs}, {"sku", line.SKU}}})
	} else {
		cells = append(cells,
			cell{part{"description", line.Description}, []part{{"sku", line.SKU}}},
			cell{part: part{"hs_code", line.HSCode}}, cell{part: part{"origin", line.Origin}}, cell{part: part{"net_weight", net}},
		)
	}
	price := part{"unit_price", v.language.Amount(line.UnitPrice)}
	total, _ := line.Total() // Validate has added them up
	amount := cell{part: part{"unit_price", v.language.Amount(total)}}
	cells = append(cells, cell{part{"quantity", strconv.FormatInt(line.Quantity, 10)}, []part{{"unit", line.Unit}}})
	if v.sheet.narrow {
		amount.under = []part{{price.field, fmt.Sprintf(v.words().Each, price.text)}}
	} else {
		cells = append(cells, cell{part: price})
	}
	return append(cells, amount)
}

// byHand gives a line to write on for what is not given, as wide as so many characters.
func byHand(text string, characters int) string {
	if strings.TrimSpace(text) == "" {
		return strings.Repeat("_", characters)
	}
	return text
}

// sums stands under the table and stays with its last row.
func (v *invoice) sums(t goodsTable) block {
	s := v.sheet
	sum, _ := v.Goods()
	pieces := int64(0)
	for _, line := range v.Lines {
		pieces += line.Quantity
	}
	net := v.NetWeight()
	tall := leading(s.body) + 2*s.pad
	return block{keep: true, height: tall, draw: func(y float64) {
		base := y + s.pad + ascent(s.body)
		v.canvas.Line(s.left(), y, s.right(), y, s.rule, Black)
		caption := v.heads.Goods
		switch {
		case net <= 0:
		case t.net > 0:
			t.number(t.net, base, kilograms(net), typeset.Regular, Black)
		default:
			caption += " · Net\u00a0" + kilograms(net) + "\u00a0kg"
		}
		v.canvas.Text(s.left(), base, v.set(caption, typeset.Regular), s.body, Black)
		t.number(t.quantity, base, strconv.FormatInt(pieces, 10), typeset.Regular, Black)
		t.number(t.amount, base, v.language.Amount(sum), typeset.Regular, Black)
	}}
}

// charges lists what is added and taken off, and the total.
func (v *invoice) charges(t goodsTable) block {
	s := v.sheet
	charges := v.Charges()
	total, _ := v.Total()
	step := leading(s.body) + s.pad
	tall := float64(len(charges))*step + leading(s.strong) + 2*s.pad
	left := t.x[t.net]
	if s.stacked {
		left = s.left() + s.content()*0.35
	}
	room := t.x[t.amount] - t.gutter - left
	beside := func(text string, size typeset.Points, style typeset.Style) typeset.Block {
		return v.own(text, style, typeset.Box{Width: room, Lines: 1, Size: size, Smallest: smallest})
	}
	return block{keep: true, height: tall + s.gap, draw: func(y float64) {
		for _, charge := range charges {
			base := y + ascent(s.body)
			v.lines(left, y, beside(v.charge(charge.Field), s.body, typeset.Regular), Black)
			t.number(t.amount, base, v.language.Amount(charge.Amount), typeset.Regular, Black)
			y += step
		}
		v.canvas.Line(left, y, s.right(), y, s.rule, Black)
		base := y + s.pad + ascent(s.strong)
		caption := beside(v.heads.Total+" "+total.Currency, s.strong, typeset.Bold)
		v.lines(left, base-ascent(caption.Size), caption, Black)
		room := s.right() - left - width(caption) - 3
		sum := v.own(v.language.Amount(total), typeset.Bold, typeset.Box{Width: room, Lines: 1, Size: s.strong, Smallest: 5})
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

package pdf

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// facts shows what is known of order and parcel. The order's reference stands with the barcode
// where there is one that says the same.
func (s *slip) facts(coded bool) block {
	facts := []fact{
		{"order_date", "Ordered", s.OrderDate},
		{"ship_date", "Shipped", s.ShipDate},
		{"service", "Service", s.Service},
		{"number", "Shipment", s.Number},
		{"parcel_index", "Parcel", s.parcel()},
		{"tracking_codes", "Tracking", strings.Join(s.TrackingCodes, ", ")},
	}
	if !coded || s.Barcode != "" && s.Barcode != s.Reference {
		facts = append([]fact{{"reference", "Order", s.Reference}}, facts...)
	}
	return s.factsBlock(facts)
}

// parcel says which parcel it is and what it weighs.
func (s *slip) parcel() string {
	var parts []string
	switch {
	case s.ParcelIndex > 0:
		parts = append(parts, fmt.Sprintf("%d of %d", s.ParcelIndex, s.ParcelCount))
	case s.ParcelCount > 1:
		parts = append(parts, fmt.Sprintf("%d parcels", s.ParcelCount))
	}
	if s.Weight > 0 {
		parts = append(parts, s.Weight.String())
	}
	return strings.Join(parts, " · ")
}

// compact reports whether the article's number stands under its description, for want of width.
func (s *slip) compact() bool { return s.sheet.narrow || s.Priced() }

func (s *slip) table() *table {
	number := 17.0
	switch {
	case s.sheet.narrow:
		number = 12
	case s.sheet.width < 200:
		number = 13
	}
	columns := []column{
		{title: "Description", lines: 8},
		{title: "Ordered", width: number, right: true, ink: s.sheet.second},
		{title: "Shipped", width: number, right: true, style: typeset.Bold},
	}
	if !s.compact() {
		sku := column{title: "SKU", width: s.sheet.content() * 0.19, lines: 3}
		columns = append([]column{sku}, columns...)
	}
	if s.Priced() && !s.sheet.narrow {
		columns = append(columns, column{title: "Price", width: number * 1.25, right: true})
	}
	if s.Priced() {
		columns = append(columns, column{title: "Amount", width: number * 1.4, right: true})
	}
	return newTable(&s.writer, s.sheet.gutter, columns)
}

func (s *slip) cells(i int, line document.SlipLine) []cell {
	path := "lines." + strconv.Itoa(i) + "."
	description := cell{field: path + "description", text: line.Description, underField: path + "sku"}
	var notes []string
	if s.compact() && line.SKU != "" {
		notes = append(notes, line.SKU)
	}
	if short := line.Ordered - line.Shipped; short > 0 {
		notes = append(notes, fmt.Sprintf("%d to follow", short))
	}
	if s.sheet.narrow && s.Priced() {
		notes = append(notes, grouped(line.UnitPrice)+" each")
	}
	description.under = strings.Join(notes, " · ")
	cells := []cell{
		description,
		{field: path + "ordered", text: strconv.FormatInt(line.Ordered, 10)},
		{field: path + "shipped", text: strconv.FormatInt(line.Shipped, 10)},
	}
	if !s.compact() {
		cells = append([]cell{{field: path + "sku", text: line.SKU}}, cells...)
	}
	if s.Priced() && !s.sheet.narrow {
		cells = append(cells, cell{field: path + "unit_price", text: grouped(line.UnitPrice)})
	}
	if s.Priced() {
		amount, _ := line.UnitPrice.Times(line.Shipped) // Validate has added them up
		cells = append(cells, cell{field: path + "unit_price", text: grouped(amount)})
	}
	return cells
}

// totals stands under the table and stays with its last row.
func (s *slip) totals(t *table) block {
	sheet := s.sheet
	ordered, shipped := s.Pieces()
	at := 1 // the column of pieces ordered
	if !s.compact() {
		at = 2
	}
	lines := strconv.Itoa(len(s.Lines)) + " lines"
	if len(s.Lines) == 1 {
		lines = "1 line"
	}
	tall := leading(sheet.body) + 2*sheet.pad
	return block{keep: true, height: tall + sheet.gap, draw: func(y float64) {
		c := s.canvas
		base := y + sheet.pad + ascent(sheet.body)
		c.Line(sheet.left(), y, sheet.right(), y, sheet.rule, Black)
		c.Text(sheet.left(), base, s.set("Total pieces", typeset.Bold), sheet.body, Black)
		if !sheet.narrow {
			c.TextRight(t.x[at]-sheet.gutter, base, s.set(lines, typeset.Regular), sheet.small, sheet.second)
		}
		t.number(at, base, strconv.FormatInt(ordered, 10), typeset.Regular, sheet.second)
		t.number(at+1, base, strconv.FormatInt(shipped, 10), typeset.Bold, Black)
		if s.Priced() {
			total, _ := s.Total()
			t.number(len(t.columns)-1, base, grouped(total)+" "+total.Currency, typeset.Bold, Black)
		}
	}}
}

func (s *slip) returns() block {
	sheet := s.sheet
	set := s.fit("returns", s.Returns, typeset.Regular, typeset.Box{Width: sheet.content(), Lines: 8, Size: sheet.body - 1, Smallest: sheet.body - 2.5, Most: 3 * longest})
	return block{height: leading(sheet.small) + 0.6 + height(set), draw: func(y float64) {
		down := s.label(sheet.left(), y, "Returns") + 0.6
		s.lines(sheet.left(), y+down, set, Black)
	}}
}

// orderCode is the order's barcode with the text it holds under it.
type orderCode struct {
	caption string
	row     bool // too wide for the grid: it stands in a row of its own
	height  float64
	draw    func(x, y float64)
}

// orderCode makes the order's barcode. One that can't be made or would be too dense to be read is
// left out and reported.
func (s *slip) orderCode() orderCode {
	content, field := s.Barcode, "barcode"
	if content == "" {
		content, field = s.Reference, "reference"
	}
	if content == "" {
		return orderCode{}
	}
	modules, err := EncodeCode128(content)
	if err != nil {
		s.warn(field, "%s. The slip was drawn without a barcode.", err)
		return orderCode{}
	}
	code := orderCode{row: s.sheet.narrow, caption: "Order"}
	if content != s.Reference {
		code.caption = "Shipment"
	}
	grid := s.sheet.grid()
	width := grid[len(grid)-1].width
	module := modules.Module(width, s.sheet.dot)
	if code.row || module == 0 {
		code.row, width = true, s.sheet.content()
		module = modules.Module(width, s.sheet.dot)
	}
	if module == 0 {
		s.warn(field, "%q is too long for a barcode on this paper; up to %d characters fit. The slip was drawn without one.", content, (int(width/smallestModule)-35)/11)
		return orderCode{}
	}
	text := typeset.Fit(content, typeset.Regular, typeset.Box{Width: width, Lines: 1, Size: s.sheet.body, Smallest: s.sheet.small - 2})
	code.height = s.sheet.bars + 0.8 + height(text)
	code.draw = func(x, y float64) {
		x = math.Round(x/s.sheet.dot) * s.sheet.dot
		s.canvas.FillRects(modules.Bars(x, y, module, s.sheet.bars), Black)
		s.lines(x, y+s.sheet.bars+0.8, text, Black)
	}
	return code
}

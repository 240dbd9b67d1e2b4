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
func (s *slip) facts(coded bool) []block {
	words := s.words().Slip
	facts := []fact{
		{"order_date", words.OrderDate, s.OrderDate},
		{"ship_date", words.ShipDate, s.ShipDate},
		{"service", words.Service, s.Service},
		{"number", words.Shipment, s.Number},
		{"parcel_index", words.Parcel, s.parcel()},
		{"tracking_codes", words.Tracking, strings.Join(s.TrackingCodes, ", ")},
	}
	if !coded || s.Barcode != s.Reference {
		facts = append([]fact{{"reference", words.Order, s.Reference}}, facts...)
	}
	return s.factRows(facts)
}

// parcel says which parcel it is and what it weighs.
func (s *slip) parcel() string {
	var parts []string
	switch {
	case s.ParcelIndex > 0:
		parts = append(parts, fmt.Sprintf(s.words().ParcelOf, s.ParcelIndex, s.ParcelCount))
	case s.ParcelCount > 1:
		parts = append(parts, s.language.Count(int64(s.ParcelCount), s.words().Parcels))
	}
	if s.Weight > 0 {
		parts = append(parts, s.language.Weight(s.Weight))
	}
	return strings.Join(parts, " · ")
}

func (s *slip) table() *table {
	number := 17.0
	switch {
	case s.sheet.narrow:
		number = 11
	case s.sheet.width < 200:
		number = 13
	}
	words := s.words().Slip
	columns := []column{
		{title: words.Description, lines: 8},
		{title: words.Ordered, width: number, right: true, ink: s.sheet.second},
		{title: words.Shipped, width: number, right: true, style: typeset.Bold},
	}
	if !s.compact {
		sku := column{title: words.SKU, width: s.sheet.content() * 0.19, lines: 3}
		columns = append([]column{sku}, columns...)
	}
	if s.Priced() && !s.sheet.narrow {
		columns = append(columns, column{title: words.Price, width: number * 1.25, right: true})
	}
	if s.Priced() {
		columns = append(columns, column{title: words.Amount, width: number * 1.4, right: true})
	}
	gutter := s.sheet.gutter
	if s.Priced() {
		gutter *= 0.75 // many columns
	}
	return newTable(&s.writer, gutter, columns)
}

func (s *slip) cells(line document.SlipLine) []cell {
	cells := s.row[:0]
	if !s.compact {
		cells = append(cells, cell{part: part{"sku", line.SKU}})
	}
	cells = append(cells,
		cell{part: part{"description", line.Description}, under: s.notes(line)},
		cell{part: part{"ordered", s.pieces(line.Ordered)}},
		cell{part: part{"shipped", s.pieces(line.Shipped)}},
	)
	if s.Priced() && !s.sheet.narrow {
		cells = append(cells, cell{part: part{"unit_price", s.language.Amount(line.UnitPrice)}})
	}
	if s.Priced() {
		amount, _ := line.UnitPrice.Times(line.Shipped) // Validate has added them up
		cells = append(cells, cell{part: part{"unit_price", s.language.Amount(amount)}})
	}
	s.row = cells
	return cells
}

// notes stand under a line's description.
func (s *slip) notes(line document.SlipLine) []part {
	var notes []string
	if s.compact && line.SKU != "" {
		notes = append(notes, line.SKU)
	}
	if short := line.Ordered - line.Shipped; short > 0 {
		notes = append(notes, fmt.Sprintf(s.words().ToFollow, s.pieces(short)))
	}
	if s.sheet.narrow && s.Priced() {
		notes = append(notes, fmt.Sprintf(s.words().Each, s.language.Amount(line.UnitPrice)))
	}
	if len(notes) == 0 {
		return nil
	}
	return []part{{"sku", strings.Join(notes, " · ")}}
}

// totals stands under the table and stays with its last row.
func (s *slip) totals(t *table) block {
	sheet := s.sheet
	ordered, shipped := s.Pieces()
	at := 1 // the column of pieces ordered
	if !s.compact {
		at = 2
	}
	words := s.words()
	lines := s.language.Count(int64(len(s.Lines)), words.Lines)
	tall := leading(sheet.body) + 2*sheet.pad
	return block{keep: true, height: tall + sheet.gap, draw: func(y float64) {
		c := s.canvas
		base := y + sheet.pad + ascent(sheet.body)
		c.Line(sheet.left(), y, sheet.right(), y, sheet.rule, Black)
		room := t.x[at] - sheet.gutter - sheet.left()
		total := s.own(words.Slip.TotalPieces, typeset.Bold, typeset.Box{Width: room, Lines: 1, Size: sheet.body, Smallest: smallest})
		s.lines(sheet.left(), base-ascent(total.Size), total, Black)
		if counted := s.set(lines, typeset.Regular); width(total)+sheet.gutter+counted.Width(sheet.small) <= room {
			c.TextRight(t.x[at]-sheet.gutter, base, counted, sheet.small, sheet.second)
		}
		t.number(at, base, s.pieces(ordered), typeset.Regular, sheet.second)
		t.number(at+1, base, s.pieces(shipped), typeset.Bold, Black)
		if s.Priced() {
			total, _ := s.Total()
			t.number(len(t.columns)-1, base, s.language.Money(total), typeset.Bold, Black)
		}
	}}
}

// pieces writes a number of articles.
func (s *slip) pieces(n int64) string { return s.language.Decimal(strconv.FormatInt(n, 10)) }

func (s *slip) returns() block {
	sheet := s.sheet
	heading := s.caption(s.words().Slip.Returns, sheet.content())
	set := s.fit("returns", s.Returns, typeset.Regular, typeset.Box{Width: sheet.content(), Lines: 8, Size: sheet.body - 1, Smallest: sheet.body - 2.5, Most: 3 * longest})
	return block{height: height(heading) + 0.6 + height(set), draw: func(y float64) {
		down := s.label(sheet.left(), y, heading) + 0.6
		s.lines(sheet.left(), y+down, set, Black)
	}}
}

// orderCode is the order's barcode with the text it holds under it.
type orderCode struct {
	caption typeset.Block
	row     bool // too wide for the grid: it stands in a row of its own
	height  float64
	draw    func(x, y float64)
}

// orderCode makes the order's barcode. One that can't be made or would be too dense to be read is
// left out and reported.
func (s *slip) orderCode() orderCode {
	content := s.Barcode
	if content == "" {
		return orderCode{}
	}
	modules, err := EncodeCode128(content)
	if err != nil {
		s.warn("barcode", "%s. The slip was drawn without a barcode.", err)
		return orderCode{}
	}
	grid := s.sheet.grid()
	width := grid[len(grid)-1].width
	code := orderCode{row: s.sheet.narrow, caption: s.caption(s.words().Slip.Order, width)}
	if content != s.Reference {
		code.caption = s.caption(s.words().Slip.Shipment, width)
	}
	module := modules.Module(width, s.sheet.dot)
	if code.row || module == 0 {
		code.row, width = true, s.sheet.content()
		module = modules.Module(width, s.sheet.dot)
	}
	if module == 0 {
		s.warn("barcode", "%q is too long for a barcode on this paper; up to %d characters fit. The slip was drawn without one.", content, (int(width/smallestModule)-35)/11)
		return orderCode{}
	}
	text := s.own(content, typeset.Regular, typeset.Box{Width: width, Lines: 1, Size: s.sheet.body, Smallest: s.sheet.small - 2})
	code.height = s.sheet.bars + 0.8 + height(text)
	code.draw = func(x, y float64) {
		x = math.Round(x/s.sheet.dot) * s.sheet.dot
		s.canvas.FillRects(modules.Bars(x, y, module, s.sheet.bars), Black)
		s.lines(x, y+s.sheet.bars+0.8, text, Black)
	}
	return code
}

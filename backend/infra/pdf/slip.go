package pdf

import (
	"context"
	"strings"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// PackingSlips draws packing slips into one file, each copies times (1 to 100), with page numbers
// of its own. The same slips give the same bytes. It returns errs.Invalid for a slip that Validate
// refuses.
func PackingSlips(ctx context.Context, slips []document.PackingSlip, copies int) (Result, error) {
	info := Info{Title: "Packing slips"}
	if len(slips) > 0 {
		info.Created = time.UnixMilli(slips[0].CreatedMs)
	}
	if len(slips) == 1 {
		info.Title = "Packing slip " + slips[0].Reference
	}
	return drawAll(ctx, info, len(slips), copies, func(c *Canvas, i int, prefix string) ([]courier.Warning, error) {
		if err := slips[i].Validate(); err != nil {
			return nil, err
		}
		s := &slip{PackingSlip: slips[i], writer: writer{canvas: c, sheet: sheetOf(slips[i].Paper), prefix: prefix}}
		s.drawAll()
		return s.warnings, nil
	})
}

// slip is a packing slip being drawn.
type slip struct {
	document.PackingSlip
	writer
}

func (s *slip) drawAll() {
	table := s.table()
	code := s.orderCode()
	blocks := []block{s.heading(), s.parties(code)}
	if code.row {
		blocks = append(blocks, block{height: code.height + s.sheet.gap, draw: func(y float64) { code.draw(s.sheet.left(), y) }})
	}
	blocks = append(blocks, s.facts(code.height > 0))
	if s.Gift && strings.TrimSpace(s.GiftNote) != "" {
		blocks = append(blocks, s.note("gift_note", "A message for you", s.GiftNote, s.sheet.strong))
	}
	if strings.TrimSpace(s.Instructions) != "" {
		blocks = append(blocks, s.note("instructions", "Instructions", s.Instructions, s.sheet.body))
	}
	for i, line := range s.Lines {
		blocks = append(blocks, table.row(s.cells(i, line)))
	}
	blocks = append(blocks, s.totals(table))
	if strings.TrimSpace(s.Returns) != "" {
		blocks = append(blocks, s.returns())
	}
	s.pages(blocks, table.header(), "Packing slip", s.Reference, s.Branding)
}

func (s *slip) heading() block {
	logo := s.logo(s.Branding)
	title := s.set("Packing slip", typeset.Bold)
	sender := s.From.CompanyName
	if sender == "" {
		sender = s.From.Name
	}
	tall := max(logo.height, leading(s.sheet.title))
	return block{height: tall + s.sheet.gap, draw: func(y float64) {
		c := s.canvas
		c.Text(s.sheet.left(), y+ascent(s.sheet.title), title, s.sheet.title, Black)
		if logo.picture != nil {
			c.Image(logo.picture, Rect{s.sheet.right() - logo.width, y, logo.width, logo.height})
			return
		}
		box := typeset.Box{Width: s.sheet.content() - title.Width(s.sheet.title) - s.sheet.gutter, Lines: 1, Size: s.sheet.strong + 1, Smallest: s.sheet.small}
		s.linesRight(s.sheet.right(), y+ascent(s.sheet.title)-ascent(s.sheet.strong+1), typeset.Fit(sender, typeset.Bold, box), Black)
	}}
}

// parties shows who gets the parcel and who sends it, and the order as a barcode.
func (s *slip) parties(code orderCode) block {
	sheet, grid := s.sheet, s.sheet.grid()
	to := s.address("to", s.To, s.From.CountryISO, grid[0].width, sheet.strong-0.5)
	from := s.address("from", s.From, s.To.CountryISO, grid[1].width, sheet.body-0.5)
	caption := leading(sheet.small) + 0.6
	tall := max(stackHeight(to), stackHeight(from))
	if !code.row {
		tall = max(tall, code.height)
	}
	return block{height: caption + tall + sheet.gap, draw: func(y float64) {
		s.label(grid[0].x, y, "Deliver to")
		s.stack(grid[0].x, y+caption, to)
		s.label(grid[1].x, y, "From")
		s.stack(grid[1].x, y+caption, from)
		if !code.row && code.height > 0 {
			s.label(grid[2].x, y, code.caption)
			code.draw(grid[2].x, y+caption+0.8)
		}
	}}
}

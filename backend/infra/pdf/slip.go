package pdf

import (
	"context"
	"slices"
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
	return drawAll(ctx, info, len(slips), copies, func(w writer, i int) ([]courier.Warning, error) {
		return slipOn(w, slips[i])
	})
}

func slipOn(w writer, content document.PackingSlip) ([]courier.Warning, error) {
	if err := content.Validate(); err != nil {
		return nil, err
	}
	w.sheet, w.language = sheetOf(content.Paper), content.Language
	s := &slip{PackingSlip: content, writer: w}
	numbered := func(l document.SlipLine) bool { return l.SKU != "" }
	s.compact = s.sheet.narrow || s.Priced() || !slices.ContainsFunc(s.Lines, numbered)
	s.drawAll()
	return s.warnings, nil
}

// slip is a packing slip being drawn.
type slip struct {
	document.PackingSlip
	writer
	row     []cell
	compact bool // the article's number stands under its description: for want of width, or of numbers
}

func (s *slip) drawAll() {
	table := s.table()
	code := s.orderCode()
	blocks := []block{s.heading(), s.parties(code)}
	if code.row {
		blocks = append(blocks, block{height: code.height + s.sheet.gap, draw: func(y float64) { code.draw(s.sheet.left(), y) }})
	}
	blocks = append(blocks, s.facts(code.height > 0)...)
	switch {
	case s.Gift && strings.TrimSpace(s.GiftNote) != "":
		blocks = append(blocks, s.note("gift_note", s.words().Slip.Message, s.GiftNote, s.sheet.strong))
	case strings.TrimSpace(s.Message) != "":
		blocks = append(blocks, s.note("message", s.words().Slip.Message, s.Message, s.sheet.strong))
	}
	if strings.TrimSpace(s.Instructions) != "" {
		blocks = append(blocks, s.note("instructions", s.words().Slip.Instructions, s.Instructions, s.sheet.body))
	}
	for i, line := range s.Lines {
		blocks = append(blocks, table.row(i, s.cells(line)))
	}
	blocks = append(blocks, s.totals(table))
	if strings.TrimSpace(s.Returns) != "" {
		blocks = append(blocks, s.returns())
	}
	s.pages(blocks, table.header(), s.words().Slip.Title, s.Reference, s.Branding)
}

func (s *slip) heading() block {
	logo := s.logo(s.Branding)
	title := s.title(s.words().Slip.Title, s.sheet.content()-logo.width-s.sheet.gutter)
	sender := s.From.CompanyName
	if sender == "" {
		sender = s.From.Name
	}
	tall := max(logo.height, height(title))
	return block{height: tall + s.sheet.gap, draw: func(y float64) {
		s.lines(s.sheet.left(), y, title, Black)
		if logo.picture != nil {
			s.canvas.Image(logo.picture, Rect{s.sheet.right() - logo.width, y, logo.width, logo.height})
			return
		}
		box := typeset.Box{Width: s.sheet.content() - width(title) - s.sheet.gutter, Lines: 1, Size: s.sheet.strong + 1, Smallest: s.sheet.small}
		s.linesRight(s.sheet.right(), y+ascent(title.Size)-ascent(s.sheet.strong+1), s.own(sender, typeset.Bold, box), Black)
	}}
}

// parties shows who gets the parcel and who sends it, and the order as a barcode.
func (s *slip) parties(code orderCode) block {
	sheet, grid := s.sheet, s.sheet.grid()
	to := s.address("to", s.To, s.From.CountryISO, grid[0].width, sheet.strong-0.5)
	from := s.address("from", s.From, s.To.CountryISO, grid[1].width, sheet.body-0.5)
	words := s.words().Slip
	deliverTo, sender := s.caption(words.DeliverTo, grid[0].width), typeset.Block{}
	if !s.From.IsZero() {
		sender = s.caption(words.From, grid[1].width)
	}
	caption := max(height(deliverTo), height(sender)) + 0.6
	tall := max(stackHeight(to), stackHeight(from))
	if !code.row {
		tall = max(tall, code.height)
	}
	return block{height: caption + tall + sheet.gap, draw: func(y float64) {
		s.label(grid[0].x, y, deliverTo)
		s.stack(grid[0].x, y+caption, to)
		s.label(grid[1].x, y, sender)
		s.stack(grid[1].x, y+caption, from)
		if !code.row && code.height > 0 {
			s.label(grid[2].x, y, code.caption)
			code.draw(grid[2].x, y+caption+0.8)
		}
	}}
}

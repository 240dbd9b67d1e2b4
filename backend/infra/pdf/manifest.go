package pdf

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// Manifests draws manifests into one file, each with page numbers of its own. The same manifests give the same bytes. It
// returns errs.Invalid for a manifest that Validate refuses.
func Manifests(ctx context.Context, manifests []document.Manifest) (Result, error) {
	info := Info{Title: "Manifests"}
	if len(manifests) > 0 {
		info.Created = time.UnixMilli(manifests[0].CreatedMs)
	}
	if len(manifests) == 1 {
		info.Title = "Manifest " + manifests[0].Courier + " " + manifests[0].Date
	}
	return drawAll(ctx, info, len(manifests), 1, func(w writer, i int) ([]courier.Warning, error) {
		return manifestOn(w, manifests[i])
	})
}

func manifestOn(w writer, content document.Manifest) ([]courier.Warning, error) {
	if err := content.Validate(); err != nil {
		return nil, err
	}
	w.sheet, w.language = sheetOf(content.Paper), content.Language
	m := &manifest{Manifest: content, writer: w}
	m.drawAll()
	return m.warnings, nil
}

// manifest is a manifest being drawn.
type manifest struct {
	document.Manifest
	writer
}

// The places of the columns that are added up.
const (
	columnTracking = 3
	columnParcels  = 4
	columnWeight   = 5
)

func (m *manifest) drawAll() {
	table := m.table()
	blocks := append([]block{m.heading()}, m.facts()...)
	for i, line := range m.Lines {
		blocks = append(blocks, table.row(i, m.cells(line)))
	}
	blocks = append(blocks, m.totals(table), m.statement(), m.signatures(m.words().Manifest.HandedOverBy), m.signatures(m.words().Manifest.CollectedBy))
	m.pages(blocks, table.header(), m.name(), m.Courier+", "+m.Date, m.Branding)
}

// name is what the paper is called, with the number of the day that it closed.
func (m *manifest) name() string {
	return strings.TrimSpace(m.words().Manifest.Title + " " + m.Number)
}

func (m *manifest) heading() block {
	logo := m.logo(m.Branding)
	room := m.sheet.content() - logo.width - m.sheet.gutter
	if m.Testing {
		room -= m.testMarkWidth() + m.sheet.gutter
	}
	title := m.title(m.name(), room*0.65)
	name := m.fit("courier", m.Courier, typeset.Bold, typeset.Box{
		Width: room - width(title) - m.sheet.gutter, Lines: 1, Size: m.sheet.strong + 2, Smallest: m.sheet.small, Most: 2,
	})
	tall := max(logo.height, height(title), ascent(title.Size)-ascent(name.Size)+height(name))
	return block{height: tall + m.sheet.gap, draw: func(y float64) {
		c, s := m.canvas, m.sheet
		base := y + ascent(title.Size)
		m.lines(s.left(), y, title, Black)
		x := s.left() + width(title) + s.gutter
		m.lines(x, base-ascent(name.Size), name, Black)
		if m.Testing {
			m.testMark(x+width(name)+s.gutter, base)
		}
		if logo.picture != nil {
			c.Image(logo.picture, Rect{s.right() - logo.width, y, logo.width, logo.height})
		}
	}}
}

// width gives the width of a block's widest line.
func width(b typeset.Block) (widest float64) {
	for _, line := range b.Lines {
		widest = max(widest, line.Width(b.Size))
	}
	return widest
}

func (m *manifest) facts() []block {
	parcels, weight := m.Totals()
	words := m.words().Manifest
	return m.factRows([]fact{
		{"date", words.Date, m.Date},
		{"sender", words.Sender, m.Sender},
		{"collected", words.CollectedFrom, m.Collected},
		{"account", words.Account, m.Account},
		{"lines", words.Shipments, strconv.Itoa(len(m.Lines))},
		{"lines", words.ParcelsAndWeight, fmt.Sprintf("%d · %s", parcels, m.language.Weight(weight))},
	})
}

func (m *manifest) table() *table {
	words := m.words().Manifest
	return newTable(&m.writer, m.sheet.gutter*0.75, []column{
		{title: words.Number, width: 19, lines: 2},
		{title: words.Recipient, lines: 2},
		{title: words.Service, width: 27, lines: 2},
		{title: words.Tracking, width: 36, lines: 8},
		{title: words.Parcels, width: 12, right: true},
		{title: words.Weight, width: 16, right: true},
	})
}

func (m *manifest) cells(line document.ManifestLine) []cell {
	return []cell{
		{part: part{"number", line.Number}, under: []part{{"reference", line.Reference}}},
		{part: part{"recipient", line.Recipient}, under: []part{{"place", line.Place}}},
		{part: part{"service", line.Service}},
		{part: part{"tracking_codes", strings.Join(line.TrackingCodes, " ")}},
		{part: part{"parcels", strconv.Itoa(line.Parcels)}},
		{part: part{"weight", m.language.Weight(line.Weight)}},
	}
}

// totals stands under the table and stays with its last row.
func (m *manifest) totals(t *table) block {
	s := m.sheet
	parcels, weight := m.Totals()
	tall := leading(s.body) + 2*s.pad
	return block{keep: true, height: tall + s.gap, draw: func(y float64) {
		base := y + s.pad + ascent(s.body)
		m.canvas.Line(s.left(), y, s.right(), y, s.rule, Black)
		m.canvas.Text(s.left(), base, m.set(m.words().Manifest.Total, typeset.Bold), s.body, Black)
		count := m.set(m.language.Count(int64(len(m.Lines)), m.words().Shipments), typeset.Regular)
		m.canvas.Text(t.x[columnTracking], base, count, s.body, Black)
		t.number(columnParcels, base, strconv.Itoa(parcels), typeset.Bold, Black)
		t.number(columnWeight, base, m.language.Weight(weight), typeset.Bold, Black)
	}}
}

// statement is what both sign.
func (m *manifest) statement() block {
	s := m.sheet
	parcels, _ := m.Totals()
	text := fmt.Sprintf(m.words().Statement, m.language.Count(int64(parcels), m.words().Parcels), m.Courier)
	set := m.fit("courier", text, typeset.Regular, typeset.Box{Width: s.content(), Lines: 4, Size: s.body, Smallest: s.body - 2})
	return block{height: height(set) + s.gap, draw: func(y float64) { m.lines(s.left(), y, set, Black) }}
}

// signatures is a line for one of the two: name, date and time, signature. Statement and lines stay on one page.
func (m *manifest) signatures(who string) block {
	s, grid := m.sheet, m.sheet.grid()
	const room = 11.0 // for writing by hand
	words := m.words()
	captions := make([]typeset.Block, len(grid))
	under := 0.0
	for i, caption := range []string{fmt.Sprintf(words.SignedBy, who), words.Manifest.DateAndTime, words.Manifest.Signature} {
		captions[i] = m.caption(caption, grid[i].width)
		under = max(under, height(captions[i]))
	}
	return block{keep: true, height: room + 1 + under + s.gap*0.5, draw: func(y float64) {
		for i, caption := range captions {
			m.canvas.Line(grid[i].x, y+room, grid[i].x+grid[i].width, y+room, s.hairline*1.5, Black)
			m.label(grid[i].x, y+room+1, caption)
		}
	}}
}

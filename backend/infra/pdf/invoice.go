package pdf

import (
	"context"
	"strings"
	"time"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// CommercialInvoices draws commercial invoices into one file, each copies times (1 to 100) and with
// page numbers of its own. The same invoices give the same bytes. What customs will miss is among
// the warnings. It returns errs.Invalid for an invoice that Validate refuses.
func CommercialInvoices(ctx context.Context, invoices []document.CommercialInvoice, copies int) (Result, error) {
	info := Info{Title: "Commercial invoices"}
	if len(invoices) > 0 {
		info.Created = time.UnixMilli(invoices[0].CreatedMs)
	}
	if len(invoices) == 1 {
		info.Title = "Commercial invoice " + invoices[0].Number
	}
	return drawAll(ctx, info, len(invoices), copies, func(w writer, i int) ([]courier.Warning, error) {
		return invoiceOn(w, invoices[i])
	})
}

func invoiceOn(w writer, content document.CommercialInvoice) ([]courier.Warning, error) {
	if err := content.Validate(); err != nil {
		return nil, err
	}
	w.sheet, w.language = sheetOf(content.Paper), document.English
	v := &invoice{CommercialInvoice: content, writer: w, heads: content.Language.InvoiceWords()}
	for _, missing := range v.Missing() {
		v.warn(missing.Field, "%s", missing.Message)
	}
	v.drawAll()
	return v.warnings, nil
}

// invoice is a commercial invoice being drawn. Numbers and dates are English whatever the second language, because 1.234
// must not mean two things to those who read it.
type invoice struct {
	document.CommercialInvoice
	writer
	heads *document.InvoiceWords
}

func (v *invoice) drawAll() {
	table := v.table()
	blocks := append([]block{v.heading(), v.parties()}, v.facts()...)
	for i, line := range v.Lines {
		blocks = append(blocks, table.row(i, v.cells(line)))
	}
	blocks = append(blocks, v.sums(table), v.charges(table))
	if strings.TrimSpace(v.Preference) != "" {
		blocks = append(blocks, v.note("preference", v.heads.Preference, v.Preference, v.sheet.body))
	}
	blocks = append(append(blocks, v.declaration()), v.signature()...)
	v.pages(blocks, table.header(), v.words().Invoice.Title, v.Number, v.Branding)
}

func (v *invoice) heading() block {
	logo := v.logo(v.Branding)
	room := v.sheet.content() - logo.width - v.sheet.gutter
	if v.Testing {
		room -= v.testMarkWidth() + v.sheet.gutter
	}
	title, second := v.title(v.words().Invoice.Title, room), typeset.Block{}
	if own := v.Language.Words().Invoice.Title; own != v.words().Invoice.Title {
		second = v.own(own, typeset.Regular, typeset.Box{Width: room, Lines: 1, Size: v.sheet.strong + 1, Smallest: v.sheet.small})
	}
	tall := max(logo.height, height(title)+height(second))
	return block{height: tall + v.sheet.gap, draw: func(y float64) {
		v.lines(v.sheet.left(), y, title, Black)
		v.lines(v.sheet.left(), y+height(title), second, Black)
		if v.Testing {
			v.testMark(v.sheet.left()+width(title)+v.sheet.gutter, y+ascent(title.Size))
		}
		if logo.picture != nil {
			v.canvas.Image(logo.picture, Rect{v.sheet.right() - logo.width, y, logo.width, logo.height})
		}
	}}
}

// parties shows exporter, importer and, where it is another, consignee, below the importer where there are but two columns.
func (v *invoice) parties() block {
	grid := v.sheet.grid()
	exporter := v.party(v.heads.Exporter, "exporter", v.Exporter, grid[0])
	if v.Consignee.IsZero() {
		importer := v.party(v.heads.ImporterAndConsignee, "importer", v.Importer, grid[1])
		importer.caption = v.caption(v.heads.ImporterAndConsignee, v.sheet.right()-grid[1].x) // what is right of it is free
		return v.sideBySide([]party{exporter}, []party{importer})
	}
	importer := v.party(v.heads.Importer, "importer", v.Importer, grid[1])
	consignee := v.party(v.heads.Consignee, "consignee", v.Consignee, grid[len(grid)-1])
	if len(grid) > 2 {
		return v.sideBySide([]party{exporter}, []party{importer}, []party{consignee})
	}
	return v.sideBySide([]party{exporter}, []party{importer, consignee})
}

// sideBySide lays columns of parties out; the addresses at the head of each begin at the same height.
func (v *invoice) sideBySide(columns ...[]party) block {
	caption, tall := 0.0, 0.0
	for _, column := range columns {
		caption = max(caption, height(column[0].caption)+0.6)
	}
	for _, column := range columns {
		down := caption + column[0].height()
		for _, p := range column[1:] {
			down += v.sheet.gap + height(p.caption) + 0.6 + p.height()
		}
		tall = max(tall, down)
	}
	return block{height: tall + v.sheet.gap, draw: func(y float64) {
		for _, column := range columns {
			down := y + caption
			for i, p := range column {
				if i > 0 {
					down += v.sheet.gap + height(p.caption) + 0.6
				}
				v.label(p.x, down-0.6-height(p.caption), p.caption)
				addressed := v.stack(p.x, down, p.address)
				v.stack(p.x, down+addressed+partyGap, p.numbers)
				down += p.height()
			}
		}
	}}
}

// party is an address with everything customs knows a party by.
type party struct {
	span
	caption          typeset.Block
	address, numbers []typeset.Block
}

func (p party) height() float64 { return stackHeight(p.address) + partyGap + stackHeight(p.numbers) }

// partyGap is the space between the two, in millimetres.
const partyGap = 0.8

// party sets a party; a company stands before the person in it.
func (v *invoice) party(caption, field string, a postal.Address, at span) party {
	named := a
	if a.CompanyName != "" {
		named.Name, named.CompanyName = a.CompanyName, a.Name
	}
	p := party{span: at, caption: v.caption(caption, at.width), address: v.address(field, named, "", at.width, v.sheet.body)}
	for _, id := range [...]struct{ field, name, value string }{
		{".phone", "Tel.", a.Phone}, {".email", "", a.Email}, {".eori_id", "EORI", a.EORI}, {".tax_id", "VAT/tax no.", a.TaxID},
		{".company_id", "Company no.", a.CompanyID}, {".ukims_number", "UKIMS", a.UKIMS}, {".abn_number", "ABN", a.ABN},
		{".arn_number", "ARN", a.ARN}, {".gst_number", "GST", a.GST}, {".voec_number", "VOEC", a.VOEC},
	} {
		if strings.TrimSpace(id.value) == "" {
			continue
		}
		text := strings.TrimSpace(id.name + " " + id.value)
		box := typeset.Box{Width: at.width, Lines: 1, Size: v.sheet.body - 1, Smallest: v.sheet.small - 1, Most: 4}
		p.numbers = append(p.numbers, v.fit(field+id.field, text, typeset.Regular, box))
	}
	return p
}

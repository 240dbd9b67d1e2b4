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
	return drawAll(ctx, info, len(invoices), copies, func(c *Canvas, i int, prefix string) ([]courier.Warning, error) {
		if err := invoices[i].Validate(); err != nil {
			return nil, err
		}
		v := &invoice{CommercialInvoice: invoices[i], writer: writer{canvas: c, sheet: sheetOf(invoices[i].Paper), prefix: prefix}}
		for _, missing := range v.Missing() {
			v.warn(missing.Field, "%s", missing.Message)
		}
		v.drawAll()
		return v.warnings, nil
	})
}

// invoice is a commercial invoice being drawn.
type invoice struct {
	document.CommercialInvoice
	writer
}

func (v *invoice) drawAll() {
	table := v.table()
	blocks := []block{v.heading(), v.parties(), v.facts()}
	for i, line := range v.Lines {
		blocks = append(blocks, table.row(v.cells(i, line)))
	}
	blocks = append(blocks, v.sums(table), v.charges(table))
	if strings.TrimSpace(v.Preference) != "" {
		blocks = append(blocks, v.note("preference", "Statement of origin", v.Preference, v.sheet.body))
	}
	blocks = append(blocks, v.declaration(), v.signature())
	v.pages(blocks, table.header(), "Commercial invoice", v.Number, v.Branding)
}

func (v *invoice) heading() block {
	logo := v.logo(v.Branding)
	title := v.set("Commercial invoice", typeset.Bold)
	tall := max(logo.height, leading(v.sheet.title))
	return block{height: tall + v.sheet.gap, draw: func(y float64) {
		base := y + ascent(v.sheet.title)
		v.canvas.Text(v.sheet.left(), base, title, v.sheet.title, Black)
		if v.Testing {
			v.testMark(v.sheet.left()+title.Width(v.sheet.title)+v.sheet.gutter, base)
		}
		if logo.picture != nil {
			v.canvas.Image(logo.picture, Rect{v.sheet.right() - logo.width, y, logo.width, logo.height})
		}
	}}
}

// parties shows exporter, importer and, where it is another, consignee.
func (v *invoice) parties() block {
	grid := v.sheet.grid()
	list := []party{
		v.party("Exporter", "exporter", v.Exporter, grid[0].width),
		v.party("Importer", "importer", v.Importer, grid[1].width),
		v.party("Consignee", "consignee", v.Consignee, grid[2].width),
	}
	if v.Consignee.IsZero() {
		list = list[:2]
		list[1].caption = "Importer and consignee"
	}
	caption, tall := leading(v.sheet.small)+0.6, 0.0
	for _, p := range list {
		tall = max(tall, stackHeight(p.address)+partyGap+stackHeight(p.numbers))
	}
	return block{height: caption + tall + v.sheet.gap, draw: func(y float64) {
		for i, p := range list {
			v.label(grid[i].x, y, p.caption)
			down := v.stack(grid[i].x, y+caption, p.address)
			v.stack(grid[i].x, y+caption+down+partyGap, p.numbers)
		}
	}}
}

// party is an address with everything customs knows a party by.
type party struct {
	caption          string
	address, numbers []typeset.Block
}

// partyGap is the space between the two, in millimetres.
const partyGap = 0.8

// party sets a party; a company stands before the person in it.
func (v *invoice) party(caption, field string, a postal.Address, width float64) party {
	named := a
	if a.CompanyName != "" {
		named.Name, named.CompanyName = a.CompanyName, a.Name
	}
	p := party{caption: caption, address: v.address(field, named, "", width, v.sheet.body)}
	for _, id := range [...]struct{ field, name, value string }{
		{".phone", "Tel.", a.Phone}, {".email", "", a.Email}, {".eori_id", "EORI", a.EORI}, {".tax_id", "VAT/tax no.", a.TaxID},
		{".company_id", "Company no.", a.CompanyID}, {".ukims_number", "UKIMS", a.UKIMS}, {".abn_number", "ABN", a.ABN},
		{".arn_number", "ARN", a.ARN}, {".gst_number", "GST", a.GST}, {".voec_number", "VOEC", a.VOEC},
	} {
		if strings.TrimSpace(id.value) == "" {
			continue
		}
		text := strings.TrimSpace(id.name + " " + id.value)
		box := typeset.Box{Width: width, Lines: 1, Size: v.sheet.body - 1, Smallest: v.sheet.small - 1, Most: 4}
		p.numbers = append(p.numbers, v.fit(field+id.field, text, typeset.Regular, box))
	}
	return p
}

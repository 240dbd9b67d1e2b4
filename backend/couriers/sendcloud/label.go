package sendcloud

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

var mediaTypes = map[courier.Format]string{courier.PDF: "application/pdf", courier.ZPL: "application/zpl", courier.PNG: "image/png"}

// addLabel gets the label of a shipment that was bought, and the papers beside it. Without them the purchase stands all
// the same, and says so.
func (c *Courier) addLabel(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, s shipment, b *courier.Booked) {
	label, warnings, err := c.label(ctx, t, access, in, s)
	if err != nil {
		warnings = append(warnings, courier.NoLabelYet(err))
	}
	b.Label, b.Warnings = label, append(b.Warnings, warnings...)
	for _, p := range s.Parcels {
		asked := map[string]bool{}
		for _, d := range p.Documents {
			name := cmp.Or(d.Type, paperNames[d.Old])
			kind, paper := paperKinds[name]
			if !paper || asked[name] {
				continue
			}
			asked[name] = true
			file, err := c.document(ctx, t, access, "/parcels/"+strconv.FormatInt(p.ID, 10)+"/documents/"+name, mediaTypes[courier.PDF])
			if err != nil {
				b.NoPaper(kind, err)
				continue
			}
			b.AddPaper(kind, file)
		}
	}
}

// paperKinds are the documents of a parcel beside its label, paperNames what they were called before.
var (
	paperKinds = map[string]courier.PaperKind{"customs-declaration": courier.PaperCustoms, "air-waybill": courier.PaperWaybill}
	paperNames = map[string]string{
		"cn23": "customs-declaration", "cn23-default": "customs-declaration", "cp71": "customs-declaration", "commercial-invoice": "customs-declaration", "air-waybill": "air-waybill",
	}
)

// Relabel gets the labels again, in the format and size that the consignment wants now.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (label courier.Label, warnings []courier.Warning, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		s, err := c.shipment(ctx, t, access, b.CourierRef)
		if err != nil {
			return err
		}
		label, warnings, err = c.label(ctx, t, access, in, s)
		return err
	})
	return label, warnings, err
}

// label gets the labels of all parcels as one file. Sendcloud joins PDF pages; ZPL is joined here; pictures can't be.
func (c *Courier) label(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, s shipment) (courier.Label, []courier.Warning, error) {
	query := url.Values{"paper_size": {string(in.LabelSize)}}
	if len(s.Parcels) > 1 && in.LabelFormat != courier.ZPL {
		for _, p := range s.Parcels {
			query.Add("parcels", strconv.FormatInt(p.ID, 10))
		}
		file, err := c.document(ctx, t, access, "/parcel-documents/label?"+query.Encode(), mediaTypes[courier.PDF])
		if err != nil {
			return courier.Label{}, nil, err
		}
		label, warnings := labelOf(in, file)
		return label, warnings, nil
	}
	query.Set("dpi", strconv.Itoa(in.LabelDPI))
	var files [][]byte
	for _, p := range s.Parcels {
		file, err := c.document(ctx, t, access, "/parcels/"+strconv.FormatInt(p.ID, 10)+"/documents/label?"+query.Encode(), mediaTypes[in.LabelFormat])
		if err != nil {
			return courier.Label{}, nil, err
		}
		if len(s.Parcels) > 1 && courier.FormatOf(file) != courier.ZPL {
			return courier.Label{}, nil, errs.New(errs.NotOffered, "The carrier draws these labels as %s, which can't be joined to one ZPL file. Ask for PDF.", courier.FormatOf(file))
		}
		files = append(files, file)
	}
	label, warnings := labelOf(in, bytes.Join(files, []byte("\n")))
	return label, warnings, nil
}

// labelOf names what came by what it is: a carrier's own ZPL comes as ZPL, whatever was asked for.
func labelOf(in courier.Consignment, file []byte) (courier.Label, []courier.Warning) {
	label := courier.Label{Format: courier.FormatOf(file), Size: in.LabelSize, DPI: in.LabelDPI, Bytes: file}
	if label.Format == in.LabelFormat {
		return label, nil
	}
	return label, []courier.Warning{{
		Field: "shipment.label_format", Message: "The label is " + string(label.Format) + ": Sendcloud does not give this shipment's as " + string(in.LabelFormat) + ".",
	}}
}

func (c *Courier) document(ctx context.Context, t *httpx.Talk, access courier.Access, path, accept string) ([]byte, error) {
	ask := call(t, access, http.MethodGet, path, nil)
	ask.Accept = accept
	a, err := t.Ask(ctx, ask)
	if err != nil {
		return nil, err
	}
	if err := a.Refusal(); err != nil {
		return nil, err
	}
	if courier.FormatOf(a.Body) == "" || a.Is("application/json") {
		return nil, a.Unreadable("it is no label")
	}
	return a.Body, nil
}

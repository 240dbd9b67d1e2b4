package easypost

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// addLabel gets the label of a shipment that was bought, and the forms beside it. Without them the purchase stands all
// the same, and says so.
func (c *Courier) addLabel(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, s shipment, b *courier.Booked) {
	label, warnings, err := c.label(ctx, t, access, in, s)
	if err != nil {
		warnings = append(warnings, courier.NoLabelYet(err))
	}
	b.Label, b.Warnings = label, append(b.Warnings, warnings...)
	for _, form := range s.Forms {
		kind, paper := paperKinds[form.Type]
		if !paper || form.URL == "" {
			continue
		}
		a, err := t.Ask(ctx, httpx.Call{URL: form.URL, Accept: "*/*"})
		if err == nil {
			err = a.Refusal()
		}
		if err != nil {
			b.NoPaper(kind, err)
			continue
		}
		b.AddPaper(kind, a.Body)
	}
}

// paperKinds are the forms that go with a parcel or stay with its sender; others are labels of another use.
var paperKinds = map[string]courier.PaperKind{
	"commercial_invoice": courier.PaperInvoice, "cn22": courier.PaperCustoms, "cn23": courier.PaperCustoms, "high_value_report": courier.PaperReceipt,
}

// Relabel gets the label again. EasyPost makes PDF and ZPL of a label that was bought as PNG; any other stays what it is.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (label courier.Label, warnings []courier.Warning, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		s, err := c.ask(ctx, t, access, "/shipments/"+url.PathEscape(b.CourierRef))
		if err != nil {
			return err
		}
		label, warnings, err = c.label(ctx, t, access, in, s)
		return err
	})
	return label, warnings, err
}

// ask gets a shipment.
func (c *Courier) ask(ctx context.Context, t *httpx.Talk, access courier.Access, path string) (shipment, error) {
	var s shipment
	a, err := t.AskFor(ctx, call(t, access, http.MethodGet, path, nil), &s)
	if err != nil {
		return shipment{}, err
	}
	if s.ID == "" {
		return shipment{}, a.Unreadable("it tells of no shipment")
	}
	return s, nil
}

// in gives where a label is in a format, "" where it is not in it yet.
func (l postageLabel) in(f courier.Format) string {
	switch {
	case strings.HasSuffix(l.Type, "/"+string(f)):
		return l.URL
	case f == courier.PDF:
		return l.PDF
	case f == courier.ZPL:
		return l.ZPL
	}
	return ""
}

func (c *Courier) label(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, s shipment) (courier.Label, []courier.Warning, error) {
	link := s.Label.in(in.LabelFormat)
	if link == "" && in.LabelFormat != courier.PNG {
		path := "/shipments/" + url.PathEscape(s.ID) + "/label?file_format=" + strings.ToUpper(string(in.LabelFormat))
		if made, err := c.ask(ctx, t, access, path); err == nil {
			link = made.Label.in(in.LabelFormat)
		}
	}
	if link == "" {
		link = s.Label.URL
	}
	a, err := t.Ask(ctx, httpx.Call{URL: link, Accept: "*/*"})
	if err != nil {
		return courier.Label{}, nil, err
	}
	if !a.OK() {
		return courier.Label{}, nil, a.Refused("")
	}
	label := courier.Label{Format: courier.FormatOf(a.Body), Size: in.LabelSize, DPI: in.LabelDPI, Bytes: a.Body}
	switch label.Format {
	case "":
		return courier.Label{}, nil, a.Unreadable("it is no label")
	case in.LabelFormat:
		return label, nil, nil
	}
	return label, []courier.Warning{{
		Field: "shipment.label_format", Message: "The label is " + string(label.Format) + ": EasyPost does not give this shipment's as " + string(in.LabelFormat) + ".",
	}}, nil
}

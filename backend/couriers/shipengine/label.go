package shipengine

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// Find looks the label up by our id. Not bought is proved by ShipEngine's own answer that there is no such label, or by a
// label that could not be made.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		a, err := t.Ask(ctx, call(access, http.MethodGet, "/labels/external_shipment_id/"+url.PathEscape(in.ShipmentID), nil))
		if err != nil {
			return err
		}
		if a.Status == http.StatusNotFound && len(faultsOf(a)) > 0 {
			return nil
		}
		l, err := labelIn(a)
		if err != nil {
			return err
		}
		switch {
		case l.External != in.ShipmentID:
			return a.Unreadable("it tells of another shipment than the one asked for")
		case l.Status == "error":
			return nil
		case l.Status == "processing":
			return a.Unreadable("the label is not made yet")
		}
		b, found = booked(l, in), true
		c.addLabel(ctx, t, access, in, l, &b)
		return nil
	})
	return b, found, err
}

// labelIn reads a label from an answer.
func labelIn(a *httpx.Answer) (label, error) {
	var l label
	if err := a.Read(&l); err != nil {
		return label{}, err
	}
	if l.ID == "" || l.Status == "" {
		return label{}, a.Unreadable("it tells of no label")
	}
	return l, nil
}

// Relabel gets the label again in the format that the consignment wants now; its size is the one it was bought in.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (out courier.Label, warnings []courier.Warning, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		a, err := t.Ask(ctx, call(access, http.MethodGet, "/labels/"+url.PathEscape(b.CourierRef), nil))
		if err != nil {
			return err
		}
		l, err := labelIn(a)
		if err != nil {
			return err
		}
		out, warnings, err = c.file(ctx, t, access, in, l)
		return err
	})
	return out, warnings, err
}

// addLabel gets the file of a label that was bought, and the form for customs where there is one. Without them the
// purchase stands all the same, and says so.
func (c *Courier) addLabel(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, l label, b *courier.Booked) {
	file, warnings, err := c.file(ctx, t, access, in, l)
	if err != nil {
		warnings = append(warnings, courier.NoLabelYet(err))
	}
	b.Label, b.Warnings = file, append(b.Warnings, warnings...)
	if l.Form.Href == "" {
		return
	}
	form, err := c.fetch(ctx, t, access, l.Form.Href)
	if err != nil {
		b.NoPaper(courier.PaperCustoms, err)
		return
	}
	b.AddPaper(courier.PaperCustoms, form)
}

// file gets a label's file: all parcels' labels in order. It is named by what it is, because some carriers draw one
// format only.
func (c *Courier) file(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, l label) (courier.Label, []courier.Warning, error) {
	file, err := c.fetch(ctx, t, access, l.Download.of(in.LabelFormat))
	if err != nil {
		return courier.Label{}, nil, err
	}
	out := courier.Label{Format: courier.FormatOf(file), Size: in.LabelSize, DPI: in.LabelDPI, Bytes: file}
	switch out.Format {
	case "":
		return courier.Label{}, nil, errs.New(errs.Unavailable, "ShipEngine gave a label that is no PDF, ZPL or PNG.")
	case in.LabelFormat:
		return out, nil, nil
	}
	return out, []courier.Warning{{
		Field: "shipment.label_format", Message: "The label is " + string(out.Format) + ": the carrier does not draw it as " + string(in.LabelFormat) + ".",
	}}, nil
}

// fetch gives the file that a link leads to, or that stands in it.
func (*Courier) fetch(ctx context.Context, t *httpx.Talk, access courier.Access, link string) ([]byte, error) {
	if file, inline := inlined(link); inline {
		return file, nil
	}
	ask := call(access, http.MethodGet, "", nil)
	ask.URL, ask.Accept = link, "*/*"
	a, err := t.Ask(ctx, ask)
	if err != nil {
		return nil, err
	}
	return a.Body, a.Refusal()
}

// inlined gives the file that stands in a data URL (RFC 2397).
func inlined(link string) ([]byte, bool) {
	head, content, found := strings.Cut(link, ",")
	if !found || !strings.HasPrefix(head, "data:") || !strings.HasSuffix(head, ";base64") {
		return nil, false
	}
	file, err := base64.StdEncoding.DecodeString(content)
	return file, err == nil
}

package voila

import (
	"cmp"
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// file is where a label is: in the answer, behind a link that ends, or behind a key that makes such links.
type file struct{ base64, uri, key, size string }

func (l label) file() file { return file{l.Base64, l.URI, l.Key, l.Size} }

// addLabel gets the label of a shipment that was bought. Without it the purchase stands all the same, and says so.
func (c *Courier) addLabel(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, f file, b *courier.Booked) {
	label, err := c.label(ctx, t, access, in, f)
	if err != nil {
		b.Warnings = append(b.Warnings, courier.NoLabelYet(err))
		return
	}
	if label.Format != in.LabelFormat {
		b.Warnings = append(b.Warnings, courier.Warning{
			Field: "shipment.label_format", Message: "The label is " + string(label.Format) + ": the courier gives no " + string(in.LabelFormat) + ".",
		})
	}
	b.Label = label
}

// addInvoice gets the commercial invoice that Voila made by itself, as some accounts and couriers have it.
func (c *Courier) addInvoice(ctx context.Context, t *httpx.Talk, access courier.Access, made *paper, b *courier.Booked) {
	if made == nil {
		return
	}
	content, err := c.content(ctx, t, access, file{uri: made.URL, key: made.Key})
	if err != nil {
		b.NoPaper(courier.PaperInvoice, err)
		return
	}
	b.AddPaper(courier.PaperInvoice, content)
}

// Relabel gets the label's file again. NotOffered: another format than the one that was bought.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (out courier.Label, _ []courier.Warning, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		f := file{key: handleOf(b).file}
		if f.key == "" && len(b.TrackingCodes) > 0 {
			told, err := c.history(ctx, t, access, b.TrackingCodes[0])
			if err != nil {
				return err
			}
			f = told.Response.file()
		}
		if out, err = c.label(ctx, t, access, in, f); err != nil {
			return err
		}
		if out.Format != in.LabelFormat {
			return errs.New(errs.NotOffered, "Voila keeps this label as %s and gives it in no other format.", out.Format)
		}
		return nil
	})
	return out, nil, err
}

func (c *Courier) label(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, f file) (courier.Label, error) {
	out := courier.Label{Size: sizeOf(f.size, in.LabelSize), DPI: in.LabelDPI}
	content, err := c.content(ctx, t, access, f)
	if err != nil {
		return out, err
	}
	for _, format := range descriptor.Formats {
		if format.Matches(content) {
			out.Format, out.Bytes = format, content
			return out, nil
		}
	}
	return out, errs.New(errs.Unavailable, "What Voila gave is no label.")
}

// content gets a file's bytes: a link that has ended is made anew by its key.
func (c *Courier) content(ctx context.Context, t *httpx.Talk, access courier.Access, f file) ([]byte, error) {
	if f.base64 != "" {
		if content, err := base64.StdEncoding.DecodeString(f.base64); err == nil {
			return content, nil
		}
	}
	if f.uri != "" {
		content, err := c.fetch(ctx, t, f.uri)
		if err == nil || f.key == "" {
			return content, err
		}
	}
	if f.key == "" {
		return nil, errs.New(errs.Unavailable, "Voila does not say where the file is. Print it from Voila.")
	}
	var fresh struct {
		URI string `json:"uri"`
	}
	a, err := t.AskFor(ctx, call(access, http.MethodGet, "/api/pdfs/renew?"+url.Values{"key": {f.key}}.Encode(), nil), &fresh)
	if err != nil {
		return nil, err
	}
	if fresh.URI == "" {
		return nil, a.Unreadable("it gives no link to the file")
	}
	return c.fetch(ctx, t, fresh.URI)
}

// fetch follows a link, which is signed by itself: no credentials go with it.
func (c *Courier) fetch(ctx context.Context, t *httpx.Talk, link string) ([]byte, error) {
	a, err := t.Ask(ctx, httpx.Call{URL: link, Accept: "*/*"})
	if err != nil {
		return nil, err
	}
	if !a.OK() {
		return nil, a.Refused("")
	}
	return a.Body, nil
}

// sizeOf gives the size that was made, where Voila says it in words of ours.
func sizeOf(made string, wanted courier.Size) courier.Size {
	known := map[string]courier.Size{"4x6": courier.Size4x6, "6x4": courier.Size4x6, "a6": courier.SizeA6, "a4": courier.SizeA4}
	return cmp.Or(known[strings.ToLower(strings.TrimSpace(made))], wanted)
}

package desktop

import (
	"context"
	"encoding/base64"

	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
	"packbench/backend/core/template"
)

// Templates is how papers look: the site's, and those of API groups that have their own.
type Templates struct{ door *Door }

// PreviewAsk names a page of a paper under a template as it stands in the form. Number is a shipment's, 0 for a made-up one.
type PreviewAsk struct {
	Template template.Template `json:"template"`
	Kind     document.Kind     `json:"kind"`
	Number   int64             `json:"number"`
	Gift     bool              `json:"gift"`
	Page     int               `json:"page"`
}

// PreviewPage is that page as a picture.
type PreviewPage struct {
	PNG      string            `json:"png"` // base64
	Page     int               `json:"page"`
	Pages    int               `json:"pages"`
	Warnings []courier.Warning `json:"warnings"`
}

// Template gives what holds for a group, "" for the site; its version is 0 where it only follows.
func (t *Templates) Template(group string) (template.Template, error) {
	return ask(t.door, "Templates.Template", func(ctx context.Context, on *Services) (template.Template, error) {
		return on.Templates.Get(ctx, account.GroupID(group))
	})
}

// Groups lists the groups that have a template of their own.
func (t *Templates) Groups() ([]string, error) {
	return ask(t.door, "Templates.Groups", func(ctx context.Context, on *Services) ([]string, error) {
		ids, err := on.Templates.Groups(ctx)
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = string(id)
		}
		return out, err
	})
}

// Save keeps a template; its version is the one that was read.
func (t *Templates) Save(in template.Template) (template.Template, error) {
	return ask(t.door, "Templates.Save", func(ctx context.Context, on *Services) (template.Template, error) {
		return on.Templates.Save(ctx, in)
	})
}

// Reset makes a group follow the site again, or the site's papers look as at first.
func (t *Templates) Reset(group string, version int64) (template.Template, error) {
	return ask(t.door, "Templates.Reset", func(ctx context.Context, on *Services) (template.Template, error) {
		return on.Templates.Reset(ctx, account.GroupID(group), version)
	})
}

// Preview draws a page.
func (t *Templates) Preview(in PreviewAsk) (PreviewPage, error) {
	return ask(t.door, "Templates.Preview", func(ctx context.Context, on *Services) (PreviewPage, error) {
		page, err := on.Shipments.Preview(ctx, shipment.PreviewAsk(in))
		return PreviewPage{PNG: base64.StdEncoding.EncodeToString(page.PNG), Page: page.Page, Pages: page.Pages, Warnings: page.Warnings}, err
	})
}

package httpapi

import (
	"context"

	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
)

type manifested struct {
	Success    bool        `json:"success"`
	ID         int64       `json:"manifest_id"`
	Document   string      `json:"manifest_document"` // a link; "" where the paper could not be drawn yet
	Key        string      `json:"key"`
	CourierRef string      `json:"courier_manifest_id,omitempty"`
	Courier    courier.Key `json:"courier"`
	Company    string      `json:"auth_company"`
	Testing    bool        `json:"testing"`
	Shipments  int         `json:"shipment_count"`
	Duplicate  bool        `json:"duplicate,omitempty"`
}

// createManifest closes the day for a registered auth: POST {courier}/create-manifest. Without shipments named it takes all
// that is open.
func (a *api) createManifest(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	asked := courier.Key(c.PathValue("courier"))
	q := auth.Query{
		AccountID: c.account(), Courier: asked, Company: in.text("auth_company"), Testing: in.flag("testing"),
	}
	named := namedIn(in)
	if err := in.err(); err != nil {
		return nil, err
	}
	m, again, err := a.Manifests.CloseFor(ctx, q, named)
	if err != nil {
		return nil, err
	}
	out := manifested{
		Success: true, ID: m.Number, Key: m.PaperKey, CourierRef: m.CourierRef, Courier: asked, Company: m.Company, Testing: m.Testing,
		Shipments: m.Shipments, Duplicate: again,
	}
	if m.PaperKey != "" {
		out.Document = a.links(c).File(m.PaperKey)
	}
	return out, nil
}

// namedIn reads the shipments that a manifest is to have.
func namedIn(in *input) (named []manifest.Named) {
	numbers, codes := in.list("shipment_ids"), in.list("tracking_codes")
	for _, path := range numbers {
		if n := in.integer(path); n != 0 {
			named = append(named, manifest.Named{Handle: shipment.Handle{Number: n}, Path: path})
		}
	}
	for _, path := range codes {
		if code := in.text(path); code != "" {
			named = append(named, manifest.Named{Handle: shipment.Handle{TrackingCode: code}, Path: path})
		}
	}
	if len(named) == 0 && in.wrong.Len() == 0 {
		for _, name := range []string{"shipment_ids", "tracking_codes"} {
			if raw := in.fields[name]; len(raw) > 0 && string(raw) != "null" { // an empty list must not close all
				in.wrong.Add(name, "%s names no shipment. Name at least one, or leave it out to close all that is open.", name)
			}
		}
	}
	return named
}

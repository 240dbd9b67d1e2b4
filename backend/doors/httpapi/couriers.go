package httpapi

import (
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"packbench/backend/core/courier"
)

type courierRow struct {
	Key              courier.Key `json:"key"`
	Name             string      `json:"name"`
	Logo             string      `json:"logo"`
	Thumbnail        string      `json:"thumbnail"`
	Status           string      `json:"status"`
	SupportsReturns  bool        `json:"supports_returns"`
	DigitalCustoms   bool        `json:"digital_customs"`
	RequiresManifest bool        `json:"requires_manifest"`
	TrackingOnly     bool        `json:"tracking_only"`
	Website          string      `json:"website"`
	Description      string      `json:"description"`
}

// listCouriers lists every courier this program has: GET list-couriers.
func (a *api) listCouriers(context.Context, *call) (any, error) {
	out := struct {
		Couriers []courierRow `json:"couriers"`
	}{[]courierRow{}}
	for _, d := range a.Couriers.List() {
		tile := tileOf(d.Initials)
		out.Couriers = append(out.Couriers, courierRow{
			Key: d.Key, Name: d.Name, Logo: tile, Thumbnail: tile, Status: "active", DigitalCustoms: d.Capabilities.Customs,
			RequiresManifest: d.Capabilities.Manifest, Website: d.Website, Description: d.Description,
		})
	}
	return out, nil
}

// tileOf draws initials as a picture that needs no file and no trademark.
func tileOf(initials string) string {
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="8" fill="#1f2a37"/>`+
		`<text x="24" y="31" text-anchor="middle" font-family="sans-serif" font-size="20" font-weight="700" fill="#fff">%s</text></svg>`, html.EscapeString(initials))
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg))
}

type specific struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
}

// courierSpecifics lists what shipment.courier may carry: GET {courier}/courier-specifics.
func (a *api) courierSpecifics(ctx context.Context, c *call) (any, error) {
	if told, err := a.told(ctx, c, courier.TopicSpecifics); told != nil || err != nil {
		return told, err
	}
	adapter, err := a.Couriers.Find(courier.Key(c.PathValue("courier")))
	if err != nil {
		return nil, err
	}
	out := struct {
		Required []specific `json:"required"`
		Optional []specific `json:"optional"`
	}{[]specific{}, []specific{}}
	for _, f := range adapter.Descriptor().Options {
		s := specific{Name: f.Key, Type: typeOf(f.Kind), Description: strings.TrimSpace(f.Label + ". " + f.Help)}
		if f.Required {
			out.Required = append(out.Required, s)
		} else {
			out.Optional = append(out.Optional, s)
		}
	}
	return out, nil
}

// typeOf is the JSON type of a field.
func typeOf(kind courier.FieldKind) string {
	switch kind {
	case courier.Bool:
		return "boolean"
	case courier.Number:
		return "integer"
	}
	return "string"
}

// authRules gives the rules of a courier's credential form in the words of Laravel's validator: GET
// {courier}/register-auth-rules.
func (a *api) authRules(_ context.Context, c *call) (any, error) {
	adapter, err := a.Couriers.Find(courier.Key(c.PathValue("courier")))
	if err != nil {
		return nil, err
	}
	rules := map[string]string{}
	for _, f := range adapter.Descriptor().Fields {
		rules[f.Key] = ruleOf(f)
	}
	return rules, nil
}

// ruleOf writes one field's rules. A pattern is left out, because Laravel's words can't hold every pattern; the service
// checks it.
func ruleOf(f courier.Field) string {
	words := []string{"nullable"}
	if f.Required {
		words[0] = "required"
	}
	switch f.Kind {
	case courier.Bool:
		words = append(words, "boolean")
	case courier.Number:
		words = append(words, "integer")
	case courier.URL:
		words = append(words, "url")
	case courier.Choice:
		values := make([]string, 0, len(f.Options))
		for _, o := range f.Options {
			values = append(values, o.Value)
		}
		words = append(words, "in:"+strings.Join(values, ","))
	default:
		words = append(words, "string")
	}
	if sized := f.Kind != courier.Bool && f.Kind != courier.Choice && f.Kind != courier.Number; sized {
		if f.MinLength > 0 {
			words = append(words, fmt.Sprintf("min:%d", f.MinLength))
		}
		if f.MaxLength > 0 {
			words = append(words, fmt.Sprintf("max:%d", f.MaxLength))
		}
	}
	return strings.Join(words, "|")
}

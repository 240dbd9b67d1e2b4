package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // the page's file
	"encoding/base64"
	"html/template"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/shipment"
)

//go:embed statuspage.html
var statusHTML string

var (
	statusTemplate = template.Must(template.New("status").Parse(statusHTML))
	statusPolicy   = "default-src 'none'; style-src 'sha256-" + styleHash(statusHTML) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

// styleHash names the page's style sheet for its content policy (CSP Level 3, §2.3.1), so that no other may apply.
func styleHash(page string) string {
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// statusPage shows where a parcel is, for couriers without a page of their own: GET /status/{number}/{code}. It names
// neither the recipient nor the goods.
func (a *api) statusPage(ctx context.Context, c *call) (any, error) {
	code := c.PathValue("code")
	if err := a.links(c).checkStatus(c.PathValue("number"), code, c.parameters()); err != nil {
		return nil, err
	}
	number, err := pathNumber(c, "number")
	if err != nil {
		return nil, err
	}
	sh, err := a.Shipments.Get(actor.With(ctx, linkHolder), "", shipment.Handle{Number: number})
	if err != nil {
		return nil, err
	}
	c.who.Account.ID = sh.AccountID
	var page bytes.Buffer
	err = statusTemplate.Execute(&page, statusOf(a.trackedOf(ctx, sh, code), a.Shipments.CourierName(sh), sh.Testing))
	if err != nil {
		return nil, errs.Wrap(err, errs.Internal, "The status page could not be made.")
	}
	return file{media: "text/html; charset=utf-8", bytes: page.Bytes(), header: map[string]string{
		"Content-Security-Policy": statusPolicy,
		"Referrer-Policy":         "no-referrer", // the address is what lets one in
	}}, nil
}

type statusView struct {
	tracked
	Newest  []event // newest first
	Courier string
	Testing bool
}

func statusOf(t tracked, courierName string, testing bool) statusView {
	newest := slices.Clone(t.Events)
	slices.Reverse(newest)
	return statusView{tracked: t, Newest: newest, Courier: courierName, Testing: testing}
}

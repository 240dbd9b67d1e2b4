package easypost

import (
	"context"
	"net/http"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// Manifest makes a scan form of the shipments given, which USPS wants and most others don't.
func (c *Courier) Manifest(ctx context.Context, access courier.Access, day courier.Day) (m courier.Manifest, err error) {
	type named struct {
		ID string `json:"id"`
	}
	var list []named
	for _, s := range day.Shipments {
		list = append(list, named{s.CourierRef})
	}
	if len(list) == 0 {
		return m, errs.New(errs.Rejected, "There is nothing to close: no label of this account is left open.")
	}
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said struct {
			ID      string `json:"id"`
			Status  string `json:"status"`
			Message string `json:"message"`
			Form    string `json:"form_url"`
		}
		a, err := t.OnceFor(ctx, call(t, access, http.MethodPost, "/scan_forms", map[string][]named{"shipments": list}), &said)
		if err != nil {
			return err
		}
		switch {
		case said.Status == "failed":
			return a.Rejected(said.Message)
		case said.ID == "":
			return a.Unreadable("it names no scan form")
		}
		m.Number = said.ID
		if said.Form != "" {
			if form, err := t.Ask(ctx, httpx.Call{URL: said.Form, Accept: "application/pdf"}); err == nil && form.OK() && courier.PDF.Matches(form.Body) {
				m.Paper = form.Body
			}
		}
		return nil
	})
	return m, err
}

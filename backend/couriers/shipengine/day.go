package shipengine

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

type manifests struct {
	Made []struct {
		ID         string `json:"manifest_id"`
		Submission string `json:"submission_id"`
		Download   struct {
			Href string `json:"href"`
		} `json:"manifest_download"`
	} `json:"manifests"`
	Waiting []struct {
		ID string `json:"manifest_request_id"`
	} `json:"manifest_requests"`
}

// Manifest closes the day for the labels given. ShipEngine makes a manifest for each carrier and place they leave from; its
// paper is given where there is one.
func (c *Courier) Manifest(ctx context.Context, access courier.Access, day courier.Day) (m courier.Manifest, err error) {
	var ids []string
	for _, s := range day.Shipments {
		ids = append(ids, s.CourierRef)
	}
	if len(ids) == 0 {
		return m, errs.New(errs.Rejected, "There is nothing to close: no label of this account is left open.")
	}
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said manifests
		a, err := t.OnceFor(ctx, call(access, http.MethodPost, "/manifests", map[string][]string{"label_ids": ids}), &said)
		if err != nil {
			return err
		}
		var numbers []string
		for _, made := range said.Made {
			numbers = append(numbers, cmp.Or(made.Submission, made.ID))
		}
		for _, waiting := range said.Waiting {
			numbers = append(numbers, waiting.ID)
		}
		if m.Number = strings.Join(numbers, ", "); m.Number == "" {
			if text, _ := told(a); text != "" {
				return a.Rejected(text)
			}
			return a.Unreadable("it names no manifest")
		}
		if len(said.Made) == 1 {
			m.Paper = c.paper(ctx, t, access, said.Made[0].Download.Href)
		}
		return nil
	})
	return m, err
}

// paper gets a manifest's paper, nil where there is none yet.
func (c *Courier) paper(ctx context.Context, t *httpx.Talk, access courier.Access, link string) []byte {
	if link == "" {
		return nil
	}
	ask := call(access, http.MethodGet, "", nil)
	ask.URL, ask.Accept = link, "application/pdf"
	a, err := t.Ask(ctx, ask)
	if err != nil || !a.OK() || !courier.PDF.Matches(a.Body) {
		return nil
	}
	return a.Body
}

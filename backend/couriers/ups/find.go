package ups

import (
	"cmp"
	"context"
	"net/http"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const recoverPath = "/labels/" + recoverVersion + "/recovery"

// The request of a label that was bought before.

type recovery struct {
	Request struct {
		Request  subject     `json:"Request"`
		Look     labelWish   `json:"LabelSpecification"`
		Tracking string      `json:"TrackingNumber,omitempty"`
		By       *references `json:"ReferenceValues,omitempty"`
	} `json:"LabelRecoveryRequest"`
}

type references struct {
	Reference struct {
		Value string `json:"Value"`
	} `json:"ReferenceNumber"`
	Account string `json:"ShipperNumber"`
}

// recoveryOf asks for the label of a tracking code, or by our reference.
func recoveryOf(access courier.Access, format courier.Format, tracking, reference string) recovery {
	var r recovery
	r.Request.Request = subject{Option: "nonvalidate"}
	r.Request.Look = wish(format)
	if tracking != "" {
		r.Request.Tracking = tracking
		return r
	}
	r.Request.By = &references{Account: account(access)}
	r.Request.By.Reference.Value = reference
	return r
}

// recovered asks for a label. known is false where UPS refused: its contract does not say which refusals prove that there
// is no label.
func recovered(ctx context.Context, t *httpx.Talk, access courier.Access, trace string, r recovery) (said recoverAnswer, a *httpx.Answer, err error) {
	ask, err := call(ctx, t, access, http.MethodPost, recoverPath, trace, r)
	if err != nil {
		return said, nil, err
	}
	if a, err = t.Ask(ctx, ask); err != nil {
		return said, nil, err
	}
	if !a.OK() {
		return said, a, nil
	}
	if err := a.JSON(&said); err != nil {
		return said, nil, err
	}
	if said.Response == nil {
		return said, nil, a.Unreadable("it is no answer to a question for a label")
	}
	return said, a, nil
}

// Find looks the purchase up by our reference. UPS can prove that a label was bought and can't prove that none was: its
// contract does not say what a refusal means, so that is Unavailable, and a person has to look.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		reference := compact(in.ShipmentID)
		said, a, err := recovered(ctx, t, access, reference, recoveryOf(access, in.LabelFormat, "", reference))
		if err != nil {
			return err
		}
		if !a.OK() {
			words, _ := told(a)
			return errs.New(errs.Unavailable, "UPS shows no label for the reference %s (%s). That does not prove that none was bought: look in the shipping history at ups.com.",
				reference, cmp.Or(words, http.StatusText(a.Status)))
		}
		images := map[string]string{}
		for _, l := range said.Response.Labels {
			b.TrackingCodes = append(b.TrackingCodes, l.Tracking)
			images[l.Tracking] = l.Image.Image
		}
		for _, candidate := range said.Response.Candidates {
			if _, known := images[candidate.Tracking]; !known {
				b.TrackingCodes = append(b.TrackingCodes, candidate.Tracking)
				images[candidate.Tracking] = ""
			}
		}
		b.CourierRef = said.Response.Number
		if len(b.TrackingCodes) > 0 && b.CourierRef == "" {
			b.CourierRef = b.TrackingCodes[0] // the leading parcel's number is the shipment's
		}
		if b.CourierRef == "" || len(b.TrackingCodes) < len(in.Parcels) {
			return a.Unreadable("it does not name the tracking number of each parcel")
		}
		var files []string
		for _, code := range b.TrackingCodes {
			if images[code] == "" {
				images[code] = c.image(ctx, t, access, in.LabelFormat, reference, code)
			}
			files = append(files, images[code])
		}
		finish(&b, in, files)
		found = true
		return nil
	})
	if err != nil {
		return courier.Booked{}, false, err
	}
	return b, found, nil
}

// image asks for the label of one parcel, "" where it does not come.
func (*Courier) image(ctx context.Context, t *httpx.Talk, access courier.Access, format courier.Format, trace, code string) string {
	said, a, err := recovered(ctx, t, access, trace, recoveryOf(access, format, code, ""))
	if err != nil || !a.OK() {
		return ""
	}
	for _, l := range said.Response.Labels {
		if l.Tracking == code || len(said.Response.Labels) == 1 {
			return l.Image.Image
		}
	}
	return ""
}

// Relabel gets the label again, in the format that is asked for.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (label courier.Label, _ []courier.Warning, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var files []string
		for _, code := range b.TrackingCodes {
			said, a, err := recovered(ctx, t, access, compact(b.ShipmentID), recoveryOf(access, in.LabelFormat, code, ""))
			if err != nil {
				return err
			}
			if err := a.Refusal(); err != nil {
				return err
			}
			for _, l := range said.Response.Labels {
				if l.Tracking == code || len(said.Response.Labels) == 1 {
					files = append(files, l.Image.Image)
				}
			}
		}
		if len(files) < len(b.TrackingCodes) {
			return errs.New(errs.Unavailable, "UPS gave the labels of %d of %d parcels. Try again later.", len(files), len(b.TrackingCodes))
		}
		label, err = labelOf(in.LabelFormat, files)
		return err
	})
	return label, nil, err
}

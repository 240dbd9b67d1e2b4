package gls

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// reprint asks for a parcel's label again, by its code or by our reference.
type reprint struct {
	Code      string   `json:"TrackID,omitempty"`
	Reference string   `json:"ShipmentUnitReference,omitempty"`
	Created   string   `json:"CreationDate"`
	Printing  printing `json:"PrintingOptions"`
}

// asked gives the question for a parcel's label as the consignment wants it.
func asked(c courier.Consignment) reprint {
	return reprint{Created: noon(time.UnixMilli(c.CreatedMs)), Printing: printingOf(c)}
}

// reprinted asks for a parcel's label. The answer is given where GLS refused: its contract does not say which refusals
// prove that there is no such parcel.
func reprinted(ctx context.Context, t *httpx.Talk, access courier.Access, q reprint) (code, file string, a *httpx.Answer, err error) {
	ask, err := shipIt(ctx, t, access, "/shipments/reprintparcel", q)
	if err != nil {
		return "", "", nil, err
	}
	if a, err = t.Ask(ctx, ask); err != nil || !a.OK() {
		return "", "", a, err
	}
	var said created
	if err := a.JSON(&said); err != nil {
		return "", "", nil, err
	}
	codes, files := said.Shipment.codes(), said.Shipment.files()
	if len(codes) != 1 || q.Code != "" && codes[0] != q.Code {
		return "", "", nil, a.Unreadable("it does not tell of the parcel that was asked for")
	}
	if len(files) == 1 {
		file = files[0]
	}
	return codes[0], file, a, nil
}

// Find looks each parcel up by our reference. GLS can prove that a parcel was bought and can't prove that none was, so
// that is Unavailable, and a person has to look.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var codes, files []string
		for i := range in.Parcels {
			q := asked(in)
			q.Reference = unitReference(in.ShipmentID, i)
			code, file, a, err := reprinted(ctx, t, access, q)
			if err != nil {
				return err
			}
			if !a.OK() {
				return errs.New(errs.Unavailable, "GLS shows no parcel for the reference %s (%s). That does not prove that none was bought: look in the list of parcels in ShipIT.",
					q.Reference, cmp.Or(words(a), http.StatusText(a.Status)))
			}
			codes, files = append(codes, code), append(files, file)
		}
		b, found = booked(codes), true
		label, warnings, err := labelOf(in, files)
		finish(&b, label, warnings, err)
		return nil
	})
	if err != nil {
		return courier.Booked{}, false, err
	}
	return b, found, nil
}

// Relabel gets the labels again, in the format that is asked for.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (label courier.Label, warnings []courier.Warning, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		label, warnings, err = c.again(ctx, t, access, in, b.TrackingCodes)
		return err
	})
	return label, warnings, err
}

// again gets the labels of parcels by their codes.
func (*Courier) again(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, codes []string) (courier.Label, []courier.Warning, error) {
	var files []string
	for _, code := range codes {
		q := asked(in)
		q.Code = code
		_, file, a, err := reprinted(ctx, t, access, q)
		if err != nil {
			return courier.Label{}, nil, err
		}
		if err := a.Refusal(); err != nil {
			return courier.Label{}, nil, err
		}
		files = append(files, file)
	}
	return labelOf(in, files)
}

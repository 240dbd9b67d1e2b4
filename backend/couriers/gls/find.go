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

// daysOf gives the days on which GLS may have made a parcel: late in the evening, clocks in Europe show the next day.
func daysOf(createdMs int64) []string {
	const ahead = 3 * time.Hour // of UTC: Finland and Romania in summer
	at := time.UnixMilli(createdMs)
	if first, last := noon(at), noon(at.Add(ahead)); first != last {
		return []string{first, last}
	}
	return []string{noon(at)}
}

// reprinted asks for a parcel's label, by its code or by our reference. The answer is given where GLS refused: its
// contract does not say which refusals prove that there is no such parcel.
func reprinted(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, q reprint) (code, file string, a *httpx.Answer, err error) {
	q.Printing = printingOf(in)
	for _, q.Created = range daysOf(in.CreatedMs) {
		ask, err := shipIt(ctx, t, access, "/shipments/reprintparcel", q)
		if err != nil {
			return "", "", nil, err
		}
		if a, err = t.Ask(ctx, ask); err != nil {
			return "", "", nil, err
		}
		if a.OK() {
			break
		}
	}
	if !a.OK() {
		return "", "", a, nil
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
			reference := unitReference(in.ShipmentID, i)
			code, file, a, err := reprinted(ctx, t, access, in, reprint{Reference: reference})
			if err != nil {
				return err
			}
			if !a.OK() {
				return errs.New(errs.Unavailable, "GLS shows no parcel for the reference %s (%s). That does not prove that none was bought: look in the list of parcels in ShipIT.",
					reference, cmp.Or(words(a), http.StatusText(a.Status)))
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
		_, file, a, err := reprinted(ctx, t, access, in, reprint{Code: code})
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

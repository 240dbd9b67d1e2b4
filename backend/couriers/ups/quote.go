package ups

import (
	"context"
	"net/http"
	"strconv"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// The request and the answer of Rating, as far as they are used. Parts of it are those of a shipment.

const ratePath = "/rating/v2409/Shop"

type question struct {
	Request struct {
		Request  subject `json:"Request"`
		Shipment rated   `json:"Shipment"`
	} `json:"RateRequest"`
}

type rated struct {
	Shipper  ratedParty        `json:"Shipper"`
	To       ratedParty        `json:"ShipTo"`
	Payment  payment           `json:"PaymentDetails"`
	Rating   map[string]string `json:"ShipmentRatingOptions"`
	Invoice  *amount           `json:"InvoiceLineTotal,omitempty"`
	Options  *ratedOptions     `json:"ShipmentServiceOptions,omitempty"`
	Packages []ratedParcel     `json:"Package"`
}

type ratedParty struct {
	Name    string  `json:"Name"`
	Account string  `json:"ShipperNumber,omitempty"`
	Address address `json:"Address"`
}

type ratedOptions struct {
	Saturday     string        `json:"SaturdayDeliveryIndicator,omitempty"`
	Confirmation *confirmation `json:"DeliveryConfirmation,omitempty"`
}

type ratedParcel struct {
	Packaging  coded            `json:"PackagingType"`
	Dimensions *ratedDimensions `json:"Dimensions,omitempty"`
	Weight     ratedWeight      `json:"PackageWeight"`
	Options    *parcelOptions   `json:"PackageServiceOptions,omitempty"`
}

// described is a unit, which Rating wants in words too.
type described struct {
	Code  string `json:"Code"`
	Words string `json:"Description"`
}

type ratedDimensions struct {
	Unit   described `json:"UnitOfMeasurement"`
	Length string    `json:"Length"`
	Width  string    `json:"Width"`
	Height string    `json:"Height"`
}

type ratedWeight struct {
	Unit   described `json:"UnitOfMeasurement"`
	Weight string    `json:"Weight"`
}

// unitWords are the units that we send.
var unitWords = map[string]string{"KGS": "Kilograms", "LBS": "Pounds", "CM": "Centimeters", "IN": "Inches"}

func describe(unit coded) described { return described{unit.Code, unitWords[unit.Code]} }

type rateAnswer struct {
	Response *struct {
		Rated list[struct {
			Service struct {
				Code string `json:"Code"`
			} `json:"Service"`
			Total      charge `json:"TotalCharges"`
			Negotiated struct {
				Total charge `json:"TotalCharge"`
			} `json:"NegotiatedRateCharges"`
			Delivery struct {
				Days string `json:"BusinessDaysInTransit"`
			} `json:"GuaranteedDelivery"`
		}] `json:"RatedShipment"`
	} `json:"RateResponse"`
}

// Quote asks what each service costs that UPS offers between the addresses: the account's own rate where UPS tells it, else
// the published one. Services that are not among ours can't be ordered and aren't told.
func (c *Courier) Quote(ctx context.Context, access courier.Access, in courier.Consignment) (offers []courier.Offer, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := call(ctx, t, access, http.MethodPost, ratePath, compact(in.ShipmentID), questionOf(access, in))
		if err != nil {
			return err
		}
		var said rateAnswer
		a, err := t.AskFor(ctx, ask, &said)
		if err != nil {
			return err
		}
		if said.Response == nil {
			return a.Unreadable("it holds no prices")
		}
		for _, r := range said.Response.Rated {
			s, known := descriptor.Service(r.Service.Code)
			price := priceOf(r.Negotiated.Total, r.Total)
			if !known || price.Minor <= 0 {
				continue
			}
			days, _ := strconv.Atoi(r.Delivery.Days) // none is 0
			offers = append(offers, courier.Offer{
				Service: s.Code, Code: s.Code, Name: s.Name, Price: price, TransitDays: max(days, 0), Chosen: s.Code == in.Service.Code,
			})
		}
		return nil
	})
	return offers, err
}

func questionOf(access courier.Access, c courier.Consignment) question {
	var q question
	q.Request.Request.Option = "Shop"
	r := &q.Request.Shipment
	*r = rated{
		Shipper: ratedPartyOf(partyOf(c.From)), To: ratedPartyOf(partyOf(c.To)), Payment: payment{Charges: []shipmentCharge{charged("01", access)}},
		Rating: map[string]string{"NegotiatedRatesIndicator": present}, Invoice: wholeValue(c),
	}
	r.Shipper.Account = account(access)
	if yes(c, optionHome) {
		r.To.Address.Home = present
	}
	if o := optionsOf(c); o != nil && (o.Saturday != "" || o.Confirmation != nil) {
		r.Options = &ratedOptions{o.Saturday, o.Confirmation}
	}
	for _, p := range c.Parcels {
		line := parcelOf(c, p)
		priced := ratedParcel{Packaging: line.Packaging, Weight: ratedWeight{describe(line.Weight.Unit), line.Weight.Weight}, Options: line.Options}
		if d := line.Dimensions; d != nil {
			priced.Dimensions = &ratedDimensions{describe(d.Unit), d.Length, d.Width, d.Height}
		}
		r.Packages = append(r.Packages, priced)
	}
	return q
}

// ratedPartyOf gives a party as prices are asked for: its state has two letters here.
func ratedPartyOf(p party) ratedParty {
	if len(p.Address.State) != 2 {
		p.Address.State = ""
	}
	return ratedParty{Name: p.Name, Address: p.Address}
}

// priceOf gives the first of the charges that can be read, zero where none can.
func priceOf(charges ...charge) money.Amount {
	for _, c := range charges {
		if amount, err := money.Parse(c.Value, c.Currency); err == nil {
			return amount
		}
	}
	return money.Amount{}
}

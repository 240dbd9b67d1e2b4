package fedex

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// The request and the answer of the Rate API, as far as they are used.

const ratePath = "/rate/v1/rates/quotes"

type rateQuestion struct {
	Account  numbered `json:"accountNumber"`
	Control  control  `json:"rateRequestControlParameters"`
	Shipment rated    `json:"requestedShipment"`
}

type control struct {
	Transit bool `json:"returnTransitTimes"`
}

type rated struct {
	From      ratedParty    `json:"shipper"`
	To        ratedParty    `json:"recipient"`
	Pickup    string        `json:"pickupType"`
	Packaging string        `json:"packagingType"`
	Rates     []string      `json:"rateRequestType"`
	Customs   *ratedCustoms `json:"customsClearanceDetail,omitempty"`
	Parcels   []ratedParcel `json:"requestedPackageLineItems"`
}

type ratedParty struct {
	Address ratedAddress `json:"address"`
}

type ratedAddress struct {
	City     string `json:"city"`
	State    string `json:"stateOrProvinceCode,omitempty"`
	Postcode string `json:"postalCode"`
	Country  string `json:"countryCode"`
	Home     bool   `json:"residential,omitempty"`
}

type ratedCustoms struct {
	Commodities []commodity `json:"commodities"`
}

type ratedParcel struct {
	Groups     int         `json:"groupPackageCount"`
	Declared   *amount     `json:"declaredValue,omitempty"`
	Weight     weight      `json:"weight"`
	Dimensions *dimensions `json:"dimensions,omitempty"`
}

type rateAnswer struct {
	Output *struct {
		Services []struct {
			Type   string `json:"serviceType"`
			Prices []struct {
				Type     string      `json:"rateType"`
				Total    json.Number `json:"totalNetCharge"`
				Currency string      `json:"currency"`
			} `json:"ratedShipmentDetails"`
			Operation struct {
				Transit string `json:"transitTime"`
			} `json:"operationalDetail"`
		} `json:"rateReplyDetails"`
	} `json:"output"`
}

// Quote asks what the account is charged for each service that FedEx offers between the addresses. Services that are not
// among ours can't be ordered and aren't told.
func (c *Courier) Quote(ctx context.Context, access courier.Access, in courier.Consignment) (offers []courier.Offer, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := call(ctx, t, access, fieldKey, fieldSecret, httpx.Call{Method: http.MethodPost, URL: ratePath, JSON: questionOf(access, in)}, "")
		if err != nil {
			return err
		}
		var said rateAnswer
		a, err := t.AskFor(ctx, ask, &said)
		if err != nil {
			return err
		}
		if said.Output == nil {
			return a.Unreadable("it holds no prices")
		}
		for _, r := range said.Output.Services {
			s, known := descriptor.Service(r.Type)
			var price money.Amount
			for _, p := range r.Prices { // the account's own before any other
				amount, err := money.Parse(p.Total.String(), isoOf(p.Currency))
				if err == nil && (price.IsZero() || p.Type == "ACCOUNT") {
					price = amount
				}
			}
			if known && price.Minor > 0 {
				offers = append(offers, courier.Offer{
					Service: s.Code, Code: s.Code, Name: s.Name, Price: price, TransitDays: daysOf(r.Operation.Transit), Chosen: s.Code == in.Service.Code,
				})
			}
		}
		return nil
	})
	return offers, err
}

func questionOf(access courier.Access, c courier.Consignment) rateQuestion {
	q := rateQuestion{Account: numbered{account(access)}, Control: control{Transit: true}, Shipment: rated{
		From: ratedPartyOf(partyOf(c.From)), To: ratedPartyOf(partyOf(c.To)), Pickup: cmp.Or(c.Options[optionPickup], "USE_SCHEDULED_PICKUP"),
		Packaging: packagingOf(c), Rates: []string{"ACCOUNT"},
	}}
	q.Shipment.To.Address.Home = yes(c, optionHome)
	for i, p := range c.Parcels {
		line := parcelOf(c, i, p)
		q.Shipment.Parcels = append(q.Shipment.Parcels, ratedParcel{1, line.Declared, line.Weight, line.Dimensions})
	}
	if !declarable(c) {
		return q
	}
	q.Shipment.Customs = &ratedCustoms{}
	for _, p := range c.Parcels {
		for _, i := range p.Items {
			q.Shipment.Customs.Commodities = append(q.Shipment.Customs.Commodities, commodityOf(i))
		}
	}
	return q
}

func ratedPartyOf(p party) ratedParty {
	return ratedParty{ratedAddress{City: p.Address.City, State: p.Address.State, Postcode: p.Address.Postcode, Country: p.Address.Country}}
}

// daysOf gives a time of transit as FedEx writes it, "TWO_DAYS", 0 for one that is not known.
func daysOf(transit string) int {
	for n, word := range []string{"ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE"} {
		if strings.HasPrefix(transit, word+"_DAY") {
			return n + 1
		}
	}
	return 0
}

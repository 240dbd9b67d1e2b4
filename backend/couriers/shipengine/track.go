package shipengine

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

type event struct {
	At          string `json:"occurred_at"`
	Code        string `json:"status_code"`
	Detail      string `json:"status_detail_code"`
	Description string `json:"description"`
	Words       string `json:"status_description"`
	City        string `json:"city_locality"`
	State       string `json:"state_province"`
	Country     string `json:"country_code"`
}

// Track asks for a parcel's events, of the carrier account that its label was bought with.
func (c *Courier) Track(ctx context.Context, access courier.Access, trackingCode, _ string) (events []courier.Event, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		account, err := c.carrierOf(ctx, t, access, trackingCode)
		if err != nil {
			return err
		}
		query := url.Values{"carrier_id": {account}, "tracking_number": {trackingCode}}
		var said struct {
			Events *[]event `json:"events"`
		}
		a, err := t.AskFor(ctx, call(access, http.MethodGet, "/tracking?"+query.Encode(), nil), &said)
		if err != nil {
			return err
		}
		if said.Events == nil {
			return a.Unreadable("it holds no list of events")
		}
		for _, e := range *said.Events {
			at, err := time.Parse(time.RFC3339, e.At)
			if err != nil {
				continue // an event without its moment can't be put in order
			}
			status := e.status()
			events = append(events, courier.Event{
				TrackingCode: trackingCode, AtMs: at.UnixMilli(), Status: status, Description: cmp.Or(e.Description, e.Words, status.Word()), Location: e.place(),
			})
		}
		slices.SortStableFunc(events, func(a, b courier.Event) int { return cmp.Compare(a.AtMs, b.AtMs) })
		return nil
	})
	return events, err
}

// carrierOf gives the carrier account of a tracking number's label; the registered one for a parcel beside the first, whose
// number no label is found by.
func (c *Courier) carrierOf(ctx context.Context, t *httpx.Talk, access courier.Access, trackingCode string) (string, error) {
	var said struct {
		Labels []label `json:"labels"`
	}
	if _, err := t.AskFor(ctx, call(access, http.MethodGet, "/labels?"+url.Values{"tracking_number": {trackingCode}, "page_size": {"1"}}.Encode(), nil), &said); err != nil {
		return "", err
	}
	if len(said.Labels) == 1 && said.Labels[0].Carrier != "" {
		return said.Labels[0].Carrier, nil
	}
	return access.Credentials.Get(fieldCarrier), nil
}

func (e event) place() string {
	var parts []string
	for _, part := range []string{e.City, e.State, e.Country} {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// byCodes has the statuses of ShipEngine's codes; details say more, and come first.
var byCodes = map[string]courier.Status{
	"AC": courier.StatusCollected, "IT": courier.StatusInTransit, "DE": courier.StatusDelivered, "EX": courier.StatusOnHold,
	"AT": courier.StatusFailedAttempt, "NY": courier.StatusBooked, "SP": courier.StatusAwaitingPickup, "UN": courier.StatusCustom,
}

var byDetails = map[courier.Status][]string{
	courier.StatusBooked:         {"SHIPMENT_CREATED", "AWAITING_PICKUP_DROP_OFF", "ELEC_ADVICE_RECD_BY_CARRIER", "NOT_YET_RECEIVED_BY_CARRIER", "PICKUP_FAILED"},
	courier.StatusCollected:      {"DROPPED_OFF", "PICKED_UP", "RECEIVED_BY_CARRIER", "RECD_BY_CARRIER_NO_ELEC_ADVICE", "SUB_CONTRACTOR_RECEIVED"},
	courier.StatusAtHub:          {"HUB_SCAN_IN", "HUB_SCAN_OUT", "HUB_PROCESSING", "RECEIVED_LOCAL_DELIVERY_DEPOT"},
	courier.StatusInTransit:      {"IN_TRANSIT", "CUSTOMS_CLEARED", "PARCEL_REDIRECTED", "PARCEL_REDIRECTED_BY_CARRIER", "DELIVERY_SCHEDULED", "DELIVERY_RESCHEDULED", "DELIVERY_ARRANGED_WITH_RECIPIENT", "PARCEL_REPACKED"},
	courier.StatusOutForDelivery: {"OUT_FOR_DELIVERY"},
	courier.StatusFailedAttempt:  {"ATTEMPTED_DELIVERY", "ATTEMPTED_DELIVERY_FINAL", "CUSTOMER_CARDED", "NO_ACCESS_TO_RECIPIENTS_ADDRESS", "CUSTOMER_IDENTIFICATION_FAILED", "REFUSED_BY_CUSTOMER", "NOT_DELIVERED", "COD_AMOUNT_NOT_PAID"},
	courier.StatusDelivered: {
		"DELIVERED", "DELIVERED_TO_RECEPTION", "DELIVERED_SPECIFIED_SAFE_PLACE", "DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION", "DELIVERED_TO_NEIGHBOUR",
		"DELIVERED_TO_PO_BOX", "PARCEL_COLLECTED_FROM_PICKUP_POINT", "PROOF_OF_DELIVERY",
	},
	courier.StatusOnHold:         {"HELD_BY_CARRIER", "CARRIER_DELAYS", "DELAYED_NOT_CARRIER", "MISROUTED", "PARCEL_LOST", "HAZARDOUS_PROHIBITED", "PARCEL_OUTSIDE_OF_SERVICE_CAPABILITY", "DELIVERED_IN_PART"},
	courier.StatusAddressIssue:   {"ADDRESS_QUERY", "CUSTOMER_MOVED", "NOT_DELIVERED_ADDRESSEE_DECEASED"},
	courier.StatusReturning:      {"RETURN_TO_SENDER", "UNDELIVERABLE_RETURNED_TO_SENDER", "NOT_COLLECTED_FROM_PICKUP_POINT"},
	courier.StatusExpired:        {"TRACKING_EXPIRED"},
	courier.StatusCancelled:      {"CANCELLED"},
	courier.StatusAwaitingPickup: {"AWAITING_COLLECTION_FROM_PICKUP_POINT", "COLLECT_AT_LOCAL_PO", "CUSTOMER_TO_COLLECT_FROM_CARRIER", "DELIVERED_TO_PICKUP_POINT"},
	courier.StatusDamaged:        {"PARCEL_DAMAGED", "DELIVERED_DAMAGED", "PARCEL_DISPOSED"},
	courier.StatusCustomsHold:    {"CUSTOMS_PROCESSING", "HELD_BY_CUSTOMS", "HELD_BY_CARRIER_FOR_CLEARANCE_PRE_PROCESSING", "INCORRECT_DECLARATION", "DUTY_NOT_PAID"},
}

// status gives the event's status; Custom for a code that is not known.
func (e event) status() courier.Status {
	for status, details := range byDetails {
		if slices.Contains(details, e.Detail) {
			return status
		}
	}
	return cmp.Or(byCodes[e.Code], courier.StatusCustom)
}

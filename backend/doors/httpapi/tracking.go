package httpapi

import (
	"context"
	"encoding/json"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

type event struct {
	Date        string         `json:"date"`
	Time        string         `json:"time"`
	Location    string         `json:"location"`
	Description string         `json:"description"`
	Status      string         `json:"status"`
	StatusCode  courier.Status `json:"status_code"`
}

type tracked struct {
	Success      bool           `json:"success"`
	TrackingCode string         `json:"tracking_code"`
	Status       string         `json:"status"`
	StatusCode   courier.Status `json:"status_code"`
	Events       []event        `json:"events"`
}

// track gives where a parcel is: POST {courier}/track.
func (a *api) track(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	code := in.text("tracking_code")
	h, err := a.handle(ctx, c, in, shipment.Handle{TrackingCode: code}, "tracking_code", "Give the tracking_code of the parcel.")
	if err != nil {
		return nil, err
	}
	sh, err := a.Shipments.Track(ctx, c.account(), h)
	if err != nil {
		return nil, err
	}
	return a.trackedOf(ctx, sh, code), nil
}

func (a *api) trackedOf(ctx context.Context, sh shipment.Shipment, code string) tracked {
	zone := a.Zone(ctx)
	out := tracked{Success: true, TrackingCode: code, Status: sh.Status.Word(), StatusCode: sh.Status, Events: []event{}}
	for _, e := range eventsOf(sh, code) {
		at := moment(e.AtMs, zone)
		out.Events = append(out.Events, event{
			Date: at.Format(time.DateOnly), Time: at.Format(time.TimeOnly), Location: e.Location, Description: e.Description,
			Status: e.Status.Word(), StatusCode: e.Status,
		})
	}
	return out
}

// eventsOf gives the events of one parcel: those that name it, and those of the whole shipment.
func eventsOf(sh shipment.Shipment, code string) []courier.Event {
	var list []courier.Event
	for _, e := range sh.Events {
		if e.TrackingCode == code || e.TrackingCode == "" {
			list = append(list, e)
		}
	}
	return list
}

type trackingIdentifier struct {
	ID        int64  `json:"tracking_request_id"`
	Hash      int64  `json:"tracking_request_hash"`
	Postcode  string `json:"postcode"`
	Reference string `json:"reference"`
}

// trackingIdentifiers gives the handles of every shipment with a tracking code: POST get-tracking-identifiers.
func (a *api) trackingIdentifiers(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	code := in.text("tracking_code")
	if code == "" && in.wrong.Len() == 0 {
		in.wrong.Add("tracking_code", "Give the tracking_code of the parcel.")
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	found, err := a.Shipments.List(ctx, shipment.Filter{AccountID: c.account(), TrackingCode: code}, page.Request{Limit: longestPage})
	if err != nil {
		return nil, err
	}
	if len(found.Items) == 0 {
		return nil, errs.New(errs.NotFound, "There is no shipment with the tracking code %q on this API account.", code)
	}
	out := make([]trackingIdentifier, 0, len(found.Items))
	for _, row := range found.Items {
		sh, err := a.Shipments.Get(ctx, c.account(), shipment.Handle{ID: row.ID})
		if err != nil {
			return nil, err
		}
		out = append(out, trackingIdentifier{ID: sh.Number, Hash: sh.TrackingHash, Postcode: sh.Postcode, Reference: sh.Reference})
	}
	return out, nil
}

// trackingBoth is get-tracking's answer in the two shapes that programs read.
type trackingBoth struct {
	tracked
	Request  json.RawMessage `json:"shipment_request"`
	Response any             `json:"shipment_response"`
	Data     trackingData    `json:"data"`
}

type trackingData struct {
	ShipmentID       int64            `json:"shipment_id"`
	ExpectedDelivery *string          `json:"expected_delivery"`
	Parcels          []trackingParcel `json:"parcels"`
}

type trackingParcel struct {
	TrackingCode string           `json:"tracking_code"`
	Events       []trackingUpdate `json:"tracking_events"`
}

type trackingUpdate struct {
	ID          string         `json:"update_id"`
	Date        string         `json:"update_date"`
	StatusCode  courier.Status `json:"status_code"`
	Status      string         `json:"status"`
	Description string         `json:"status_description"`
}

// shipmentSummary is what of create-label's answer is told again.
type shipmentSummary struct {
	TrackingCodes []string    `json:"tracking_codes"`
	TrackingURLs  []string    `json:"tracking_urls"`
	Courier       courier.Key `json:"courier"`
	PresetCode    string      `json:"dc_service_id"`
	RequestNumber int64       `json:"dc_request_id"`
	ShipmentID    int64       `json:"shipment_id"`
	Key           string      `json:"key"` // the label file's, for a fresh link
}

// tracking gives where a shipment's parcels are, by the handles of create-label: POST get-tracking.
func (a *api) tracking(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	id, hash := in.integer("tracking_request_id"), in.integer("tracking_request_hash")
	for _, name := range []string{"tracking_request_id", "tracking_request_hash"} {
		if in.text(name) == "" {
			in.wrong.Add(name, "Give the %s that create-label or get-tracking-identifiers answered.", name)
		}
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	sh, err := a.byTrackingPair(ctx, c, id, hash)
	if err != nil {
		return nil, err
	}
	if sh, err = a.Shipments.Track(ctx, c.account(), shipment.Handle{ID: sh.ID}); err != nil {
		return nil, err
	}
	zone := a.Zone(ctx)
	out := trackingBoth{
		Request: sh.Request, Data: trackingData{ShipmentID: sh.Number, Parcels: []trackingParcel{}},
		Response: shipmentSummary{
			TrackingCodes: sh.TrackingCodes, TrackingURLs: shipment.TrackingURLs(sh, a.links(c)), Courier: sh.Courier,
			PresetCode: sh.PresetCode, RequestNumber: sh.RequestNumber, ShipmentID: sh.Number, Key: sh.LabelKey,
		},
	}
	for i, code := range sh.TrackingCodes {
		if i == 0 {
			out.tracked = a.trackedOf(ctx, sh, code)
		}
		parcel := trackingParcel{TrackingCode: code, Events: []trackingUpdate{}}
		for _, e := range eventsOf(sh, code) {
			parcel.Events = append(parcel.Events, trackingUpdate{
				ID: e.ID, Date: moment(e.AtMs, zone).Format(time.RFC3339), StatusCode: e.Status, Status: e.Status.Word(), Description: e.Description,
			})
		}
		out.Data.Parcels = append(out.Data.Parcels, parcel)
	}
	return out, nil
}

// byTrackingPair finds by (tracking_request_id, tracking_request_hash) or by (dc_request_id, shipment number), which
// programs send in their place. A pair that does not fit is NotFound.
func (a *api) byTrackingPair(ctx context.Context, c *call, id, hash int64) (shipment.Shipment, error) {
	sh, err := a.Shipments.Get(ctx, c.account(), shipment.Handle{Number: id})
	if err == nil && sh.TrackingHash == hash {
		return sh, nil
	}
	if err != nil && !errs.Is(err, errs.NotFound) {
		return sh, err
	}
	sh, err = a.Shipments.Get(ctx, c.account(), shipment.Handle{Number: hash})
	if err == nil && sh.RequestNumber == id {
		return sh, nil
	}
	if err != nil && !errs.Is(err, errs.NotFound) {
		return sh, err
	}
	return shipment.Shipment{}, errs.New(errs.NotFound, "There is no shipment with this tracking_request_id and tracking_request_hash on this API account.")
}

// updateTrackingStatus adds an event by hand: POST /api/shipments/{id}/update-tracking-status.
func (a *api) updateTrackingStatus(ctx context.Context, c *call) (any, error) {
	number, err := pathNumber(c, "id")
	if err != nil {
		return nil, err
	}
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	e := courier.Event{
		TrackingCode: in.text("tracking_code"), Status: courier.Status(in.integer("tracking_status_code")),
		Description: in.text("event_description"), AtMs: in.instant("event_date", a.Zone(ctx)),
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	_, err = a.Shipments.Scan(ctx, c.account(), shipment.Handle{Number: number}, e)
	return done{Success: true}, err
}

// instant reads a date with or without a time as Unix ms; 0 where it is absent.
func (in *input) instant(name string, zone *time.Location) int64 {
	text := in.text(name)
	if text == "" {
		return 0
	}
	for _, layout := range []string{time.RFC3339, time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t.UnixMilli()
		}
	}
	in.wrong.Add(name, "%s must be a date and time such as 2026-03-31 14:05:00, not %q.", name, text)
	return 0
}

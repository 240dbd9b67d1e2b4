package httpapi

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"packbench/backend/base/page"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// Bounds of shipments.json (voila-api §7).
const (
	defaultPage = 50
	longestPage = 100
	lastPage    = 1 << 24
)

// shipmentPage is shipments.json: count is the rows on this page, max_count the page's size.
type shipmentPage struct {
	Shipments []shipmentRow `json:"shipments"`
	Page      int           `json:"page"`
	Count     int           `json:"count"`
	MaxCount  int           `json:"max_count"`
}

type shipmentRow struct {
	ID             int64           `json:"id"`
	RequestNumber  int64           `json:"dc_request_id"`
	Courier        courier.Key     `json:"courier"`
	Company        string          `json:"auth_company"`
	Testing        bool            `json:"testing"`
	TrackingCodes  []string        `json:"tracking_codes"`
	Reference      string          `json:"reference"`
	Reference2     string          `json:"reference_2"`
	ToName         string          `json:"ship_to_name"`
	ToCompany      string          `json:"ship_to_company_name"`
	ToAddress      string          `json:"ship_to_address"`
	ToPostcode     string          `json:"ship_to_postcode"`
	ToCountry      string          `json:"ship_to_country_iso"`
	AccountNumber  string          `json:"account_number"`
	AccountName    string          `json:"account_name"`
	ServiceName    string          `json:"friendly_service_name"`
	PresetCode     string          `json:"dc_service_id"`
	CollectionDate *string         `json:"collection_date"`
	ParcelCount    int             `json:"parcel_count"`
	Parcels        []parcelRow     `json:"create_label_parcels"`
	CreatedAt      string          `json:"created_at"`
	Cancelled      bool            `json:"cancelled"`
	Status         string          `json:"status"`
	StatusCode     courier.Status  `json:"status_code"`
	State          shipment.State  `json:"state"`
	Request        json.RawMessage `json:"request_shipment"`
}

type parcelRow struct {
	TrackingCode string      `json:"tracking_code"`
	Weight       json.Number `json:"weight"` // kg
}

// shipments lists an account's shipments, newest first: GET /api/shipments.json.
func (a *api) shipments(ctx context.Context, c *call) (any, error) {
	in := c.parameters()
	zone := a.Zone(ctx)
	size := in.within("per_page", 1, longestPage, defaultPage)
	at := in.within("page", 1, lastPage, 1)
	filter := shipment.Filter{
		AccountID: c.account(), States: statesOf(in.flag("cancelled")),
		Number: in.integer("id"), RequestNumber: in.integer("dc_request_id"),
		Reference: in.text("reference"), Email: in.text("ship_to_email"), TrackingCode: in.text("tracking_code"),
		FromMs: in.day("startDateFilter", zone, 0), ToMs: in.day("endDateFilter", zone, 1),
		Skip: (at - 1) * size,
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	found, err := a.Shipments.List(ctx, filter, page.Request{Limit: size})
	if err != nil {
		return nil, err
	}
	out := shipmentPage{Shipments: make([]shipmentRow, 0, len(found.Items)), Page: at, MaxCount: size}
	for _, row := range found.Items {
		sh, err := a.Shipments.Get(ctx, c.account(), shipment.Handle{ID: row.ID})
		if err != nil {
			return nil, err
		}
		out.Shipments = append(out.Shipments, rowOf(sh, zone))
	}
	out.Count = len(out.Shipments)
	return out, nil
}

// statesOf gives the states a list shows: what was or may have been bought, cancelled or not or both.
func statesOf(cancelled *bool) []shipment.State {
	live := []shipment.State{shipment.Sending, shipment.Unknown, shipment.Booked, shipment.Cancelling}
	switch {
	case cancelled == nil:
		return append(live, shipment.Cancelled)
	case *cancelled:
		return []shipment.State{shipment.Cancelled}
	}
	return live
}

func rowOf(sh shipment.Shipment, zone *time.Location) shipmentRow {
	to := sh.Consignment.To
	row := shipmentRow{
		ID: sh.Number, RequestNumber: sh.RequestNumber, Courier: sh.Courier, Company: cmp.Or(sh.Consignment.Forward.Company, sh.Company), Testing: sh.Testing,
		TrackingCodes: append([]string{}, sh.TrackingCodes...), Reference: sh.Reference, Reference2: sh.Reference2,
		ToName: to.Name, ToCompany: to.CompanyName, ToAddress: to.Address1, ToPostcode: to.Postcode, ToCountry: to.CountryISO,
		AccountNumber: sh.AccountNumber, AccountName: sh.CustomerName, ServiceName: sh.ServiceName, PresetCode: sh.PresetCode,
		ParcelCount: sh.Row.Parcels, Parcels: make([]parcelRow, 0, len(sh.Consignment.Parcels)),
		CreatedAt: moment(sh.CreatedMs, zone).Format(time.RFC3339), Cancelled: sh.State == shipment.Cancelled,
		Status: sh.Status.Word(), StatusCode: sh.Status, State: sh.State, Request: sh.Request,
	}
	if sh.Consignment.CollectionMs != 0 {
		text := moment(sh.Consignment.CollectionMs, zone).Format(time.DateTime)
		row.CollectionDate = &text
	}
	if len(row.Request) == 0 {
		row.Request = json.RawMessage("{}")
	}
	for i, p := range sh.Consignment.Parcels {
		parcel := parcelRow{Weight: json.Number(p.Weight.Kilograms())}
		if i < len(sh.TrackingCodes) {
			parcel.TrackingCode = sh.TrackingCodes[i]
		}
		row.Parcels = append(row.Parcels, parcel)
	}
	return row
}

func moment(ms int64, zone *time.Location) time.Time { return time.UnixMilli(ms).In(zone) }

// day reads a date and gives the Unix ms at which that day begins in the zone, later by so many days; 0 where it is absent.
// Of a date with a time the day it falls on counts.
func (in *input) day(name string, zone *time.Location, later int) int64 {
	text := in.text(name)
	if text == "" {
		return 0
	}
	for _, layout := range []string{time.DateOnly, time.DateTime, "2006-01-02T15:04:05", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			t = t.In(zone)
			return time.Date(t.Year(), t.Month(), t.Day()+later, 0, 0, 0, 0, zone).UnixMilli()
		}
	}
	in.wrong.Add(name, "%s must be a date such as 2026-03-31, not %q.", name, text)
	return 0
}

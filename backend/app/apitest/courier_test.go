package apitest

import (
	"context"
	"fmt"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// mail is a courier on the far side of a network, with a secret, whose next answer is set by hand.
type mail struct {
	refuses string // what Check says of every credential; "" takes them

	mu      sync.Mutex
	sold    int
	next    error // what Book answers; nil sells
	checked courier.Access
}

func (*mail) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Mail", Name: "Mail", Initials: "ML", Website: "https://mail.example",
		Fields: []courier.Field{
			{Key: "client_id", Label: "Client id", Kind: courier.Text, Required: true, MaxLength: 50},
			{Key: "client_secret", Label: "Client secret", Kind: courier.Secret, Required: true},
			{Key: "depot", Label: "Depot", Kind: courier.Text},
		},
		Services:     []courier.ServiceOffer{{Code: "STD", PresetCode: "ML-STD", Name: "Standard"}},
		Formats:      []courier.Format{courier.PDF},
		Sizes:        []courier.Size{courier.Size4x6},
		Capabilities: courier.Capabilities{Cancel: true},
	}
}

func (m *mail) Check(_ context.Context, with courier.Access) (courier.Verdict, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.checked = with
	if m.refuses != "" {
		return courier.Verdict{}, errs.New(errs.Rejected, "%s", m.refuses)
	}
	return courier.Verdict{Steps: []courier.Step{{Text: "Logged in."}}, Warnings: []string{"The contract ends soon."}}, nil
}

func (m *mail) Book(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.next != nil {
		return courier.Booked{}, m.next
	}
	m.sold++
	code := fmt.Sprintf("ML%06d", m.sold)
	return courier.Booked{
		CourierRef: code, TrackingCodes: []string{code}, TrackingURLs: []string{"https://mail.example/" + code},
		Label: courier.Label{Format: courier.PDF, Size: c.LabelSize, DPI: 203, Bytes: []byte("%PDF-1.4 of " + code)},
	}, nil
}

func (*mail) Cancel(context.Context, courier.Access, courier.Reference) error {
	return errs.New(errs.Conflict, "Mail has collected it.")
}

// checkedWith gives a field of the credentials that were last checked.
func (m *mail) checkedWith(field string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.checked.Credentials.Get(field)
}

func (m *mail) answers(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next = err
}

const (
	mailAuth  = `{"auth":{"client_id":"acme","client_secret":"cAnArY-mail-77"},"auth_company":"Main"}`
	mailLabel = "/api/couriers/v1/Mail/create-label"
)

// mailOrder is an order for Mail.
func mailOrder(top string) string {
	if top != "" {
		top += ","
	}
	return `{` + top + `"shipment":{"dc_service_id":"ML-STD","reference":"M-1",
	"ship_from":{"name":"Bench","address_1":"1 Mill Lane","city":"Leeds","postcode":"LS1 4AP","country_iso":"GB"},
	"ship_to":{"name":"Jo","address_1":"7 Harbour Street","city":"Whitstable","postcode":"CT5 1AQ","country_iso":"GB"},
	"parcels":[{"weight":1,"weight_unit":"kg","items":[{"description":"Mug","quantity":1,"value":5,"value_currency":"GBP"}]}]}}`
}

//go:build bridge

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
)

// sample is a courier outside this machine as the tests of the screens need one: with secrets that it takes or refuses, and
// with purchases that end as their reference says; what became of any other nobody knows.
type sample struct {
	mu   sync.Mutex
	sold map[string]int // by reference
	days int            // how often a day was closed
}

// The secrets that Check answers to; any other is taken.
const (
	refusedSecret = "refused-secret"
	absentSecret  = "nobody-there"
)

func (*sample) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "SampleParcels", Name: "Sample Parcels", Initials: "SP", Description: "A courier of the tests.",
		Website: "https://parcels.example.com", Checked: courier.Contract{Name: "Sample Parcels API", Version: "2.1"},
		Fields: []courier.Field{
			{Key: "client_id", Label: "Client ID", Kind: courier.Text, Required: true, MinLength: 4, MaxLength: 20, Where: "In the portal, under My apps."},
			{Key: "client_secret", Label: "Client secret", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 64, Where: "Beside the client ID."},
			{Key: "account_number", Label: "Account number", Kind: courier.Text, Required: true, Pattern: "[0-9]{6}", PatternHint: "6 digits"},
			{Key: "webhook_secret", Label: "Webhook secret", Kind: courier.Secret, MaxLength: 64},
			{Key: "prices", Label: "Prices", Kind: courier.Choice, Default: "list", Options: []courier.Option{
				{Value: "list", Label: "List prices"}, {Value: "own", Label: "Our own prices"},
			}},
		},
		Options: []courier.Field{
			{Key: "signature", Label: "Signature on delivery", Kind: courier.Bool},
			{Key: "depot", Label: "Depot", Kind: courier.Text, Required: true, Pattern: "[A-Z]{3}", PatternHint: "three capitals"},
		},
		Services: []courier.ServiceOffer{{Code: "SP-STANDARD", PresetCode: "SP-STANDARD", Name: "Standard"}},
		Formats:  []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
		Capabilities: courier.Capabilities{Cancel: true, Track: true, Manifest: true},
		Limits:       courier.Limits{AddressLine: 35, ParcelWeight: 30_000, ParcelLength: 1200, PhoneNeeded: true},
	}
}

func (*sample) Check(_ context.Context, access courier.Access) (courier.Verdict, error) {
	verdict := courier.Verdict{Steps: []courier.Step{{Text: "Sample Parcels answered", Took: 84 * time.Millisecond}}}
	switch access.Credentials.Get("client_secret") {
	case refusedSecret:
		return verdict, errs.New(errs.Rejected, "Sample Parcels says: “The client secret is not ours.” Copy it again from the portal.")
	case absentSecret:
		return courier.Verdict{}, errs.New(errs.Unavailable, "parcels.example.com did not answer. Check this machine's network and test again.")
	}
	verdict.Steps = append(verdict.Steps, courier.Step{Text: "Client ID and secret were accepted", Took: 231 * time.Millisecond})
	return verdict, nil
}

// Book sells what has a reference of SELL-…, refuses REFUSE-…, and sells ONCE-… the first time only. With …-PAPERS,
// papers come beside the label.
func (s *sample) Book(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, _, _ := strings.Cut(c.Reference, "-")
	again := s.sold[c.Reference] > 0
	switch {
	case kind == "REFUSE", kind == "ONCE" && again:
		return courier.Booked{}, errs.New(errs.Rejected, "Sample Parcels says: “No service to this postcode.”")
	case kind != "SELL" && kind != "ONCE":
		return courier.Booked{}, errors.New("the connection broke")
	}
	if s.sold == nil {
		s.sold = map[string]int{}
	}
	s.sold[c.Reference]++
	code := fmt.Sprintf("SP%s%02d", kind, s.sold[c.Reference])
	b := courier.Booked{
		CourierRef: "ref-" + code, TrackingCodes: []string{code}, Price: money.Amount{Minor: 1245, Currency: "GBP"},
		Label: courier.Label{Format: courier.PDF, Size: courier.Size4x6, Bytes: []byte("%PDF-1.4 label of " + code)},
		Raw:   fmt.Appendf(nil, `{"consignment":"ref-%s","barcodes":["%s"],"price":"12.45"}`, code, code),
	}
	if strings.HasSuffix(c.Reference, "-PAPERS") {
		b.AddPaper(courier.PaperInvoice, []byte("%PDF-1.4 invoice of "+code))
		b.AddPaper(courier.PaperCustoms, []byte("%PDF-1.4 first CN23 of "+code))
		b.AddPaper(courier.PaperCustoms, []byte("%PDF-1.4 second CN23 of "+code))
		b.NoPaper(courier.PaperReceipt, errs.New(errs.Unavailable, "Sample Parcels did not answer."))
	}
	return b, nil
}

// Cancel takes every cancellation.
func (*sample) Cancel(context.Context, courier.Access, courier.Reference) error { return nil }

// Track says that a parcel was collected, whichever it is.
func (*sample) Track(_ context.Context, _ courier.Access, code, _ string) ([]courier.Event, error) {
	return []courier.Event{{
		TrackingCode: code, AtMs: time.Now().UnixMilli(), Status: courier.StatusCollected, Description: "Uplifted", Location: "Sample depot",
	}}, nil
}

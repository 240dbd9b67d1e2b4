//go:build bridge

package main

import (
	"context"
	"errors"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// sample is a courier outside this machine as the tests of the screens need one: with secrets that it takes or refuses, and
// with purchases whose outcome nobody knows.
type sample struct{}

// The secrets that Check answers to; any other is taken.
const (
	refusedSecret = "refused-secret"
	absentSecret  = "nobody-there"
)

func (sample) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "SampleParcels", Name: "Sample Parcels", Initials: "SP", Description: "A courier of the tests.",
		Website: "https://parcels.example.com",
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
		Limits: courier.Limits{AddressLine: 35, ParcelWeight: 30_000, ParcelLength: 1200, PhoneNeeded: true},
	}
}

func (sample) Check(_ context.Context, access courier.Access) (courier.Verdict, error) {
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

func (sample) Book(context.Context, courier.Access, courier.Consignment) (courier.Booked, error) {
	return courier.Booked{}, errors.New("the connection broke")
}

package app_test

import (
	"context"
	"testing"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/order"
	"packbench/backend/core/setup"
)

// BenchmarkBeforePurchase is what is read from the database and checked before a label of Own fleet is drawn: who is
// calling, and all that is to be settled of the sample order.
func BenchmarkBeforePurchase(b *testing.B) {
	a, begun := measured(b)
	caller := account.Presented{APIUser: begun.Account.Name, Secret: begun.Key, From: "bench"}
	ctx, cancel := context.WithCancel(b.Context()) // as a request's, which its caller may give up
	defer cancel()
	who, err := a.Accounts.Authenticate(ctx, caller)
	if err != nil {
		b.Fatal(err)
	}
	o, err := order.Parse([]byte(setup.SampleOrder), "")
	if err != nil {
		b.Fatal(err)
	}
	ctx = actor.With(ctx, who.Actor)
	b.Run("authenticate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := a.Accounts.Authenticate(ctx, caller); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("prepare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := a.Shipments.Check(ctx, begun.Account.ID, o); err != nil {
				b.Fatal(err)
			}
		}
	})
}

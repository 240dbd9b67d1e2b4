// Package seed fills a data folder with made-up clients and shipments for trials and benchmarks. Nothing is bought and no
// documents are kept; labels can be drawn again from what is stored.
package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
	"packbench/backend/core/shipment"
)

// Service makes them.
type Service struct {
	Store    store.Store[shipment.Repo]
	Accounts *account.Service
	Auths    *auth.Service
	Couriers *courier.Registry
	Numbers  *numbering.Service
	Clock    clock.Clock
}

// MaxShipments is the most one call makes.
const MaxShipments = 5_000_000

const (
	batch = 250                      // shipments a write
	span  = 2 * 365 * 24 * time.Hour // how far back they reach
)

// Shipments makes count shipments on an account, spread over the last two years. Invalid: the count; Conflict: the account has
// no auth of a courier that works without a network.
func (s *Service) Shipments(ctx context.Context, on account.Account, count int) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	if count < 1 || count > MaxShipments {
		return errs.OnField("shipments", "%d is not a number from 1 to %d.", count, MaxShipments)
	}
	m, err := s.maker(ctx, on)
	if err != nil {
		return err
	}
	step := span / time.Duration(count)
	for done := 0; done < count; {
		size := min(batch, count-done)
		list := make([]shipment.Shipment, size)
		for i := range list {
			if list[i], err = m.make(ctx, m.start.Add(step*time.Duration(done+i))); err != nil {
				return err
			}
		}
		err := s.Store.Write(ctx, func(r shipment.Repo) error {
			for _, sh := range list {
				if err := r.CreateShipment(sh); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		done += size
	}
	return nil
}

// maker makes shipments one after another; the same numbers in, the same shipments out.
type maker struct {
	*rand.Rand
	numbers *numbering.Service
	account account.Account
	auth    auth.Auth
	courier *courier.Descriptor
	start   time.Time
}

func (s *Service) maker(ctx context.Context, on account.Account) (*maker, error) {
	auths, err := s.Auths.List(ctx, on.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range auths {
		adapter, err := s.Couriers.Find(a.Courier)
		if err == nil && adapter.Descriptor().Local {
			return &maker{
				Rand:    rand.New(rand.NewPCG(1, 2)),
				numbers: s.Numbers, account: on, auth: a, courier: adapter.Descriptor(), start: s.Clock.Now().Add(-span),
			}, nil
		}
	}
	return nil, errs.New(errs.Conflict, "The account “%s” has no auth of a courier that works without a network. Register one first.", on.Name)
}

func (m *maker) make(ctx context.Context, at time.Time) (shipment.Shipment, error) {
	number, err := m.numbers.Next(ctx, numbering.SiteSeries(numbering.Shipments))
	if err != nil {
		return shipment.Shipment{}, err
	}
	request, err := m.numbers.Next(ctx, numbering.SiteSeries(numbering.Requests))
	if err != nil {
		return shipment.Shipment{}, err
	}
	service := one(m, m.courier.Services)
	c := courier.Consignment{
		ShipmentID: ident.New(at), Service: service, From: m.account.DefaultSender, To: m.address(), Parcels: m.parcels(),
		Reference: fmt.Sprintf("SO-%07d", number), OrderID: fmt.Sprintf("%d", 500_000+number), Testing: m.auth.Testing,
		LabelFormat: courier.PDF, LabelSize: courier.Size4x6, LabelDPI: 203,
	}
	if c.From.IsZero() {
		c.From = m.address()
	}
	ms := at.UnixMilli()
	sh := shipment.Shipment{
		Row: shipment.Row{
			ID: shipment.ID(c.ShipmentID), Number: number, RequestNumber: request, CreatedMs: ms, UpdatedMs: ms, Version: 1,
			AccountID: m.account.ID, AccountName: m.account.Name, Courier: m.courier.Key, Company: m.auth.Company,
			ServiceName: service.Name, PresetCode: service.PresetCode, Testing: m.auth.Testing, Reference: c.Reference,
			Recipient: c.To.Name, RecipientOrg: c.To.CompanyName, City: c.To.City, Postcode: c.To.Postcode, CountryISO: c.To.CountryISO,
			Parcels: len(c.Parcels), Weight: c.Weight(), State: shipment.Booked,
		},
		AuthID: m.auth.ID, ServiceCode: service.Code, Consignment: c, TrackingHash: m.Int64N(1 << 53),
	}
	for i := range c.Parcels {
		sh.TrackingCodes = append(sh.TrackingCodes, fmt.Sprintf("SEED%09d%02d", number, i+1))
	}
	m.live(&sh, at)
	return sh, nil
}

// live gives a shipment its life so far: most are delivered, some on their way, a few cancelled.
func (m *maker) live(sh *shipment.Shipment, at time.Time) {
	sh.Timeline = []shipment.Moment{
		{AtMs: sh.CreatedMs, Step: shipment.StepReceived, By: "seed"}, {AtMs: sh.CreatedMs + 12, Step: shipment.StepBooked, By: "seed"},
	}
	way := []courier.Status{courier.StatusBooked, courier.StatusCollected, courier.StatusInTransit, courier.StatusOutForDelivery, courier.StatusDelivered}
	steps := len(way)
	switch chance := m.IntN(100); {
	case chance < 5:
		sh.State, steps = shipment.Cancelled, 1
		sh.Timeline = append(sh.Timeline, shipment.Moment{AtMs: sh.CreatedMs + 60_000, Step: shipment.StepCancelled, By: "seed"})
	case chance < 20:
		steps = 1 + m.IntN(len(way))
	}
	sh.Packed = steps > 1
	if m.IntN(20) > 0 {
		sh.PrintedMs = sh.CreatedMs + 2_000
	}
	for i, status := range way[:steps] {
		when := at.Add(time.Duration(i) * 9 * time.Hour)
		sh.Events = append(sh.Events, courier.Event{
			ID: ident.New(when), TrackingCode: sh.TrackingCodes[0], AtMs: when.UnixMilli(), Status: status, Description: status.Word(), Location: sh.City,
		})
		sh.Status = status
	}
	if sh.State == shipment.Cancelled {
		sh.Status = courier.StatusCancelled
	}
}

func one[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }

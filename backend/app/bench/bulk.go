package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"packbench/backend/core/bulk"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
)

// waiting is how often a run that works by itself is looked at.
const waiting = 5 * time.Millisecond

// How many shipments' papers go into one file, and what that may cost.
const (
	bulkShipments = bulk.Limit
	bulkSeconds   = 3.0
	bulkMemory    = 200.0 // MB
)

// documents measures one PDF of the labels and packing slips of many shipments: processor time, user and system, and the most
// memory that the process held, database and cache included.
func documents(binary string) (err error) {
	o, err := open(binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	ask, err := o.shipped()
	if err != nil {
		return err
	}
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil { // forget the most so far
		return err
	}
	before, err := processorTime("self")
	if err != nil {
		return err
	}
	run, err := o.Bulk.Start(o.ctx, ask)
	for err == nil && run.State == bulk.Working {
		time.Sleep(waiting)
		run, err = o.Bulk.Now(o.ctx)
	}
	if err != nil {
		return err
	}
	if run.Done != bulkShipments || len(run.Files) != 1 {
		return fmt.Errorf("bulk: %d of %d shipments in %d files: %s", run.Done, bulkShipments, len(run.Files), run.Why)
	}
	after, err := processorTime("self")
	if err != nil {
		return err
	}
	most, err := memory("self", "VmHWM:")
	if err != nil {
		return err
	}
	seconds := (after - before).Seconds()
	name := fmt.Sprintf("%d labels and packing slips in one PDF", bulkShipments)
	return print(
		figure{Name: name, Value: seconds, Unit: "CPU-s", Limit: bulkSeconds, Ratio: seconds / bulkSeconds, Goal: 1},
		figure{Name: name + ", most memory", Value: most, Unit: "MB", Limit: bulkMemory, Ratio: most / bulkMemory, Goal: 1},
	)
}

// shipped buys the shipments and asks for their papers.
func (o *opened) shipped() (bulk.Ask, error) {
	ask := bulk.Ask{Action: bulk.Documents, Kinds: []document.Kind{document.KindLabel, document.KindPackingSlip}}
	for i := range bulkShipments {
		sample, err := order.Parse([]byte(strings.Replace(setup.SampleOrder, "SAMPLE-1001", fmt.Sprintf("SO-%04d", i), 1)), "")
		if err != nil {
			return ask, err
		}
		made, err := o.Shipments.Create(o.ctx, o.account, sample, shipment.Origin{})
		if err != nil {
			return ask, err
		}
		ask.IDs = append(ask.IDs, made.Shipment.ID)
	}
	return ask, nil
}

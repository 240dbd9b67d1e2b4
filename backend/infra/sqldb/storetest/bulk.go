package storetest

import (
	"reflect"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/bulk"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
)

// bulkRuns are kept one at a time, with what was done to their shipments.
func bulkRuns(t *testing.T, b *Bench) {
	now := func() bulk.Kept { return get(b, func(r Repo) (bulk.Kept, error) { return r.BulkRun() }) }
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.BulkRun(); return err })
	b.write(func(r Repo) error { return r.ForgetBulkRun() })

	first := bulk.Kept{
		ID:   "run 1",
		Ask:  bulk.Ask{Action: bulk.Print, IDs: []shipment.ID{"a", "b", "c"}, Kinds: []document.Kind{document.KindLabel}, Arrangement: bulk.Collated},
		Rows: map[int]bulk.KeptRow{},
	}
	b.write(func(r Repo) error { return r.KeepBulkRun(first) })
	same(b, "a run just begun", reflect.DeepEqual(now(), first), true)

	first.Rows[0] = bulk.KeptRow{Through: true, Jobs: map[document.Kind]printing.JobID{document.KindLabel: "job 1"}}
	first.Rows[2] = bulk.KeptRow{Parked: &bulk.Parked{ID: "c", Number: 3, Name: "Hillside", Code: "conflict", Message: "Not now.", Again: true}}
	b.write(func(r Repo) error { return r.KeepBulkRows(first.ID, first.Rows) })
	same(b, "what was done", reflect.DeepEqual(now(), first), true)
	first.Rows[2] = bulk.KeptRow{Through: true}
	b.write(func(r Repo) error { return r.KeepBulkRows(first.ID, map[int]bulk.KeptRow{2: first.Rows[2]}) })
	same(b, "tried again", reflect.DeepEqual(now(), first), true)

	second := bulk.Kept{ID: "run 2", Ask: bulk.Ask{Action: bulk.Cancel, IDs: []shipment.ID{"d"}}, Rows: map[int]bulk.KeptRow{0: {Through: true}}}
	b.write(func(r Repo) error { return r.KeepBulkRun(second) })
	same(b, "the run after it", reflect.DeepEqual(now(), second), true)
	b.refuse(errs.NotFound, func(r Repo) error { return r.KeepBulkRows(first.ID, first.Rows) })
	b.write(func(r Repo) error { return r.ForgetBulkRun() })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.BulkRun(); return err })
	b.refuse(errs.NotFound, func(r Repo) error { return r.KeepBulkRows(second.ID, second.Rows) })
}

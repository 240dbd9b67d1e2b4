package manifest_test

import (
	"testing"
	"time"

	"packbench/backend/core/shipment"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/sqldb/storetest"
	"packbench/backend/testkit"
)

// What closing the day of 1,000 shipments costs, and seeing what is open before it.
func BenchmarkCloseADay(b *testing.B) {
	const day = 1_000
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b)
		err := sqldb.As[shipment.Repo](w.DB).Write(w.ctx, func(r shipment.Repo) error {
			for n := range int64(day) {
				s := storetest.SampleShipment(n+1, w.account, w.Bench.Clock.Now().Add(-time.Duration(n)*time.Second))
				s.AuthID, s.Company = w.own.ID, w.own.Company
				if err := r.CreateShipment(s); err != nil {
					return err
				}
			}
			return nil
		})
		testkit.OK(b, err)
		testkit.OK(b, w.DB.Settle(w.ctx))
		b.StartTimer()
		began := time.Now()
		if l := w.left(b, w.own); l.Shipments != day {
			b.Fatalf("left: %+v", l)
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-seen")
		_, err = w.Close(w.ctx, w.own.ID, nil)
		testkit.OK(b, err)
	}
}

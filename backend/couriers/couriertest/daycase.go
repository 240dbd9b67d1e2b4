package couriertest

import (
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/manifest"
	"packbench/backend/infra/pdf"
	"packbench/backend/infra/sqldb"
)

// endOfDay closes a day through the real service, once with a clear answer and once with none: that one stays unknown until
// it is asked for again, and what was closed is closed once.
func endOfDay(t *testing.T, w *world) result {
	if _, can := w.adapter.(courier.Manifester); !can {
		return lacks
	}
	days := &manifest.Service{
		Store: sqldb.As[manifest.Repo](w.db), Auths: w.Auths, Shipments: w.Service, Documents: w.Documents, Couriers: w.Couriers,
		Drawer: pdf.Drawer{}, Numbers: w.Numbers, Clock: w.clock,
	}
	id := auth.ID(w.access.AuthID)
	w.buy(t, w.suite.sample(w.serial(), 1))
	m, err := days.Close(w.ctx, id, nil)
	w.hear(err)
	if err != nil || m.State != manifest.Closed || m.CourierRef == "" || m.PaperKey == "" {
		t.Fatalf("%+v %v", m, err)
	}
	if _, err := days.Close(w.ctx, id, nil); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a closed day was closed again: %v", err)
	}

	w.buy(t, w.suite.sample(w.serial(), 1))
	w.stand.disturb(noiseError)
	m, err = days.Close(w.ctx, id, nil)
	w.hear(err)
	w.stand.disturb(quiet)
	if !errs.Is(err, errs.Unclear) || m.State != manifest.Unknown {
		t.Fatalf("after a 500: %+v %v, want it unknown", m, err)
	}
	m, err = days.Again(w.ctx, m.ID)
	w.hear(err)
	if err != nil || m.State != manifest.Closed {
		t.Fatalf("asked again: %+v %v", m, err)
	}
	return yes
}

package shipment

import (
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

func TestKept(t *testing.T) {
	w := newWorld(t)
	sh, other := w.buy(t, nil).Shipment, w.buy(t, nil).Shipment
	if _, err := w.PackingSlip(w.ctx, owned, Handle{ID: sh.ID}, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Label(w.ctx, owned, Handle{ID: sh.ID}, courier.ZPL, 300); err != nil {
		t.Fatal(err)
	}
	kept, err := w.Kept(seated(), sh.ID)
	if err != nil || len(kept) != 3 {
		t.Fatalf("%d documents, %v", len(kept), err)
	}
	for _, d := range kept {
		f, err := w.KeptFile(seated(), sh.ID, d.Key)
		if err != nil || f.SHA256 != d.SHA256 || int64(len(f.Bytes)) != d.Size {
			t.Errorf("%s %s: %v", d.Kind, d.Variant, err)
		}
		if last := w.reload(t, sh.ID).Timeline; last[len(last)-1].Step != takenOutBy(d.Kind) {
			t.Errorf("%s: taken out, noted as %+v", d.Kind, last[len(last)-1])
		}
	}
	if n := len(w.m.documents); n != 4 {
		t.Errorf("%d documents are kept after looking at them, want 4", n)
	}
	_, err = w.KeptFile(seated(), other.ID, kept[0].Key)
	wantCode(t, err, errs.NotFound)
	_, err = w.KeptFile(seated(), sh.ID, "nothing")
	wantCode(t, err, errs.NotFound)
	_, err = w.Kept(w.ctx, sh.ID)
	wantCode(t, err, errs.Forbidden)
	_, err = w.KeptFile(w.ctx, sh.ID, kept[0].Key)
	wantCode(t, err, errs.Forbidden)
	if _, _, err := w.Cancel(w.ctx, owned, Handle{ID: sh.ID}); err != nil {
		t.Fatal(err)
	}
	for _, d := range kept {
		_, err := w.KeptFile(seated(), sh.ID, d.Key)
		if (errs.CodeOf(err) == errs.Conflict) != (d.Kind == "label") {
			t.Errorf("%s of a cancelled shipment: %v", d.Kind, err)
		}
	}
}

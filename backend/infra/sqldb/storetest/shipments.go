package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// ship makes a shipment of an account, changed as the test wants.
func (b *Bench) ship(number int64, owner account.Account, change func(*shipment.Shipment)) shipment.Shipment {
	b.Helper()
	b.made++
	s := SampleShipment(number, owner.ID, start.Add(time.Duration(b.made)*time.Second))
	if change != nil {
		change(&s)
	}
	b.write(func(r Repo) error { return r.CreateShipment(s) })
	return s
}

// sameShipment compares what was written with what is read, all of it.
func (b *Bench) sameShipment(got, want shipment.Shipment) {
	b.Helper()
	want.AccountName = "shop"
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(shipment.Shipment{}), cmpopts.EquateEmpty()); diff != "" {
		b.Fatalf("shipment differs (- written, + read):\n%s", diff)
	}
}

func shipments(t *testing.T, b *Bench) {
	owner := b.shop()
	s := b.ship(7, owner, func(s *shipment.Shipment) {
		s.Testing, s.Packed, s.PrintedMs, s.RecipientOrg = true, true, 44, "Okafor & Daughters"
		s.TrackingCodes = []string{"A 1", "B-2"}
		s.Price, s.CancelUntilMs, s.Failure, s.GiftNote = money.Amount{Minor: 450, Currency: "GBP"}, 9, "none", "Happy birthday 🎉"
		s.Warnings = []courier.Warning{{Field: "shipment.reference", Message: "cut"}}
		s.Answer = []byte(`{"ok":true}`)
	})
	b.sameShipment(get(b, func(r Repo) (shipment.Shipment, error) { return r.Shipment(s.ID) }), s)
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateShipment(SampleShipment(7, owner.ID, start)) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Shipment("none"); return err })

	changed := s
	changed.State, changed.Status, changed.TrackingCodes = shipment.Cancelled, courier.StatusCancelled, []string{"C3"}
	changed.Consignment.To.Name, changed.Failure = "Somebody else", "void"
	b.write(func(r Repo) error { return r.UpdateShipment(changed) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateShipment(changed) })
	b.refuse(errs.NotFound, func(r Repo) error {
		return r.UpdateShipment(SampleShipment(8, owner.ID, start))
	})
	changed.Version = 2
	b.sameShipment(get(b, func(r Repo) (shipment.Shipment, error) { return r.Shipment(s.ID) }), changed)

	b.write(func(r Repo) error {
		return r.AppendMoment(s.ID, shipment.Moment{AtMs: 5, Step: shipment.StepLabel, Note: "reprint", By: "Sam"})
	})
	late, early := courier.Event{ID: "e1", AtMs: 900, Status: courier.StatusDelivered}, courier.Event{ID: "e2", AtMs: 800, TrackingCode: "C3", Location: "Leeds"}
	b.write(func(r Repo) error { return r.AppendEvent(s.ID, late) })
	b.write(func(r Repo) error { return r.AppendEvent(s.ID, early) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.AppendMoment("none", shipment.Moment{}) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.AppendEvent("none", late) })
	got := get(b, func(r Repo) (shipment.Shipment, error) { return r.Shipment(s.ID) })
	same(b, "steps", len(got.Timeline), 3)
	same(b, "last step", got.Timeline[2].By, "Sam")
	if len(got.Events) != 3 || got.Events[0] != early || got.Events[1] != late {
		t.Fatalf("events = %+v, want them by their time", got.Events)
	}

	t.Run("find", func(t *testing.T) { find(b, owner, s) })

	for _, state := range []shipment.State{shipment.Sending, shipment.Queued} {
		b.ship(int64(100+len(state)), owner, func(s *shipment.Shipment) { s.State = state })
	}
	list := get(b, func(r Repo) ([]shipment.Shipment, error) {
		return r.ShipmentsIn(shipment.Queued, shipment.Sending)
	})
	if len(list) != 2 || len(list[0].Timeline) != 2 || list[0].Consignment.Parcels == nil {
		t.Fatalf("shipments in flight = %+v, want two, whole", list)
	}
	same(b, "nobody's state", len(get(b, func(r Repo) ([]shipment.Shipment, error) { return r.ShipmentsIn() })), 0)
}

func find(b *Bench, owner account.Account, s shipment.Shipment) {
	other := b.account("other shop", owner.GroupID)
	newer := b.ship(20, owner, func(n *shipment.Shipment) { n.Reference, n.TrackingCodes = s.Reference, []string{"C3"} })
	theirs := b.ship(21, other, func(n *shipment.Shipment) { n.Reference = s.Reference })
	for _, c := range []struct {
		name  string
		owner account.ID
		by    shipment.Handle
		want  shipment.ID
	}{
		{"id", owner.ID, shipment.Handle{ID: s.ID}, s.ID},
		{"number", owner.ID, shipment.Handle{Number: 7}, s.ID},
		{"request number", owner.ID, shipment.Handle{RequestNumber: s.RequestNumber}, s.ID},
		{"tracking code, the newest", owner.ID, shipment.Handle{TrackingCode: "c3"}, newer.ID},
		{"reference, the newest", owner.ID, shipment.Handle{Reference: s.Reference}, newer.ID},
		{"reference, of anybody", "", shipment.Handle{Reference: s.Reference}, theirs.ID},
		{"the first that is set", owner.ID, shipment.Handle{ID: s.ID, Number: 20}, s.ID},
		{"the old tracking code", owner.ID, shipment.Handle{TrackingCode: "A 1"}, ""},
		{"part of a reference", owner.ID, shipment.Handle{Reference: "SO-"}, ""},
		{"another's id", other.ID, shipment.Handle{ID: s.ID}, ""},
		{"another's number", other.ID, shipment.Handle{Number: 7}, ""},
		{"nothing", owner.ID, shipment.Handle{}, ""},
		{"number and courier", owner.ID, shipment.Handle{Number: 7, Courier: s.Courier}, s.ID},
		{"another courier", owner.ID, shipment.Handle{Number: 7, Courier: "Elsewhere"}, ""},
		{"a courier alone", owner.ID, shipment.Handle{Courier: s.Courier}, ""},
	} {
		err := b.Store.Read(b.Context(), func(r Repo) error {
			got, err := r.FindShipment(c.owner, c.by)
			if got.ID != c.want {
				b.Errorf("by %s: %q, want %q", c.name, got.ID, c.want)
			}
			return err
		})
		if want := c.want == ""; want != errs.Is(err, errs.NotFound) || !want && err != nil {
			b.Errorf("by %s: %v", c.name, err)
		}
	}
}

func claims(t *testing.T, b *Bench) {
	owner := b.shop()
	other := b.account("other", owner.GroupID)
	s := SampleShipment(1, owner.ID, start)
	claim := func(key string) shipment.Claim {
		return shipment.Claim{AccountID: owner.ID, Key: key, Fingerprint: [32]byte{1, 31: 9}, ShipmentID: s.ID, CreatedMs: 100}
	}
	b.write(func(r Repo) error { // a claim may come before its shipment
		if err := r.CreateClaim(claim("id|OwnFleet\x1fSO-1\x1f1")); err != nil {
			return err
		}
		if err := r.CreateShipment(s); err != nil {
			return err
		}
		return r.CreateClaim(claim("key|abc"))
	})
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateClaim(claim("key|abc")) })
	theirs := claim("key|abc")
	theirs.AccountID = other.ID
	theirs.ShipmentID, theirs.CreatedMs = "another", 50
	b.write(func(r Repo) error { return r.CreateClaim(theirs) })

	// A conflict is met within the transaction, and what the winner claimed is read there.
	b.write(func(r Repo) error {
		if err := r.CreateClaim(claim("key|abc")); !errs.Is(err, errs.Conflict) {
			t.Errorf("a taken claim = %v, want a conflict", err)
		}
		got, err := r.Claim(owner.ID, "key|abc")
		same(b, "claim", got, claim("key|abc"))
		return err
	})
	b.write(func(r Repo) error { return r.MoveClaims(s.ID, "heir") })
	same(b, "who a moved claim names", get(b, func(r Repo) (shipment.Claim, error) { return r.Claim(owner.ID, "id|OwnFleet\x1fSO-1\x1f1") }).ShipmentID, "heir")
	same(b, "who a key names", get(b, func(r Repo) (shipment.Claim, error) { return r.Claim(owner.ID, "key|abc") }).ShipmentID, s.ID)
	b.write(func(r Repo) error { return r.MoveClaims("heir", s.ID) })
	b.write(func(r Repo) error { return r.ReleaseClaims(s.ID, false) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Claim(owner.ID, "id|OwnFleet\x1fSO-1\x1f1"); return err })
	b.read(func(r Repo) error { _, err := r.Claim(owner.ID, "key|abc"); return err })
	b.write(func(r Repo) error { return r.CreateClaim(claim("id|OwnFleet\x1fSO-1\x1f1")) }) // free again
	b.write(func(r Repo) error { return r.PruneClaims(100) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Claim(other.ID, "key|abc"); return err })
	b.read(func(r Repo) error { _, err := r.Claim(owner.ID, "key|abc"); return err })
	b.write(func(r Repo) error { return r.ReleaseClaims(s.ID, true) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Claim(owner.ID, "key|abc"); return err })
}

func documents(t *testing.T, b *Bench) {
	s := SampleShipment(1, "somebody", start)
	label, content := SampleLabel(s)
	b.write(func(r Repo) error { return r.PutDocument(label, content) }) // may come before its shipment
	again := label
	again.Key, again.Kind, again.CreatedMs = "another", document.KindPackingSlip, label.CreatedMs-1
	b.write(func(r Repo) error { return r.PutDocument(again, content) }) // the same bytes
	b.refuse(errs.Conflict, func(r Repo) error { return r.PutDocument(label, content) })

	same(b, "document", get(b, func(r Repo) (document.Document, error) { return r.Document(label.Key) }), label)
	list := get(b, func(r Repo) ([]document.Document, error) { return r.DocumentsOf(string(s.ID)) })
	if !slices.Equal(list, []document.Document{again, label}) {
		t.Fatalf("documents = %+v, want both, the oldest first", list)
	}
	same(b, "bytes", string(get(b, func(r Repo) ([]byte, error) { return r.Bytes(label) })), string(content))
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Document("none"); return err })
	others := label
	others.Key, others.ShipmentID = "others", "another shipment"
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Bytes(others); return err })
	b.write(func(r Repo) error { return r.PutDocument(others, content) })
	same(b, "another shipment's bytes", string(get(b, func(r Repo) ([]byte, error) { return r.Bytes(others) })), string(content))

	wrong := label
	wrong.Key, wrong.SHA256 = "wrong", "00"+label.SHA256[2:]
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Bytes(wrong); return err })
	b.write(func(r Repo) error { return r.PutDocument(wrong, content) })
	b.refuse(errs.Internal, func(r Repo) error { _, err := r.Bytes(wrong); return err }) // bytes that are not their digest's
	b.refuse(errs.Internal, func(r Repo) error {
		_, err := r.Bytes(document.Document{ShipmentID: label.ShipmentID, SHA256: "no digest"})
		return err
	})

	empty := document.Document{Key: "empty", ShipmentID: "x", SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
	b.write(func(r Repo) error { return r.PutDocument(empty, nil) })
	same(b, "no bytes", len(get(b, func(r Repo) ([]byte, error) { return r.Bytes(empty) })), 0)
}

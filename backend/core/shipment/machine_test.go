package shipment

import (
	"fmt"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"

	"pgregory.net/rapid"
)

// purchases counts what the machine bought over all its runs.
var purchases int

// TestMachine lets chance buy, repeat, cancel, scan, lose power and start again, with a courier that fails in every way
// there is. After each step the ledger and the records agree as far as they can; after a recovery, wholly.
func TestMachine(t *testing.T) {
	purchases = 0
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{world: newWorld(t)}
		rt.Repeat(map[string]func(*rapid.T){
			"buy": m.buyFew, "buy again": m.buyFew, "buy more": m.buyFew, "cancel": m.cancel, "mark cancelled": m.mark, "scan": m.scan,
			"power fails": m.powerFails, "look up": m.lookUp, "": m.check,
		})
		m.recover(rt)
	})
	if purchases < 2000 {
		t.Errorf("only %d purchases were tried", purchases)
	}
}

type machine struct {
	*world
	told []ID // acknowledged as bought
}

func (m *machine) buyFew(t *rapid.T) {
	for range rapid.IntRange(1, 5).Draw(t, "how many") {
		m.buyOne(t)
	}
}

func (m *machine) buyOne(t *rapid.T) {
	purchases++
	m.depot.next = rapid.SampledFrom(faults).Draw(t, "fault")
	n := rapid.IntRange(1, 12).Draw(t, "request")
	c, err := m.Create(m.ctx, owned, sample(t, func(o *order.Order) {
		o.RequestID, o.Reference = id(fmt.Sprint(n)), fmt.Sprint("SO-", n)
		o.ReturnDuplicate = rapid.Bool().Draw(t, "return duplicate")
	}), Origin{})
	if err == nil {
		m.told = append(m.told, c.Shipment.ID)
		return
	}
	switch errs.CodeOf(err) {
	case errs.Rejected, errs.Unavailable, errs.Unclear, errs.Conflict:
	default:
		t.Fatalf("Create: %v", err)
	}
}

func (m *machine) one(t *rapid.T) Handle {
	if len(m.m.order) == 0 {
		t.Skip("nothing bought yet")
	}
	return Handle{ID: rapid.SampledFrom(m.m.order).Draw(t, "shipment")}
}

func (m *machine) cancel(t *rapid.T) {
	m.depot.late = rapid.SampledFrom([]error{
		nil, errs.New(errs.Conflict, "Too late."), fmt.Errorf("time-out"), errs.New(errs.Unavailable, "Out of reach."),
	}).Draw(t, "answer")
	_, _, err := m.Cancel(m.ctx, owned, m.one(t))
	allowed(t, err)
}

func (m *machine) mark(t *rapid.T) {
	h := m.one(t)
	if m.m.shipments[h.ID].State == Unknown {
		t.Skip("a person would settle it; the ledger knows better")
	}
	_, _, err := m.MarkCancelled(m.ctx, owned, h)
	allowed(t, err)
}

func (m *machine) scan(t *rapid.T) {
	status := rapid.SampledFrom([]courier.Status{courier.StatusCollected, courier.StatusInTransit, courier.StatusDelivered}).Draw(t, "status")
	_, err := m.Scan(m.ctx, owned, m.one(t), courier.Event{Status: status})
	allowed(t, err)
}

func allowed(t *rapid.T, err error) {
	switch errs.CodeOf(err) {
	case "", errs.Conflict, errs.Unclear, errs.Unavailable:
	default:
		t.Fatal(err)
	}
}

// powerFails buys once more, with the power failing in one of the writes, and starts again.
func (m *machine) powerFails(t *rapid.T) {
	m.m.writes, m.m.dieAt = 0, rapid.IntRange(1, 4).Draw(t, "write")
	m.m.dieAfter = rapid.Bool().Draw(t, "behind the commit")
	purchases++
	m.depot.next = rapid.SampledFrom(faults).Draw(t, "fault")
	c, err := m.Create(m.ctx, owned, sample(t, nil), Origin{})
	if err == nil {
		m.told = append(m.told, c.Shipment.ID)
	}
	m.recover(t)
}

func (m *machine) lookUp(t *rapid.T) { m.recover(t) }

func (m *machine) recover(t *rapid.T) {
	m.restart(t)
	if unknown, err := m.Recover(m.ctx); err != nil || unknown != 0 {
		t.Fatalf("%d unknown, %v", unknown, err)
	}
	checkWorld(t, m.world, "after a recovery")
}

func (m *machine) check(t *rapid.T) {
	for reference, n := range m.depot.sent {
		if n > 1 || len(m.depot.ledger[reference]) > 1 {
			t.Fatalf("%s was sent %d times and sold %v", reference, n, m.depot.ledger[reference])
		}
	}
	for _, id := range m.told {
		if sh := m.m.shipments[id]; !sh.State.bought() || len(sh.TrackingCodes) == 0 {
			t.Fatalf("%s was acknowledged and is %s", id, sh.State)
		}
	}
}

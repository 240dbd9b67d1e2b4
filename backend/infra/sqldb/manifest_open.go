package sqldb

import (
	"cmp"
	"slices"

	"packbench/backend/core/auth"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
)

// Open shipments are those that the catalogue has as booked, less those in a manifest. Those are a set of the catalogue
// too, which closing a day writes: buying a label writes nothing for it, and a million shipments are two sets of 122 KB.

// fieldClosed is the catalogue's set of what is in a manifest.
const fieldClosed = "closed"

// reviseClosed lets shipments join the set of what is in a manifest, or leave it.
func (tx *Tx) reviseClosed(numbers []int64, joins bool) error {
	todo := revision{blocks: map[place]map[int64]bool{}}
	for _, n := range numbers {
		todo.note(entry{Values: []pair{{Field: fieldClosed}}}, n, joins)
	}
	return tx.revise(todo)
}

// notClosed gives the numbers of what is booked, by a filter, and in no manifest, the smallest first.
func (tx *Tx) notClosed(f shipment.Filter) ([]int64, error) {
	f.States = []shipment.State{shipment.Booked}
	l, err := tx.listing(f, "")
	if err != nil {
		return nil, err
	}
	open, err := l.everything()
	if err != nil {
		return nil, err
	}
	due, err := l.dueHits()
	if err != nil {
		return nil, err
	}
	for _, h := range due {
		open.add(h.number)
	}
	closed, err := tx.setOf(fieldClosed, "")
	if err != nil {
		return nil, err
	}
	open.less(closed)
	return open.above(0, int(open.count())), nil
}

// openTo selects shipments that are open, with the auth that they count to: their own in its own mode, or where that is
// gone the one of its name. manifest_shipments has the last word. The join is in the order it is written: by number first.
const openTo = ` FROM shipments s CROSS JOIN auths h
	WHERE h.account_id = s.account_id AND h.testing = s.testing AND (h.id = s.auth_id
		OR h.courier = s.courier AND h.company = s.company AND NOT EXISTS (SELECT 1 FROM auths o WHERE o.id = s.auth_id))
	AND s.state = 'booked' AND NOT EXISTS (SELECT 1 FROM manifest_shipments x WHERE x.shipment = s.number)`

// LeftOpen gives what was booked since and is open, for each auth that has any.
func (tx *Tx) LeftOpen(fromMs int64) ([]manifest.Left, error) {
	numbers, err := tx.notClosed(shipment.Filter{FromMs: fromMs})
	if err != nil {
		return nil, err
	}
	found := map[auth.ID]*manifest.Left{}
	var order []auth.ID
	head := newQuery(`SELECT h.id, h.account_id, (SELECT a.name FROM accounts a WHERE a.id = h.account_id), h.courier, h.company, h.testing,
		s.parcels, s.weight_g, s.created_ms` + openTo)
	err = tx.among(numbers, head, "s.number", func(row scanner) error {
		var l manifest.Left
		if err := row.Scan(&l.AuthID, &l.AccountID, &l.AccountName, &l.Courier, &l.Company, &l.Testing, &l.Parcels, &l.Weight, &l.OldestMs); err != nil {
			return err
		}
		sum, begun := found[l.AuthID]
		if !begun {
			l.Shipments = 1
			found[l.AuthID] = &l
			order = append(order, l.AuthID)
			return nil
		}
		sum.Shipments++
		sum.Parcels += l.Parcels
		sum.Weight += l.Weight
		sum.OldestMs = min(sum.OldestMs, l.OldestMs)
		return nil
	})
	out := make([]manifest.Left, len(order))
	for i, id := range order {
		out[i] = *found[id]
	}
	return out, err
}

// OpenWith gives what was booked since and is open with an auth, by number.
func (tx *Tx) OpenWith(a auth.Auth, fromMs int64) ([]manifest.Parcel, error) {
	numbers, err := tx.notClosed(shipment.Filter{AccountID: a.AccountID, Testing: &a.Testing, FromMs: fromMs})
	if err != nil {
		return nil, err
	}
	return tx.OpenAmong(a, numbers)
}

func openWith(id auth.ID) *query {
	q := newQuery(`SELECT s.number, s.courier, s.parcels, s.weight_g` + openTo)
	q.filtered = true
	q.where("h.id = ?", id)
	return q
}

// OpenAmong gives those of the shipments that are open with an auth, by number.
func (tx *Tx) OpenAmong(a auth.Auth, numbers []int64) ([]manifest.Parcel, error) {
	head := openWith(a.ID)
	found := []manifest.Parcel{}
	err := tx.among(numbers, head, "s.number", func(row scanner) error {
		var p manifest.Parcel
		err := row.Scan(&p.Number, &p.Courier, &p.Parcels, &p.Weight)
		found = append(found, p)
		return err
	})
	slices.SortFunc(found, func(a, b manifest.Parcel) int { return cmp.Compare(a.Number, b.Number) })
	return found, err
}

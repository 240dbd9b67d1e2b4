package shipment

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/settings"
	"packbench/backend/core/template"
)

// memory is a store that forgets when the test ends: transactions that take back what failed, and a power switch.
type memory struct {
	mu        sync.Mutex
	undo      []func()
	writes    int
	dieAt     int  // the write that the power fails in; 0 never
	dieAfter  bool // the power fails behind the commit, so that the caller is not told
	dead      bool
	accounts  map[account.ID]account.Account
	settings  *settings.Settings
	templates map[account.GroupID]template.Template
	auths     map[auth.ID]auth.Auth
	presets   []preset.Preset
	sender    postal.Address // saved in the address book
	series    map[string]int64
	shipments map[ID]Shipment
	order     []ID
	numbers   map[int64]bool
	claims    map[string]Claim
	documents []document.Document
	blobs     map[string][]byte
	audits    []audit.Entry
	requests  []requestlog.Entry
}

func newMemory() *memory {
	return &memory{
		accounts: map[account.ID]account.Account{}, auths: map[auth.ID]auth.Auth{}, series: map[string]int64{},
		shipments: map[ID]Shipment{}, numbers: map[int64]bool{}, claims: map[string]Claim{}, blobs: map[string][]byte{},
	}
}

var errPower = errors.New("memory: the power is off")

// view is the memory as one repository.
type view[R any] struct{ m *memory }

func as[R any](m *memory) store.Store[R] { return view[R]{m} }

func (v view[R]) Read(ctx context.Context, fn func(R) error) error {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	if v.m.dead {
		return errPower
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(any(v.m).(R))
}

func (v view[R]) Write(ctx context.Context, fn func(R) error) error {
	m := v.m
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errPower
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.writes++
	m.undo = nil
	_ = fn(any(m).(R)) // undone, as a store may for another's sake
	m.rollBack()
	err := fn(any(m).(R))
	if m.writes == m.dieAt {
		m.dead = true
		if m.dieAfter && err == nil {
			return errPower
		}
		err = errPower
	}
	if err != nil {
		m.rollBack()
	}
	return err
}

func (m *memory) rollBack() {
	for _, back := range slices.Backward(m.undo) {
		back()
	}
	m.undo = nil
}

// revive switches the power on again: a new process on what was committed.
func (m *memory) revive() { m.dead, m.dieAt = false, 0 }

func put[K comparable, V any](m *memory, in map[K]V, key K, value V) {
	old, had := in[key]
	m.undo = append(m.undo, func() {
		if had {
			in[key] = old
		} else {
			delete(in, key)
		}
	})
	in[key] = value
}

func remove[K comparable, V any](m *memory, in map[K]V, key K) {
	old := in[key]
	m.undo = append(m.undo, func() { in[key] = old })
	delete(in, key)
}

func get[K comparable, V any](in map[K]V, key K) (V, error) {
	v, ok := in[key]
	if !ok {
		return v, errs.New(errs.NotFound, "There is no such thing.")
	}
	return v, nil
}

func (m *memory) AppendAudit(e audit.Entry) error {
	n := len(m.audits)
	m.undo = append(m.undo, func() { m.audits = m.audits[:n] })
	m.audits = append(m.audits, e)
	return nil
}

func (m *memory) AppendRequest(e requestlog.Entry) error {
	n := len(m.requests)
	m.undo = append(m.undo, func() { m.requests = m.requests[:n] })
	m.requests = append(m.requests, e)
	return nil
}

func (m *memory) Account(id account.ID) (account.Account, error) { return get(m.accounts, id) }

func (m *memory) AccountRecord(id account.ID) (account.Account, error) { return get(m.accounts, id) }

func (m *memory) SavedSender(name string) (postal.Address, error) {
	if m.sender.AddressName != name {
		return postal.Address{}, errs.New(errs.NotFound, "There is no such contact.")
	}
	return m.sender, nil
}

func (m *memory) Settings() (settings.Settings, error) {
	if m.settings == nil {
		return settings.Settings{}, errs.New(errs.NotFound, "There are no settings.")
	}
	return *m.settings, nil
}

func (m *memory) TemplateFor(id account.GroupID) (template.Template, error) {
	if own, ok := m.templates[id]; ok {
		return own, nil
	}
	return get(m.templates, "")
}

func (m *memory) Reserve(s numbering.Series, n int64) (first, got int64, err error) {
	first = max(m.series[s.Name], s.First)
	got = min(n, s.Last-first+1)
	if got <= 0 {
		return 0, 0, errs.New(errs.Conflict, "The series is used up.")
	}
	put(m, m.series, s.Name, first+got)
	return first, got, nil
}

func (m *memory) Reserved(s numbering.Series) (int64, error) {
	return max(m.series[s.Name]-s.First, 0), nil
}

func (m *memory) CreateShipment(s Shipment) error {
	raw, err := s.Payload()
	if err != nil {
		return err
	}
	if err := s.SetPayload(raw); err != nil { // what is kept is what can be read back
		return err
	}
	if m.numbers[s.Number] {
		return errs.New(errs.Conflict, "The number is taken.")
	}
	put(m, m.numbers, s.Number, true)
	n := len(m.order)
	m.undo = append(m.undo, func() { m.order = m.order[:n] })
	m.order = append(m.order, s.ID)
	put(m, m.shipments, s.ID, s)
	return nil
}

func (m *memory) UpdateShipment(s Shipment) error {
	old, err := get(m.shipments, s.ID)
	if err != nil {
		return err
	}
	if old.Version != s.Version {
		return errs.New(errs.Conflict, "Somebody else was quicker.")
	}
	raw, err := s.Payload()
	if err != nil {
		return err
	}
	if err := s.SetPayload(raw); err != nil {
		return err
	}
	s.Version++
	s.Timeline, s.Events = old.Timeline, old.Events
	put(m, m.shipments, s.ID, s)
	return nil
}

func (m *memory) Shipment(id ID) (Shipment, error) {
	s, err := get(m.shipments, id)
	s.Timeline, s.Events = slices.Clone(s.Timeline), slices.Clone(s.Events)
	return s, err
}

func (m *memory) FindShipment(id account.ID, h Handle) (Shipment, error) {
	for _, key := range slices.Backward(m.order) {
		s := m.shipments[key]
		if id != "" && s.AccountID != id {
			continue
		}
		var match bool
		switch {
		case h.ID != "":
			match = s.ID == h.ID
		case h.Number != 0:
			match = s.Number == h.Number
		case h.RequestNumber != 0:
			match = s.RequestNumber == h.RequestNumber
		case h.TrackingCode != "":
			match = slices.Contains(s.TrackingCodes, h.TrackingCode)
		case h.Reference != "":
			match = s.Reference == h.Reference
		}
		if match {
			return m.Shipment(key)
		}
	}
	return Shipment{}, errs.New(errs.NotFound, "There is no such shipment.")
}

func (m *memory) Shipments(f Filter, p page.Request) (page.Result[Row], error) {
	var out page.Result[Row]
	for _, key := range slices.Backward(m.order) {
		s := m.shipments[key]
		if (f.AccountID == "" || s.AccountID == f.AccountID) && (f.Courier == "" || s.Courier == f.Courier) &&
			(f.Reference == "" || s.Reference == f.Reference) && (f.Testing == nil || s.Testing == *f.Testing) &&
			(len(f.States) == 0 || slices.Contains(f.States, s.State)) && len(out.Items) < p.Size() {
			out.Items = append(out.Items, s.Row)
		}
	}
	return out, nil
}

func (m *memory) ShipmentFacets(Filter, Field) ([]Facet, error) { return nil, nil }

func (m *memory) CountShipments(f Filter) (int64, bool, error) {
	list, err := m.Shipments(f, page.Request{Limit: page.MaxLimit})
	return int64(len(list.Items)), false, err
}

func (m *memory) ShipmentsIn(states ...State) ([]Shipment, error) {
	var list []Shipment
	for _, key := range m.order {
		if s, _ := m.Shipment(key); slices.Contains(states, s.State) {
			list = append(list, s)
		}
	}
	return list, nil
}

func (m *memory) CreateClaim(c Claim) error {
	key := string(c.AccountID) + "|" + c.Key
	if _, taken := m.claims[key]; taken {
		return errs.New(errs.Conflict, "It is claimed.")
	}
	put(m, m.claims, key, c)
	return nil
}

func (m *memory) Claim(id account.ID, key string) (Claim, error) {
	return get(m.claims, string(id)+"|"+key)
}

func (m *memory) dropClaims(which func(Claim) bool) {
	for key, c := range m.claims {
		if which(c) {
			remove(m, m.claims, key)
		}
	}
}

func (m *memory) ReleaseClaims(id ID, keysToo bool) error {
	m.dropClaims(func(c Claim) bool { return c.ShipmentID == id && (keysToo || c.Key[:4] != "key|") })
	return nil
}

func (m *memory) MoveClaims(from, to ID) error {
	for key, c := range m.claims {
		if c.ShipmentID == from && c.Key[:4] != "key|" {
			c.ShipmentID = to
			put(m, m.claims, key, c)
		}
	}
	return nil
}

func (m *memory) PruneClaims(beforeMs int64) error {
	m.dropClaims(func(c Claim) bool { return c.CreatedMs < beforeMs })
	return nil
}

func (m *memory) AppendEvent(id ID, e courier.Event) error {
	s, err := get(m.shipments, id)
	s.Events = append(slices.Clone(s.Events), e)
	slices.SortStableFunc(s.Events, func(a, b courier.Event) int { return cmp.Compare(a.AtMs, b.AtMs) })
	put(m, m.shipments, id, s)
	return err
}

func (m *memory) AppendMoment(id ID, at Moment) error {
	s, err := get(m.shipments, id)
	s.Timeline = append(slices.Clone(s.Timeline), at)
	put(m, m.shipments, id, s)
	return err
}

func (m *memory) PutDocument(d document.Document, bytes []byte) error {
	n := len(m.documents)
	m.undo = append(m.undo, func() { m.documents = m.documents[:n] })
	m.documents = append(m.documents, d)
	put(m, m.blobs, d.SHA256, bytes)
	return nil
}

func (m *memory) Document(key string) (document.Document, error) {
	for _, d := range m.documents {
		if d.Key == key {
			return d, nil
		}
	}
	return document.Document{}, errs.New(errs.NotFound, "There is no such document.")
}

func (m *memory) DocumentsOf(id string) ([]document.Document, error) {
	var list []document.Document
	for _, d := range m.documents {
		if d.ShipmentID == id {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b document.Document) int {
		return cmp.Or(cmp.Compare(a.CreatedMs, b.CreatedMs), cmp.Compare(a.Key, b.Key))
	})
	return list, nil
}

func (m *memory) Bytes(d document.Document) ([]byte, error) { return get(m.blobs, d.SHA256) }

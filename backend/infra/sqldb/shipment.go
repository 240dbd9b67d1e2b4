package sqldb

import (
	"cmp"
	"math"
	"slices"

	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

var (
	insertShipment = register(`INSERT INTO shipments (number, id, request_number, account_id, auth_id, courier, company, service_name,
		preset_code, testing, reference, reference_2, recipient, recipient_company, city, postcode, country_iso, parcels, weight_g,
		tracking_codes, tracking_hash, state, status, packed, printed_ms, version, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)
		ON CONFLICT DO NOTHING`)
	updateShipment = register(`UPDATE shipments SET auth_id = $1, courier = $2, company = $3, service_name = $4,
		preset_code = $5, testing = $6, reference = $7, reference_2 = $8, recipient = $9, recipient_company = $10, city = $11, postcode = $12,
		country_iso = $13, parcels = $14, weight_g = $15, tracking_codes = $16, tracking_hash = $17, state = $18, status = $19, packed = $20,
		printed_ms = $21, updated_ms = $22, version = version + 1 WHERE id = $23 AND version = $24`)
	insertPayload = register(`INSERT INTO shipment_payloads (number, value) VALUES ($1, $2)`)
	updatePayload = register(`UPDATE shipment_payloads SET value = $1 WHERE number = $2`)
	countShipment = register(`UPDATE account_usage SET shipments = shipments + 1 WHERE account_id = $1`)
	insertMoments = registerRows(`INSERT INTO shipment_moments (number, seq, at_ms, step, note, who)`, 6, "")
	insertEvents  = registerRows(`INSERT INTO tracking_events (number, seq, id, tracking_code, at_ms, status, description, location)`, 8, "")
	appendMoment  = register(`INSERT INTO shipment_moments (at_ms, step, note, who, number, seq)
		SELECT $1, $2, $3, $4, s.number, coalesce((SELECT max(m.seq) + 1 FROM shipment_moments m WHERE m.number = s.number), 0)
		FROM shipments s WHERE s.id = $5`)
	appendEvent = register(`INSERT INTO tracking_events (id, tracking_code, at_ms, status, description, location, number, seq)
		SELECT $1, $2, $3, $4, $5, $6, s.number, coalesce((SELECT max(e.seq) + 1 FROM tracking_events e WHERE e.number = s.number), 0)
		FROM shipments s WHERE s.id = $7`)
	selectMoments = register(`SELECT at_ms, step, note, who FROM shipment_moments WHERE number = $1 ORDER BY seq`)
	selectEvents  = register(`SELECT id, tracking_code, at_ms, status, description, location FROM tracking_events WHERE number = $1 ORDER BY at_ms, seq`)

	fullShipment = `SELECT ` + rowColumns + `, s.auth_id, s.tracking_hash, p.value FROM shipments s
		JOIN accounts a ON a.id = s.account_id JOIN shipment_payloads p ON p.number = s.number`
	selectShipment = register(statement(fullShipment) + ` WHERE s.id = $1`)
)

const noShipment = "There is no such shipment."

// CreateShipment stores a new shipment with its payload, timeline and events, counts it for its account and makes it
// found. Conflict: its ID or Number is taken.
func (tx *Tx) CreateShipment(s shipment.Shipment) error {
	payload, codes, err := encodeShipment(&s)
	if err != nil {
		return err
	}
	err = tx.create("A shipment with this number exists already.", insertShipment, s.Number, s.ID, s.RequestNumber, s.AccountID, s.AuthID,
		s.Courier, s.Company, s.ServiceName, s.PresetCode, s.Testing, s.Reference, s.Reference2, s.Recipient, s.RecipientOrg, s.City,
		s.Postcode, s.CountryISO, s.Parcels, s.Weight, codes, s.TrackingHash, s.State, s.Status, s.Packed, s.PrintedMs,
		s.Version, s.CreatedMs, s.UpdatedMs)
	if err != nil {
		return err
	}
	if _, err := tx.exec(insertPayload, s.Number, payload); err != nil {
		return err
	}
	moments := make([]any, 0, 6*len(s.Timeline))
	for i, m := range s.Timeline {
		moments = append(moments, s.Number, i, m.AtMs, m.Step, m.Note, m.By)
	}
	if err := tx.insert(insertMoments, moments); err != nil {
		return err
	}
	events := make([]any, 0, 8*len(s.Events))
	for i, e := range s.Events {
		events = append(events, s.Number, i, e.ID, e.TrackingCode, e.AtMs, e.Status, e.Description, e.Location)
	}
	if err := tx.insert(insertEvents, events); err != nil {
		return err
	}
	if err := tx.addSearch(&s); err != nil {
		return err
	}
	_, err = tx.exec(countShipment, s.AccountID)
	return err
}

// UpdateShipment changes row, payload and what it is found by, by ID and Version. Its number, account, creation,
// timeline and events stay. Conflict: Version is not the stored one.
func (tx *Tx) UpdateShipment(s shipment.Shipment) error {
	payload, codes, err := encodeShipment(&s)
	if err != nil {
		return err
	}
	was, err := tx.listedAs(s.Number)
	if err != nil {
		return err
	}
	exists := func() error { _, err := tx.Shipment(s.ID); return err }
	err = tx.update(exists, updateShipment, s.AuthID, s.Courier, s.Company, s.ServiceName, s.PresetCode, s.Testing, s.Reference, s.Reference2,
		s.Recipient, s.RecipientOrg, s.City, s.Postcode, s.CountryISO, s.Parcels, s.Weight, codes, s.TrackingHash, s.State, s.Status, s.Packed,
		s.PrintedMs, s.UpdatedMs, s.ID, s.Version)
	if err != nil {
		return err
	}
	if _, err := tx.exec(updatePayload, payload, s.Number); err != nil {
		return err
	}
	return tx.changeSearch(&s, was)
}

func encodeShipment(s *shipment.Shipment) (payload, codes string, err error) {
	raw, err := s.Payload()
	if err != nil {
		return "", "", err
	}
	codes, err = encode(s.TrackingCodes)
	return string(raw), codes, err
}

// AppendMoment adds a step to a shipment's timeline.
func (tx *Tx) AppendMoment(id shipment.ID, m shipment.Moment) error {
	return tx.must(noShipment, appendMoment, m.AtMs, m.Step, m.Note, m.By, id)
}

// AppendEvent adds a tracking event to a shipment.
func (tx *Tx) AppendEvent(id shipment.ID, e courier.Event) error {
	return tx.must(noShipment, appendEvent, e.ID, e.TrackingCode, e.AtMs, e.Status, e.Description, e.Location, id)
}

// Shipment gives all of a shipment, its timeline in order and its events by time.
func (tx *Tx) Shipment(id shipment.ID) (shipment.Shipment, error) {
	s, err := one(tx, noShipment, scanShipment, selectShipment, id)
	if err != nil {
		return s, err
	}
	return s, tx.addHistory(&s)
}

func scanShipment(row scanner) (shipment.Shipment, error) {
	var s shipment.Shipment
	var codes, payload string
	var authID auth.ID
	var hash int64
	if err := row.Scan(append(rowFields(&s.Row, &codes), &authID, &hash, &payload)...); err != nil {
		return s, err
	}
	if err := s.SetPayload([]byte(payload)); err != nil {
		return s, err
	}
	s.AuthID, s.TrackingHash = authID, hash
	return s, decode(codes, &s.TrackingCodes)
}

func (tx *Tx) addHistory(s *shipment.Shipment) error {
	var err error
	s.Timeline, err = all(tx, func(row scanner) (shipment.Moment, error) {
		var m shipment.Moment
		err := row.Scan(&m.AtMs, &m.Step, &m.Note, &m.By)
		return m, err
	}, selectMoments, s.Number)
	if err != nil {
		return err
	}
	s.Events, err = all(tx, func(row scanner) (courier.Event, error) {
		var e courier.Event
		err := row.Scan(&e.ID, &e.TrackingCode, &e.AtMs, &e.Status, &e.Description, &e.Location)
		return e, err
	}, selectEvents, s.Number)
	return err
}

// FindShipment gives the shipment a handle names, of one account or ("") of any: the newest where several match.
func (tx *Tx) FindShipment(accountID account.ID, h shipment.Handle) (shipment.Shipment, error) {
	if h == (shipment.Handle{Courier: h.Courier}) {
		return shipment.Shipment{}, notFound(noShipment)
	}
	var f shipment.Filter
	switch {
	case h.ID != "":
		s, err := tx.Shipment(h.ID)
		if err == nil && (accountID != "" && s.AccountID != accountID || h.Courier != "" && s.Courier != h.Courier) {
			return shipment.Shipment{}, notFound(noShipment)
		}
		return s, err
	case h.Number != 0:
		f.Number = h.Number
	case h.RequestNumber != 0:
		f.RequestNumber = h.RequestNumber
	case h.TrackingCode != "":
		f.TrackingCode = h.TrackingCode
	default:
		f.Reference = h.Reference
	}
	f.AccountID, f.Courier = accountID, h.Courier
	found, err := tx.Shipments(f, page.Request{Limit: 1})
	if err != nil {
		return shipment.Shipment{}, err
	}
	if len(found.Items) == 0 {
		return shipment.Shipment{}, notFound(noShipment)
	}
	return tx.Shipment(found.Items[0].ID)
}

// ShipmentsIn gives all of the shipments in these states, oldest first.
func (tx *Tx) ShipmentsIn(states ...shipment.State) ([]shipment.Shipment, error) {
	if len(states) == 0 {
		return nil, nil
	}
	l, err := tx.listing(shipment.Filter{States: states, Sort: shipment.Sort{Ascending: true}}, "")
	if err != nil {
		return nil, err
	}
	hits, err := l.take(0, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	found := []shipment.Shipment{}
	head := newQuery(fullShipment)
	head.add(" WHERE 1 = 1")
	err = tx.among(numbersOf(hits), head, "s.number", func(row scanner) error {
		s, err := scanShipment(row)
		found = append(found, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b shipment.Shipment) int { return cmp.Compare(a.Number, b.Number) })
	for i := range found {
		if err := tx.addHistory(&found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

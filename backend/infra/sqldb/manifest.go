package sqldb

import (
	"cmp"
	"slices"

	"packbench/backend/base/page"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
)

const (
	manifestColumns = `m.id, m.number, m.state, m.account_id, a.name, m.auth_id, m.courier, m.company, m.testing, m.shipments, m.parcels, m.weight_g,
	m.courier_ref, m.told, m.paper, m.own_paper, m.who, m.begun_ms, m.ended_ms`
	selectManifests = `SELECT ` + manifestColumns + ` FROM manifests m JOIN accounts a ON a.id = m.account_id`
)

var (
	insertManifest = register(`INSERT INTO manifests (number, id, account_id, auth_id, courier, company, testing, state, shipments, parcels, weight_g,
		courier_ref, told, paper, own_paper, who, begun_ms, ended_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING`)
	updateManifest = register(`UPDATE manifests SET state = $1, courier_ref = $2, told = $3, paper = $4, own_paper = $5, ended_ms = $6
		WHERE id = $7 AND state = $8`)
	selectManifest         = register(selectManifests + ` WHERE m.id = $1`)
	selectManifestNumbered = register(selectManifests + ` WHERE m.number = $1`)
	selectManifestOf       = register(selectManifests + ` JOIN manifest_shipments x ON x.manifest = m.number
		JOIN shipments s ON s.number = x.shipment WHERE s.id = $1`)
	selectPendingManifests = register(selectManifests + ` WHERE m.state IN ('closing', 'unknown')`)

	insertManifestShipments = registerRows(`INSERT INTO manifest_shipments (shipment, manifest)`, 2, " ON CONFLICT DO NOTHING")
	countManifestShipments  = register(`SELECT count(*) FROM manifest_shipments x JOIN manifests m ON m.number = x.manifest WHERE m.id = $1`)
	selectManifestNumbers   = register(`SELECT x.shipment FROM manifest_shipments x JOIN manifests m ON m.number = x.manifest WHERE m.id = $1`)
	deleteManifestShipments = register(`DELETE FROM manifest_shipments WHERE manifest = (SELECT number FROM manifests WHERE id = $1)`)
	selectManifestContents  = register(statement(fullShipment) + ` JOIN manifest_shipments x ON x.shipment = s.number
		JOIN manifests m ON m.number = x.manifest WHERE m.id = $1 AND x.shipment > $2 ORDER BY x.shipment LIMIT $3`)
	appendMoments = register(`INSERT INTO shipment_moments (at_ms, step, note, who, number, seq)
		SELECT $1, $2, $3, $4, x.shipment, coalesce((SELECT max(o.seq) + 1 FROM shipment_moments o WHERE o.number = x.shipment), 0)
		FROM manifest_shipments x JOIN manifests m ON m.number = x.manifest WHERE m.id = $5`)

	selectInFlight = register(`SELECT number, auth_id, state FROM shipments
	WHERE state IN ('queued', 'sending', 'unknown', 'cancelling')`)
)

var _ manifest.Repo = (*Tx)(nil)

const noManifest = "There is no such manifest."

func scanManifest(row scanner) (manifest.Manifest, error) {
	var m manifest.Manifest
	err := row.Scan(&m.ID, &m.Number, &m.State, &m.AccountID, &m.AccountName, &m.AuthID, &m.Courier, &m.Company, &m.Testing, &m.Shipments,
		&m.Parcels, &m.Weight, &m.CourierRef, &m.Told, &m.PaperKey, &m.OwnPaper, &m.By, &m.BegunMs, &m.EndedMs)
	return m, err
}

// CreateManifest stores a new manifest with its shipments. Conflict: its auth has one that is pending, or a shipment is in
// another.
func (tx *Tx) CreateManifest(m manifest.Manifest, numbers []int64) error {
	err := tx.create("A manifest of this auth is pending already.", insertManifest, m.Number, m.ID, m.AccountID, m.AuthID, m.Courier, m.Company,
		m.Testing, m.State, m.Shipments, m.Parcels, m.Weight, m.CourierRef, m.Told, m.PaperKey, m.OwnPaper, m.By, m.BegunMs, m.EndedMs)
	if err != nil {
		return err
	}
	values := make([]any, 0, 2*len(numbers))
	for _, n := range numbers {
		values = append(values, n, m.Number)
	}
	if err := tx.insert(insertManifestShipments, values); err != nil {
		return err
	}
	kept, err := one(tx, noManifest, value[int], countManifestShipments, m.ID)
	if err != nil {
		return err
	}
	if kept != len(numbers) {
		return conflict("A shipment is in another manifest already. Look at what is open, then close the day again.")
	}
	return tx.reviseClosed(numbers, true)
}

// UpdateManifest changes how a manifest stands, by ID and the state it is in. Conflict: it is in another.
func (tx *Tx) UpdateManifest(m manifest.Manifest, from manifest.State) error {
	exists := func() error { _, err := tx.Manifest(m.ID); return err }
	return tx.update(exists, updateManifest, m.State, m.CourierRef, m.Told, m.PaperKey, m.OwnPaper, m.EndedMs, m.ID, from)
}

// ReleaseManifest lets a manifest's shipments be in none.
func (tx *Tx) ReleaseManifest(id manifest.ID) error {
	numbers, err := all(tx, value[int64], selectManifestNumbers, id)
	if err != nil {
		return err
	}
	if _, err := tx.exec(deleteManifestShipments, id); err != nil {
		return err
	}
	return tx.reviseClosed(numbers, false)
}

// Manifest gives a manifest.
func (tx *Tx) Manifest(id manifest.ID) (manifest.Manifest, error) {
	return one(tx, noManifest, scanManifest, selectManifest, id)
}

// ManifestNumbered gives the manifest with a number.
func (tx *Tx) ManifestNumbered(number int64) (manifest.Manifest, error) {
	return one(tx, noManifest, scanManifest, selectManifestNumbered, number)
}

// ManifestOf gives the manifest that a shipment is in.
func (tx *Tx) ManifestOf(id shipment.ID) (manifest.Manifest, error) {
	return one(tx, "This shipment is in no manifest.", scanManifest, selectManifestOf, id)
}

// PendingManifests gives the manifests that are closing or unknown, oldest first.
func (tx *Tx) PendingManifests() ([]manifest.Manifest, error) {
	found, err := all(tx, scanManifest, selectPendingManifests)
	slices.SortFunc(found, func(a, b manifest.Manifest) int { return cmp.Compare(a.Number, b.Number) })
	return found, err
}

const manifestList = "manifests"

// Manifests lists manifests, newest first.
func (tx *Tx) Manifests(f manifest.Filter, p page.Request) (page.Result[manifest.Manifest], error) {
	var none page.Result[manifest.Manifest]
	after, err := readCursor(p.Cursor, manifestList, 1)
	if err != nil {
		return none, err
	}
	q := newQuery(selectManifests)
	q.equal("m.account_id", f.AccountID, f.AccountID != "")
	q.equal("m.courier", f.Courier, f.Courier != "")
	if f.FromMs != 0 {
		q.where("m.begun_ms >= ?", f.FromMs)
	}
	if f.ToMs != 0 {
		q.where("m.begun_ms < ?", f.ToMs)
	}
	if after != nil {
		q.where("m.number < ?", integer(after[0]))
	}
	q.add(" ORDER BY m.number DESC LIMIT ?", p.Size()+1)
	list, err := all(tx, scanManifest, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(m manifest.Manifest) string { return makeCursor(manifestList, m.Number) }), nil
}

// ManifestShipments gives up to n of a manifest's shipments behind a number, by number, without timeline and events.
func (tx *Tx) ManifestShipments(id manifest.ID, after int64, n int) ([]shipment.Shipment, error) {
	return all(tx, scanShipment, selectManifestContents, id, after, n)
}

// AppendMoments adds a step to the timeline of each shipment of a manifest.
func (tx *Tx) AppendMoments(id manifest.ID, m shipment.Moment) error {
	_, err := tx.exec(appendMoments, m.AtMs, m.Step, m.Note, m.By, id)
	return err
}

// InFlight gives the shipments that are neither booked nor settled, by number.
func (tx *Tx) InFlight() ([]manifest.Flight, error) {
	found, err := all(tx, func(row scanner) (f manifest.Flight, err error) {
		return f, row.Scan(&f.Number, &f.AuthID, &f.State)
	}, selectInFlight)
	slices.SortFunc(found, func(a, b manifest.Flight) int { return cmp.Compare(a.Number, b.Number) })
	return found, err
}

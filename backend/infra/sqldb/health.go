package sqldb

import "packbench/backend/core/health"

var (
	keepHealth = register(`INSERT INTO courier_health (auth_id, state, since_ms, last_success_ms, last_failure_ms, last_failure, kept_ms)
		SELECT id, $1, $2, $3, $4, $5, $6 FROM auths WHERE id = $7 AND testing = $8
		ON CONFLICT (auth_id) DO UPDATE SET state = excluded.state, since_ms = excluded.since_ms, last_success_ms = excluded.last_success_ms,
		last_failure_ms = excluded.last_failure_ms, last_failure = excluded.last_failure, kept_ms = excluded.kept_ms`)
	selectHealth = register(`SELECT h.auth_id, a.testing, a.courier, h.state, h.since_ms, h.last_success_ms, h.last_failure_ms, h.last_failure, h.kept_ms, a.company, o.name
		FROM courier_health h JOIN auths a ON a.id = h.auth_id JOIN accounts o ON o.id = a.account_id`)
)

// KeepHealth stores how a line is, in place of how it was. Where there is no such auth, nothing is stored.
func (tx *Tx) KeepHealth(r health.Report) error {
	_, err := tx.exec(keepHealth, r.State, r.SinceMs, r.LastSuccessMs, r.LastFailureMs, r.LastFailure, r.KeptMs, r.AuthID, r.Testing)
	return err
}

// Health gives how every line was when it was last stored.
func (tx *Tx) Health() ([]health.Report, error) {
	return all(tx, func(row scanner) (r health.Report, err error) {
		return r, row.Scan(&r.AuthID, &r.Testing, &r.Courier, &r.State, &r.SinceMs, &r.LastSuccessMs, &r.LastFailureMs, &r.LastFailure, &r.KeptMs, &r.Company, &r.Account)
	}, selectHealth)
}

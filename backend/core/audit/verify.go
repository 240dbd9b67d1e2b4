package audit

import (
	"context"
	"math"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
)

// FaultKind is what was found wrong with the audit.
type FaultKind string

// The kinds of faults.
const (
	Changed  FaultKind = "changed"   // a row is not as it was written
	Forged   FaultKind = "forged"    // a row was not written by Packbench
	Missing  FaultKind = "missing"   // rows between others were removed
	Cut      FaultKind = "cut"       // rows at the end were removed
	Replaced FaultKind = "replaced"  // the end was removed and written anew
	NoAnchor FaultKind = "no_anchor" // the note outside the database is gone, and with it the proof that the end is there
)

// Fault is one thing found wrong, and where: the rows From to To. AtMs is when From says it was written; for rows that
// are gone, when the next row before or after them was; 0 where nothing is known.
type Fault struct {
	Kind FaultKind `json:"kind"`
	From int64     `json:"from"`
	To   int64     `json:"to"`
	AtMs int64     `json:"at_ms"`
}

// Verdict is the outcome of Verify. Faults are the first ones by their place, Found is how many there are.
type Verdict struct {
	Whole   bool    `json:"whole"`
	Checked int64   `json:"checked"` // entries
	Found   int64   `json:"found"`
	Faults  []Fault `json:"faults"`
}

// maxFaults is how many faults a verdict lists.
const maxFaults = 100

// verifiedAtOnce is how many rows are read in one transaction: a reader that stays holds the write-ahead log.
const verifiedAtOnce = 2000

// Verify reads the whole audit and tells whether it is as Packbench wrote it. progress, unless nil, hears how many of how
// many rows were checked. Only at this machine. Unavailable: the root key or the anchor can't be read, or ctx ended.
func (s *Service) Verify(ctx context.Context, progress func(done, total int64)) (Verdict, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Verdict{}, err
	}
	key, err := s.Vault.AuditKey(ctx)
	if err != nil {
		return Verdict{}, err
	}
	w := walk{keys: NewRatchet(key), expected: 1, sure: true}
	// The anchor first: what is appended meanwhile may only lie behind it.
	switch anchor, err := s.Vault.Anchor(ctx); {
	case err == nil:
		w.anchor = &anchor
	case !errs.Is(err, errs.NotFound):
		return Verdict{}, err
	}
	var head Link
	if err := s.Store.Read(ctx, func(r Repo) (err error) { head, err = r.AuditHead(); return err }); err != nil {
		return Verdict{}, err
	}
	for after := int64(math.MinInt64); ; {
		var rows []Row
		err := s.Store.Read(ctx, func(r Repo) (err error) { rows, err = r.AuditRows(after, verifiedAtOnce); return err })
		if err != nil {
			return Verdict{}, err
		}
		for _, row := range rows {
			if err := w.step(row); err != nil {
				return Verdict{}, err
			}
		}
		if progress != nil {
			progress(w.checked, max(w.checked, head.Seq))
		}
		if len(rows) < verifiedAtOnce {
			return w.verdict(), nil
		}
		after = rows[len(rows)-1].Seq
	}
}

// walk goes along the chain.
type walk struct {
	keys     *Ratchet
	anchor   *Anchor // nil where there is none
	expected int64   // the number of the next row
	prev     []byte  // the hash that the next row stands on
	sure     bool    // prev is the true one: not so behind a gap, or behind a row that was forged
	lastMs   int64
	checked  int64
	found    int64
	faults   []Fault
}

func (w *walk) fault(kind FaultKind, from, to, atMs int64) {
	w.found++
	if len(w.faults) < maxFaults {
		w.faults = append(w.faults, Fault{kind, from, to, atMs})
	}
}

// step checks the next row.
func (w *walk) step(row Row) error {
	w.checked++
	if row.Seq < w.expected || row.Seq-w.expected > maxStep { // Packbench counts from 1, one by one
		w.fault(Forged, row.Seq, row.Seq, row.AtMs)
		return nil
	}
	if row.Seq > w.expected {
		w.fault(Missing, w.expected, row.Seq-1, row.AtMs)
		w.sure = false
	}
	kind, err := w.judge(row)
	if err != nil {
		return err
	}
	if kind == "" && w.anchor != nil && w.anchor.Seq == row.Seq && !same(w.anchor.Hash, row.Hash) {
		kind = Replaced
	}
	if kind != "" {
		w.fault(kind, row.Seq, row.Seq, row.AtMs)
	}
	w.expected, w.lastMs = row.Seq+1, row.AtMs
	return nil
}

// judge says what is wrong with a row by itself, "" for nothing, and sets what the next one stands on. Where the row
// before is in doubt, the MAC alone tells whether Packbench wrote this one: else one change would look like two.
func (w *walk) judge(row Row) (FaultKind, error) {
	hash, err := row.hash(w.prev)
	if err != nil {
		return "", err
	}
	if err := w.keys.Forget(row.Seq); err != nil {
		return "", err
	}
	written, err := w.written(row, row.Hash)
	if err != nil {
		return "", err
	}
	fits, doubt := same(hash, row.Hash), !w.sure
	w.prev, w.sure = row.Hash, written
	switch {
	case !row.readable(), !fits && !(doubt && written):
		if !written { // only the stored hash may have been changed: then the row's own is the true one
			if w.sure, err = w.written(row, hash); err == nil && w.sure {
				w.prev = hash
			}
		}
		return Changed, err
	case !written:
		return Forged, nil
	}
	return "", nil
}

// written reports that the row's MAC is the one of the hash.
func (w *walk) written(row Row, hash []byte) (bool, error) {
	mac, err := w.keys.MAC(row.Seq, hash)
	return same(mac, row.MAC), err
}

// verdict looks at the end, and tells.
func (w *walk) verdict() Verdict {
	head := w.expected - 1
	switch {
	case w.anchor == nil:
		w.fault(NoAnchor, head, head, w.lastMs)
	case head < w.anchor.Seq:
		w.fault(Cut, head+1, w.anchor.Seq, w.anchor.AtMs)
	}
	return Verdict{Whole: w.found == 0, Checked: w.checked, Found: w.found, Faults: w.faults}
}

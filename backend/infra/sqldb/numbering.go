package sqldb

import (
	"packbench/backend/base/errs"
	"packbench/backend/core/numbering"
)

var (
	selectSeries = register(`SELECT coalesce((SELECT next FROM number_series WHERE name = $1), 0)`)
	saveSeries   = register(`INSERT INTO number_series (name, next) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET next = excluded.next`)
)

// Reserve takes up to n numbers of the series. Conflict: none is left. A series whose First was raised goes on from
// there; one whose First was lowered never gives a number twice.
func (tx *Tx) Reserve(s numbering.Series, n int64) (first, got int64, err error) {
	next, err := tx.nextOf(s)
	if err != nil {
		return 0, 0, err
	}
	if next > s.Last || n < 1 {
		return 0, 0, errs.New(errs.Conflict, "The numbers %d to %d of %s are used up.", s.First, s.Last, s.Name)
	}
	got = min(n, s.Last-next+1)
	_, err = tx.exec(saveSeries, s.Name, next+got)
	return next, got, err
}

// Reserved gives how many numbers of the series have been taken.
func (tx *Tx) Reserved(s numbering.Series) (int64, error) {
	next, err := tx.nextOf(s)
	return min(next, s.Last+1) - s.First, err
}

func (tx *Tx) nextOf(s numbering.Series) (int64, error) {
	next, err := one(tx, "", value[int64], selectSeries, s.Name)
	return max(next, s.First), err
}

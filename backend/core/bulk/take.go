package bulk

import (
	"context"
	"fmt"
	"slices"

	"packbench/backend/base/errs"
)

// Take gives a file of the run, by its place in the list. NotFound.
func (s *Service) Take(ctx context.Context, place int) (File, error) {
	var f File
	_, err := s.turn(ctx, func(r *run) (Run, error) {
		if place < 0 || place >= len(r.files) {
			return Run{}, errs.New(errs.NotFound, "There is no such file any more. Make it again.")
		}
		f = r.files[place]
		return Run{}, nil
	})
	return f, err
}

// Gave notes that the file of that place has left: its documents count as taken out. The second time it changes nothing.
func (s *Service) Gave(ctx context.Context, place int) error {
	f, err := s.Take(ctx, place)
	if err != nil || f.given {
		return err
	}
	if len(f.left) > 0 {
		note := fmt.Sprintf("with %s in %s", counted(len(f.left)), f.Name)
		if err := s.Shipments.TakenOutTogether(ctx, f.left, note); err != nil {
			return err
		}
	}
	var of *run
	var rows []int
	_, err = s.turn(ctx, func(r *run) (Run, error) {
		if place < len(r.files) {
			r.files[place].given = true
			of, rows = r, r.away(f.rows)
		}
		return Run{}, nil
	})
	if err == nil && of != nil {
		s.keep(ctx, of, rows...)
	}
	return err
}

// away gives those of some rows all of whose files have left. The caller holds mu.
func (r *run) away(rows []int) []int {
	return slices.DeleteFunc(slices.Clone(rows), func(i int) bool {
		return slices.ContainsFunc(r.files, func(f File) bool { return !f.given && slices.Contains(f.rows, i) })
	})
}

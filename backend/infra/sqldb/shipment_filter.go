package sqldb

import (
	"errors"
	"strings"

	"packbench/backend/core/shipment"
)

var (
	selectSet        = register(`SELECT block, members FROM catalogue_sets WHERE field = $1 AND value = $2`)
	selectRange      = register(`SELECT block, members FROM catalogue_sets WHERE field = $1 AND value >= $2 AND value <= $3`)
	selectMadeBefore = register(`SELECT number FROM shipments WHERE number >= $1 AND number <= $2 AND created_ms < $3`)
	selectMadeFrom   = register(`SELECT number FROM shipments WHERE number >= $1 AND number <= $2 AND created_ms >= $3`)
)

// lastDay stands for the end of time among days.
const lastDay = spanDays*1_000_000 - 1

// setOf gives the shipments that the catalogue has under any of the values of a field.
func (tx *Tx) setOf(field string, values ...string) (set, error) {
	var s set
	for _, v := range values {
		if err := tx.join(&s, selectSet, field, v); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// join adds blocks to a set.
func (tx *Tx) join(s *set, blocks statement, args ...any) error {
	_, err := all(tx, func(row scanner) (struct{}, error) {
		var place int64
		var text []byte
		if err := row.Scan(&place, &text); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, s.at(place).join(text)
	}, blocks, args...)
	return err
}

// yes gives the shipments that have a field of two values, or those that don't.
func (tx *Tx) yes(field shipment.Field, wanted bool) (set, error) {
	having, err := tx.setOf(string(field), "yes")
	if err != nil || wanted {
		return having, err
	}
	all, err := tx.setOf(fieldAll, "")
	all.less(having)
	return all, err
}

// filtered gives what a filter lets through by the fields of the catalogue, without what is due; nil where it asks for none.
func (tx *Tx) filtered(f shipment.Filter, due set) (set, error) {
	var within set
	asked := false
	narrow := func(s set, err error) error {
		if err != nil || !asked {
			within, asked = s, true
			return err
		}
		within.and(s)
		return nil
	}
	for _, one := range []struct {
		field shipment.Field
		value string
	}{
		{shipment.FieldAccount, string(f.AccountID)}, {shipment.FieldCourier, string(f.Courier)}, {shipment.FieldCountry, strings.ToUpper(f.CountryISO)},
	} {
		if one.value != "" {
			if err := narrow(tx.setOf(string(one.field), one.value)); err != nil {
				return nil, err
			}
		}
	}
	if len(f.States) > 0 {
		values := make([]string, len(f.States))
		for i, state := range f.States {
			values[i] = string(state)
		}
		if err := narrow(tx.setOf(fieldState, values...)); err != nil {
			return nil, err
		}
	}
	for field, wanted := range map[shipment.Field]*bool{shipment.FieldTesting: f.Testing, shipment.FieldPrinted: f.Printed} {
		if wanted != nil {
			if err := narrow(tx.yes(field, *wanted)); err != nil {
				return nil, err
			}
		}
	}
	if f.FromMs != 0 || f.ToMs != 0 {
		if err := narrow(tx.days(f)); err != nil {
			return nil, err
		}
	}
	if !asked {
		return nil, nil
	}
	within.less(due)
	if within == nil {
		within = set{} // nothing, unlike nil
	}
	return within, tx.trim(within, f)
}

// days gives what was made on the days of a filter, the first and the last of them whole: long times by their spans, and by
// days what is left at either end.
func (tx *Tx) days(f shipment.Filter) (set, error) {
	var s set
	first, last := max(f.FromMs, 0)/dayMs, int64(lastDay)
	if f.ToMs != 0 {
		last = max(f.ToMs-1, 0) / dayMs
	}
	join := func(field string, from, to int64) error {
		if from > to {
			return nil
		}
		return tx.join(&s, selectRange, field, dated(from), dated(to))
	}
	firstSpan, spans := (first+spanDays-1)/spanDays, (last+1)/spanDays // the first whole one, and the first after them
	if firstSpan >= spans {
		err := join(fieldDay, first, last)
		return s, err
	}
	err := errors.Join(join(fieldDay, first, firstSpan*spanDays-1), join(fieldSpan, firstSpan, spans-1), join(fieldDay, spans*spanDays, last))
	return s, err
}

// trim takes out of a set what was made on the first day of a filter before it begins, and on the last one after it ends.
func (tx *Tx) trim(s set, f shipment.Filter) error {
	for _, end := range []struct {
		ms      int64
		outside statement
	}{{f.FromMs, selectMadeBefore}, {f.ToMs, selectMadeFrom}} {
		if end.ms%dayMs == 0 {
			continue // no end, or one between two days
		}
		day, err := tx.setOf(fieldDay, dated(end.ms/dayMs))
		if err != nil {
			return err
		}
		day.and(s)
		var gone set
		for _, r := range day.stretches() {
			outside, err := all(tx, value[int64], end.outside, r.least, r.most, end.ms)
			if err != nil {
				return err
			}
			for _, number := range outside {
				if day.has(number) {
					gone.add(number)
				}
			}
		}
		s.less(gone)
	}
	return nil
}

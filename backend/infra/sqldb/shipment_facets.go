package sqldb

import (
	"cmp"
	"slices"
	"strings"

	"packbench/backend/core/shipment"
)

var (
	selectValues = register(`SELECT DISTINCT value FROM catalogue_sets WHERE field = $1`)
	selectNames  = register(`SELECT id, name FROM accounts WHERE id IN (SELECT value FROM catalogue_sets WHERE field = 'account')`)
)

// fieldValue is a value that shipments have of a field, with what people read for it.
type fieldValue struct{ value, label string }

// valuesOf gives the values of a field that the catalogue knows.
func (tx *Tx) valuesOf(field shipment.Field) ([]fieldValue, error) {
	switch field {
	case shipment.FieldTesting, shipment.FieldPrinted:
		return []fieldValue{{value: "no"}, {value: "yes"}}, nil
	case shipment.FieldAccount:
		return all(tx, func(row scanner) (v fieldValue, err error) { return v, row.Scan(&v.value, &v.label) }, selectNames)
	}
	return all(tx, func(row scanner) (v fieldValue, err error) { return v, row.Scan(&v.value) }, selectValues, string(field))
}

// having gives the shipments with a value of a field.
func (tx *Tx) having(field shipment.Field, value string) (set, error) {
	if field == shipment.FieldTesting || field == shipment.FieldPrinted {
		return tx.yes(field, value == "yes")
	}
	return tx.setOf(string(field), value)
}

// keyOfValue gives the key by which shipments with a value are sorted.
func keyOfValue(field shipment.Field, v fieldValue) string {
	if field == shipment.FieldAccount {
		return accountKey(v.label, v.value)
	}
	return v.value
}

// valueIn gives the value that a row has of a facetted field.
func valueIn(r *shipment.Row, field shipment.Field) fieldValue {
	switch field {
	case shipment.FieldAccount:
		return fieldValue{string(r.AccountID), r.AccountName}
	case shipment.FieldStatus:
		return fieldValue{value: string(r.State)}
	}
	return fieldValue{value: sorts[field].key(r)}
}

// without leaves out a filter's own condition on a field.
func without(f shipment.Filter, field shipment.Field) shipment.Filter {
	f.Skip, f.Sort = 0, shipment.Sort{}
	switch field {
	case shipment.FieldAccount:
		f.AccountID = ""
	case shipment.FieldCourier:
		f.Courier = ""
	case shipment.FieldStatus:
		f.States = nil
	case shipment.FieldCountry:
		f.CountryISO = ""
	case shipment.FieldTesting:
		f.Testing = nil
	case shipment.FieldPrinted:
		f.Printed = nil
	}
	return f
}

// ShipmentFacets counts the rows of a filter by the values of a field, the most frequent first; those of a search up to
// 1,000 together.
func (tx *Tx) ShipmentFacets(f shipment.Filter, field shipment.Field) ([]shipment.Facet, error) {
	l, err := tx.listing(without(f, field), "")
	if err != nil {
		return nil, err
	}
	found := map[fieldValue]int64{}
	var hits []hit
	if l.search.way != "" {
		if hits, err = l.take(0, countLimit+1); err != nil {
			return nil, err
		}
	} else {
		if hits, err = l.dueHits(); err != nil {
			return nil, err
		}
		if err := l.countValues(field, found); err != nil {
			return nil, err
		}
	}
	more := l.search.way != "" && len(hits) > countLimit
	if more {
		hits = hits[:countLimit]
	}
	if err := tx.eachRow(numbersOf(hits), func(r *shipment.Row) { found[valueIn(r, field)]++ }); err != nil {
		return nil, err
	}
	facets := make([]shipment.Facet, 0, len(found))
	for v, count := range found {
		if count > 0 {
			facets = append(facets, shipment.Facet{Value: v.value, Label: cmp.Or(v.label, v.value), Count: count, More: more})
		}
	}
	slices.SortFunc(facets, func(a, b shipment.Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return facets, nil
}

// countValues counts what the filters let through of the catalogue by the values of a field.
func (l *listing) countValues(field shipment.Field, found map[fieldValue]int64) error {
	within, err := l.everything()
	if err != nil {
		return err
	}
	catalogued := field
	if field == shipment.FieldStatus {
		catalogued = fieldState
	}
	values, err := l.tx.valuesOf(catalogued)
	if err != nil {
		return err
	}
	for _, v := range values {
		s, err := l.tx.having(catalogued, v.value)
		if err != nil {
			return err
		}
		found[v] += countBoth(s, within)
	}
	return nil
}

package sqldb

import "packbench/backend/core/shipment"

// facetColumns are the fields that rows are counted by, and what is shown for each value.
var facetColumns = map[shipment.Field][2]string{
	shipment.FieldAccount: {"s.account_id", "a.name"},
	shipment.FieldCourier: {"s.courier", "s.courier"},
	shipment.FieldStatus:  {"s.state", "s.state"},
	shipment.FieldCountry: {"s.country_iso", "s.country_iso"},
	shipment.FieldTesting: {"CASE s.testing WHEN 1 THEN 'yes' ELSE 'no' END", "''"},
	shipment.FieldPrinted: {"CASE WHEN s.printed_ms > 0 THEN 'yes' ELSE 'no' END", "''"},
}

// without leaves out a filter's own condition on a field.
func without(f shipment.Filter, field shipment.Field) shipment.Filter {
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

// ShipmentFacets counts the rows of a filter by the values of a field, the most frequent first.
func (tx *Tx) ShipmentFacets(f shipment.Filter, field shipment.Field) ([]shipment.Facet, error) {
	f.Skip = 0
	list, err := tx.listing(without(f, field), noPage)
	if err != nil {
		return nil, err
	}
	columns := facetColumns[field]
	inner := list.query("s.number, s.created_ms, "+columns[0]+" AS value, "+columns[1]+" AS label", -1, 0)
	q := newQuery("SELECT value, label, count(*) FROM (" + inner.text.String() + ") found GROUP BY value, label ORDER BY count(*) DESC, value")
	return all(tx, func(row scanner) (shipment.Facet, error) {
		var out shipment.Facet
		err := row.Scan(&out.Value, &out.Label, &out.Count)
		return out, err
	}, q.statement(), inner.args...)
}

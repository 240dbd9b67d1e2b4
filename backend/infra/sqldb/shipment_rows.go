package sqldb

import (
	"slices"
	"strings"

	"packbench/backend/core/shipment"
)

// The columns of shipment.Row.
const (
	rowColumns = `s.id, s.number, s.request_number, s.created_ms, s.account_id, a.name, s.courier, s.company, s.service_name, s.preset_code,
	s.testing, s.reference, s.reference_2, s.recipient, s.recipient_company, s.city, s.postcode, s.country_iso, s.parcels, s.weight_g,
	s.tracking_codes, s.state, s.status, s.packed, s.printed_ms, s.version, s.updated_ms`
)

func rowFields(r *shipment.Row, codes *string) []any {
	return []any{
		&r.ID, &r.Number, &r.RequestNumber, &r.CreatedMs, &r.AccountID, &r.AccountName, &r.Courier, &r.Company, &r.ServiceName, &r.PresetCode,
		&r.Testing, &r.Reference, &r.Reference2, &r.Recipient, &r.RecipientOrg, &r.City, &r.Postcode, &r.CountryISO, &r.Parcels, &r.Weight,
		codes, &r.State, &r.Status, &r.Packed, &r.PrintedMs, &r.Version, &r.UpdatedMs,
	}
}

func scanRow(row scanner) (shipment.Row, error) {
	var r shipment.Row
	var codes string
	if err := row.Scan(rowFields(&r, &codes)...); err != nil {
		return r, err
	}
	return r, decode(codes, &r.TrackingCodes)
}

// rowsOf gives the rows of hits in their order.
func (tx *Tx) rowsOf(hits []hit) ([]shipment.Row, error) {
	place := make(map[int64]int, len(hits))
	for i, h := range hits {
		place[h.number] = i
	}
	list := make([]shipment.Row, len(hits))
	return list, tx.eachRow(numbersOf(hits), func(r *shipment.Row) { list[place[r.Number]] = *r })
}

func numbersOf(hits []hit) []int64 {
	numbers := make([]int64, len(hits))
	for i, h := range hits {
		numbers[i] = h.number
	}
	return numbers
}

// eachRow reads the rows of numbers, in no order.
func (tx *Tx) eachRow(numbers []int64, read func(*shipment.Row)) error {
	head := newQuery("SELECT " + rowColumns + " FROM shipments s CROSS JOIN accounts a WHERE a.id = s.account_id")
	return tx.among(numbers, head, "s.number", func(row scanner) error {
		r, err := scanRow(row)
		if err == nil {
			read(&r)
		}
		return err
	})
}

// amongSizes are how many numbers one statement asks for: few statements, so that each stays prepared.
var amongSizes = []int{1, 16, 128, 512}

// among runs a query for rows whose column is one of the numbers, in no order.
func (tx *Tx) among(numbers []int64, head *query, column string, read func(scanner) error) error {
	for len(numbers) > 0 {
		size := amongSizes[len(amongSizes)-1]
		for _, s := range amongSizes {
			if len(numbers) <= s {
				size = s
				break
			}
		}
		some := numbers[:min(size, len(numbers))]
		numbers = numbers[len(some):]
		args := make([]any, size)
		for i := range args {
			args[i] = some[min(i, len(some)-1)]
		}
		q := newQuery(head.text.String())
		q.args, q.filtered = slices.Clone(head.args), true
		q.where(column+" IN (?"+strings.Repeat(", ?", size-1)+")", args...)
		_, err := all(tx, func(row scanner) (struct{}, error) { return struct{}{}, read(row) }, q.statement(), q.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

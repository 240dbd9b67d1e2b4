package shipment

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/sheet"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// The forms of an export.
const (
	CSV       = "csv"  // a table for spreadsheets
	JSONLines = "json" // one Row a line
)

var exportColumns = []string{
	"number", "created_utc", "account", "courier", "company", "service", "dc_service_id", "testing", "reference", "reference_2",
	"recipient", "recipient_company", "city", "postcode", "country", "parcels", "weight_g", "tracking_codes", "state", "status",
	"packed", "label_taken_utc",
}

// Export writes the filtered rows in the order of the list, page by page, so that a million of them need no memory, and
// adds an entry to the audit that tells of it. It gives how many there are; tell, where it is not nil, hears on the way how
// many are written. Only at this machine. Invalid: format; Unavailable: ctx ended.
func (s *Service) Export(ctx context.Context, f Filter, format string, to io.Writer, tell func(rows int64)) (int64, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, err
	}
	write, end, err := rowWriter(format, to)
	if err != nil {
		return 0, err
	}
	count := int64(0)
	for next := (page.Request{Limit: page.MaxLimit}); ; {
		rows, err := s.List(ctx, f, next)
		if err != nil {
			return 0, err
		}
		for _, row := range rows.Items {
			if err := write(row); err != nil {
				return 0, fmt.Errorf("shipment: %w", err)
			}
			count++
		}
		if tell != nil {
			tell(count)
		}
		if next.Cursor = rows.Next; next.Cursor == "" {
			break
		}
	}
	if err := end(); err != nil {
		return 0, fmt.Errorf("shipment: %w", err)
	}
	return count, s.Store.Write(ctx, func(r Repo) error {
		return audit.Record(ctx, r, s.Clock.Now(), "shipment.export", audit.Subject{Kind: "shipment"}, string(f.AccountID), nil,
			map[string]any{"shipments": count, "format": format, "filter": f})
	})
}

func rowWriter(format string, to io.Writer) (write func(Row) error, end func() error, err error) {
	switch format {
	case CSV:
		w, err := sheet.NewWriter(to, exportColumns...)
		if err != nil {
			return nil, nil, fmt.Errorf("shipment: %w", err)
		}
		return func(r Row) error { return w.Write(exportCells(r)) }, w.Flush, nil
	case JSONLines:
		e := json.NewEncoder(to)
		e.SetEscapeHTML(false)
		return func(r Row) error { return e.Encode(r) }, func() error { return nil }, nil
	}
	return nil, nil, errs.OnField("format", "The format must be csv or json.")
}

func exportCells(r Row) []string {
	return []string{
		strconv.FormatInt(r.Number, 10), utc(r.CreatedMs), r.AccountName, string(r.Courier), r.Company, r.ServiceName, r.PresetCode,
		strconv.FormatBool(r.Testing), r.Reference, r.Reference2, r.Recipient, r.RecipientOrg, r.City, r.Postcode, r.CountryISO,
		strconv.Itoa(r.Parcels), strconv.FormatInt(int64(r.Weight), 10), strings.Join(r.TrackingCodes, " "), string(r.State),
		r.Status.Word(), strconv.FormatBool(r.Packed), utc(r.PrintedMs),
	}
}

// utc writes a moment, "" for none.
func utc(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}

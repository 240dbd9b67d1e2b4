package audit

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"packbench/backend/base/page"
	"packbench/backend/base/sheet"
	"packbench/backend/core/actor"
)

var exportColumns = []string{
	"number", "time_utc", "who", "door", "from", "action", "thing", "thing_name", "thing_id", "account_id", "before", "after",
}

// Export writes the filtered rows as CSV (RFC 4180, UTF-8 with byte order mark), newest first, and adds an entry that
// tells of it. Cells that a spreadsheet would take for a formula begin with an apostrophe. It gives how many rows there
// are. Only at this machine.
func (s *Service) Export(ctx context.Context, f Filter, to io.Writer) (int64, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, err
	}
	w, err := sheet.NewWriter(to, exportColumns...)
	count := int64(0)
	for next := (page.Request{Limit: page.MaxLimit}); err == nil; {
		var rows page.Result[Row]
		if rows, err = s.List(ctx, f, next); err != nil {
			return 0, err
		}
		for _, row := range rows.Items {
			if err = w.Write(cells(row)); err != nil {
				break
			}
			count++
		}
		if next.Cursor = rows.Next; next.Cursor == "" {
			break
		}
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return 0, fmt.Errorf("audit: %w", err)
	}
	return count, s.Store.Write(ctx, func(r Repo) error {
		return Record(ctx, r, s.Clock.Now(), "audit.export", Subject{Kind: "audit"}, "", nil, map[string]any{"entries": count, "filter": f})
	})
}

func cells(r Row) []string {
	return []string{
		strconv.FormatInt(r.Seq, 10), time.UnixMilli(r.AtMs).UTC().Format("2006-01-02T15:04:05.000Z"), r.Actor, string(r.Door), r.From,
		r.Action, r.Subject.Kind, r.Subject.Name, r.Subject.ID, r.AccountID, string(r.Before), string(r.After),
	}
}

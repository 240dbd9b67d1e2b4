package audit

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/page"
	"packbench/backend/core/actor"
)

// byteOrderMark tells spreadsheet programs that the text is UTF-8.
const byteOrderMark = "\uFEFF"

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
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return 0, fmt.Errorf("audit: %w", err)
	}
	w := csv.NewWriter(to)
	w.UseCRLF = true
	count := int64(0)
	err := w.Write(exportColumns)
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
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	if err != nil {
		return 0, fmt.Errorf("audit: %w", err)
	}
	return count, s.Store.Write(ctx, func(r Repo) error {
		return Record(ctx, r, s.Clock.Now(), "audit.export", Subject{Kind: "audit"}, "", nil, map[string]any{"entries": count, "filter": f})
	})
}

func cells(r Row) []string {
	texts := []string{
		strconv.FormatInt(r.Seq, 10), time.UnixMilli(r.AtMs).UTC().Format("2006-01-02T15:04:05.000Z"), r.Actor, string(r.Door), r.From,
		r.Action, r.Subject.Kind, r.Subject.Name, r.Subject.ID, r.AccountID, string(r.Before), string(r.After),
	}
	for i, text := range texts {
		texts[i] = harmless(text)
	}
	return texts
}

// formulaStarts are what spreadsheet programs take a formula by (OWASP ASVS 5, 1.2.10), with their full-width forms.
const formulaStarts = "=+-@\t\r\n\x00＝＋－＠"

// harmless keeps a spreadsheet from running a text.
func harmless(text string) string {
	if text != "" && strings.ContainsAny(firstRune(text), formulaStarts) {
		return "'" + text
	}
	return text
}

func firstRune(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}

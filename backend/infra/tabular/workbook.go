package tabular

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

// maxUnzipped bounds what a workbook may grow to, in bytes.
const maxUnzipped = 256 << 20

func readWorkbook(ctx context.Context, t *importing.Table, data []byte) error {
	t.Format.Delimiter, t.Format.Encoding = "", ""
	// Nothing is unzipped onto the disk: the file may hold addresses.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		if strings.Contains(err.Error(), "size limit") || strings.Contains(err.Error(), "size exceeds") {
			return errs.Wrap(err, errs.TooLarge, "The workbook unpacks to more than %d MB. Split it into several files.", maxUnzipped>>20)
		}
		return errs.Wrap(err, errs.Malformed, "This is a ZIP file, and not an Excel workbook that can be read. Save it as .xlsx again, or as CSV.")
	}
	defer book.Close()
	t.Sheets = book.GetSheetList()
	if t.Format.Sheet == "" && len(t.Sheets) > 0 {
		t.Format.Sheet = t.Sheets[0]
	}
	if !slices.Contains(t.Sheets, t.Format.Sheet) {
		return errs.OnField("sheet", "The workbook has no sheet “%s”.", t.Format.Sheet)
	}
	return readSheet(ctx, t, book)
}

// readSheet walks the sheet twice side by side: as values, which are exact, and as they are shown, which keeps the leading
// zeros that a format adds.
func readSheet(ctx context.Context, t *importing.Table, book *excelize.File) error {
	values, err := book.Rows(t.Format.Sheet)
	if err != nil {
		return unreadable(err)
	}
	defer values.Close()
	shown, err := book.Rows(t.Format.Sheet)
	if err != nil {
		return unreadable(err)
	}
	defer shown.Close()
	for number := 1; values.Next() && shown.Next(); number++ {
		if number%1000 == 0 && ctx.Err() != nil {
			return errs.New(errs.Unavailable, "Reading was stopped.")
		}
		cells, err := values.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return unreadable(err)
		}
		looks, err := shown.Columns()
		if err != nil {
			return unreadable(err)
		}
		for i, cell := range cells {
			if i < len(looks) {
				cells[i] = valueOf(cell, looks[i])
			}
		}
		if err := add(t, number, cells, ""); err != nil {
			return err
		}
	}
	if err := values.Error(); err != nil {
		return unreadable(err)
	}
	return whole(t)
}

func unreadable(err error) error {
	return errs.Wrap(err, errs.Malformed, "The sheet can't be read. Open the workbook in a spreadsheet program and save it again, or save it as CSV.")
}

// valueOf takes the shown form where it only adds leading zeros, else the value, without the rounding of binary fractions.
func valueOf(value, shown string) string {
	if strings.HasPrefix(shown, "0") && len(shown) > len(value) && strings.TrimLeft(shown, "0") == value && value != "" {
		return shown
	}
	if len(value) > 15 && strings.Trim(value, "0123456789.-eE+") == "" && strings.ContainsAny(value, ".eE") {
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			return strconv.FormatFloat(number, 'f', -1, 64)
		}
	}
	return value
}

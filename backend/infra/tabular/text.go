package tabular

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

func readText(ctx context.Context, t *importing.Table, data []byte) error {
	if t.Format.Encoding == "" {
		t.Format.Encoding = encodingOf(data)
	}
	text, err := decode(data, t.Format.Encoding)
	if err != nil {
		return err
	}
	text, said := cutSeparator(text)
	if t.Format.Delimiter == "" {
		t.Format.Delimiter = said
	}
	if t.Format.Delimiter == "" {
		t.Format.Delimiter = delimiterOf(text)
	}
	if !slices.Contains(importing.Delimiters(), t.Format.Delimiter) {
		return errs.OnField("delimiter", "The delimiter must be a comma, a semicolon, a tab or a vertical bar.")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = rune(t.Format.Delimiter[0]), -1, true
	number := 1
	if said != "" {
		number++
	}
	for ; ; number++ {
		if number%1000 == 0 && ctx.Err() != nil {
			return errs.New(errs.Unavailable, "Reading was stopped.")
		}
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return whole(t)
		}
		problem := ""
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			problem = quotes(broken)
		} else if err != nil {
			return errs.Wrap(err, errs.Malformed, "The file can't be read as a table.")
		}
		if err := add(t, number, cells, problem); err != nil {
			return err
		}
	}
}

func quotes(broken *csv.ParseError) string {
	if broken.Line > broken.StartLine {
		return fmt.Sprintf("A quotation mark opens in line %d and is not closed as it should; lines %d to %d can't be read. Write a quotation mark within a text twice.",
			broken.StartLine, broken.StartLine, broken.Line)
	}
	return fmt.Sprintf("A quotation mark stands where it can't in line %d. A text with one stands in quotation marks itself, and its own are written twice.", broken.Line)
}

// marks are the byte order marks.
var marks = []struct{ bytes, encoding string }{
	{"\xef\xbb\xbf", importing.UTF8}, {"\xff\xfe", importing.UTF16LE}, {"\xfe\xff", importing.UTF16BE},
}

// encodingOf finds out how a text is encoded. Text that is mostly UTF-8 is taken for UTF-8 with broken characters; any
// other is Windows-1252, which every Western spreadsheet program writes where it does not write UTF-8.
func encodingOf(data []byte) string {
	for _, mark := range marks {
		if bytes.HasPrefix(data, []byte(mark.bytes)) {
			return mark.encoding
		}
	}
	start := data[:min(len(data), 4096)]
	even, odd := 0, 0
	for i, b := range start {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	switch {
	case odd > len(start)/4 && even == 0:
		return importing.UTF16LE
	case even > len(start)/4 && odd == 0:
		return importing.UTF16BE
	}
	if utf8.Valid(data) {
		return importing.UTF8
	}
	good, bad := 0, 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	if good > bad {
		return importing.UTF8
	}
	return importing.Windows1252
}

// decode gives the text as UTF-8; what can't be read becomes U+FFFD, which every row that has it is told of.
func decode(data []byte, name string) (string, error) {
	for _, mark := range marks {
		if mark.encoding == name {
			data = bytes.TrimPrefix(data, []byte(mark.bytes))
		}
	}
	var from encoding.Encoding
	switch name {
	case importing.UTF8:
		return printable(strings.ToValidUTF8(string(data), "\uFFFD"))
	case importing.UTF16LE:
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case importing.UTF16BE:
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case importing.Windows1252:
		from = charmap.Windows1252
	default:
		return "", errs.OnField("encoding", "The encoding must be one of: %s.", strings.Join(importing.Encodings(), ", "))
	}
	out, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "", errs.Wrap(err, errs.Malformed, "The file is not written in %s.", name)
	}
	return printable(string(out))
}

func printable(text string) (string, error) {
	if strings.ContainsRune(text, 0) {
		return "", errs.New(errs.Malformed, "This is not a table of text. Export the orders as CSV or XLSX.")
	}
	return text, nil
}

// cutSeparator takes off the line with which Excel names the delimiter: "sep=;".
func cutSeparator(text string) (rest, delimiter string) {
	line, rest, _ := strings.Cut(text, "\n")
	if value, ok := strings.CutPrefix(strings.TrimSpace(line), "sep="); ok && slices.Contains(importing.Delimiters(), value) {
		return rest, value
	}
	return text, ""
}

// sample is how much is looked at to find the delimiter, in bytes and records.
const (
	sampleBytes   = 64 << 10
	sampleRecords = 50
)

// delimiterOf finds the delimiter: the one by which most records have as many cells as the first, and of several the one
// that gives most columns.
func delimiterOf(text string) string {
	best, bestScore := ",", 0
	for _, delimiter := range importing.Delimiters() {
		r := csv.NewReader(strings.NewReader(text[:min(len(text), sampleBytes)]))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = rune(delimiter[0]), -1, true
		columns, records, same := 0, 0, 0
		for records < sampleRecords {
			cells, err := r.Read()
			if err != nil {
				break
			}
			records++
			if records == 1 {
				columns = len(cells)
			}
			if len(cells) == columns {
				same++
			}
		}
		if columns < 2 {
			continue
		}
		if score := same*1000/records*1000 + columns; score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

package tabular

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

// wide is a text in UTF-16.
func wide(text string, big bool) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return string(out)
}

func TestEncodingAndDelimiterAreFound(t *testing.T) {
	const text = "Name;Größe\nAda;groß 😀\nOmar;صغير\n"
	for _, c := range []struct{ why, data, encoding, delimiter string }{
		{"UTF-8", text, importing.UTF8, ";"},
		{"with a mark", "\uFEFF" + text, importing.UTF8, ";"},
		{"UTF-16 with a mark", "\xff\xfe" + wide(text, false), importing.UTF16LE, ";"},
		{"UTF-16, big", "\xfe\xff" + wide(text, true), importing.UTF16BE, ";"},
		{"UTF-16 without a mark", wide("Name;Size\nAda;big\n", false), importing.UTF16LE, ";"},
		{"UTF-16 without a mark, big", wide("Name;Size\nAda;big\n", true), importing.UTF16BE, ";"},
		{"Windows-1252", "Name;Gr\xf6\xdfe\nAda;gro\xdf\n", importing.Windows1252, ";"},
		{"commas in texts", "Name,Note\n\"Ada; Ltd\",\"a; b; c\"\nBo,x\n", importing.UTF8, ","},
		{"tabs", "Name\tNote\nAda\t1,5\n", importing.UTF8, "\t"},
		{"bars", "Name|Note\nAda|1,5\n", importing.UTF8, "|"},
		{"named by Excel", "sep=|\nName|Note\nAda;a;b|x\n", importing.UTF8, "|"},
		{"one column", "Name\nAda\n", importing.UTF8, ","},
	} {
		got, err := Parse(t.Context(), "x.csv", []byte(c.data), importing.Format{})
		if err != nil || got.Format.Encoding != c.encoding || got.Format.Delimiter != c.delimiter || got.Headings[0] != "Name" || !strings.HasPrefix(got.Rows[0].Cells[0], "Ada") {
			t.Errorf("%s: %v, %+v", c.why, err, got)
		}
	}
}

func TestTextKeepsItsCharacters(t *testing.T) {
	got, err := Parse(t.Context(), "x.csv", []byte("Name;Gr\xf6\xdfe\r\n\"J\xfcrgen \"\"Jo\"\" \x80\";\"a\nb\"\r\n\r\nlast;\r\n"), importing.Format{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Headings[1] != "Größe" || got.Rows[0].Cells[0] != `Jürgen "Jo" €` || got.Rows[0].Cells[1] != "a\nb" || got.Rows[1].Cells[0] != "last" {
		t.Errorf("%+v", got)
	}
}

func TestOneBrokenRowDoesNotStopTheRest(t *testing.T) {
	rows := "Name,Note\nAda,\"x\"y\nBo,b,c,d\nCy,\xff bad é é é\nDi,ok\n"
	got, err := Parse(t.Context(), "x.csv", []byte(rows), importing.Format{Delimiter: ","})
	if err != nil || len(got.Rows) != 4 {
		t.Fatalf("%v, %+v", err, got)
	}
	for i, want := range []string{"quotation mark", "4 cells, and there are 2 columns", "", ""} {
		if p := got.Rows[i].Problem; (want == "") != (p == "") || !strings.Contains(p, want) {
			t.Errorf("row %d: %q, want %q", got.Rows[i].Number, p, want)
		}
	}
	if !strings.Contains(got.Rows[2].Cells[1], "\uFFFD bad é") || got.Rows[3].Number != 5 {
		t.Errorf("%+v", got.Rows[2:])
	}
	open, err := Parse(t.Context(), "x.csv", []byte("Name,Note\nAda,ok\nBo,\"never closed\nCy,c\n"), importing.Format{})
	if err != nil || len(open.Rows) != 2 || !strings.Contains(open.Rows[1].Problem, "opens in line 3") {
		t.Errorf("%v, %+v", err, open)
	}
}

func TestWhatIsNoTable(t *testing.T) {
	for _, c := range []struct {
		why, data, says string
		code            errs.Code
	}{
		{"nothing", "", "empty", errs.Malformed},
		{"white space", " \n\n ", "empty", errs.Malformed},
		{"headings only", "a,b\n", "no rows", errs.Malformed},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls", errs.Malformed},
		{"a PDF", "%PDF-1.7\n", "PDF", errs.Malformed},
		{"a web page", "\uFEFF <html><table>", "web page", errs.Malformed},
		{"JSON", `{"a":1}`, "JSON", errs.Malformed},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a table of text", errs.Malformed},
		{"a ZIP", "PK\x03\x04nothing", "not an Excel workbook", errs.Malformed},
		{"500 columns", strings.Repeat("a,", 499) + "a\n1\n", "500 columns", errs.TooLarge},
		{"too many rows", "a\n" + strings.Repeat("1\n", importing.MaxRows+1), "more than 100000 rows", errs.TooLarge},
	} {
		_, err := Parse(t.Context(), "x.csv", []byte(c.data), importing.Format{})
		if errs.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

func TestACellIsBounded(t *testing.T) {
	got, err := Parse(t.Context(), "x.csv", []byte("a,b\n1,"+strings.Repeat("é", maxCell+1)+"\n2,"+strings.Repeat("é", maxCell)+"\n"), importing.Format{})
	if err != nil || !strings.Contains(got.Rows[0].Problem, "32768 characters") || got.Rows[1].Problem != "" {
		t.Errorf("%v, %q, %q", err, got.Rows[0].Problem, got.Rows[1].Problem)
	}
}

func TestHeadingsAreUniqueAndNamed(t *testing.T) {
	got, err := Parse(t.Context(), "x.csv", []byte("Name,, Name ,Name (2)\nx,y,z,w\n"), importing.Format{})
	if err != nil || !slices.Equal(got.Headings, []string{"Name", "Column 2", "Name (2)", "Name (2) (2)"}) {
		t.Errorf("%v, %q", err, got.Headings)
	}
}

// A file of a gigabyte is refused by its size, without being read.
func TestAHugeFileIsRefusedUnread(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.csv")
	file, err := os.Create(path)
	if err == nil {
		err = file.Truncate(1 << 30) // holes: it takes no room
	}
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if _, err := (Reader{}).Read(t.Context(), path, importing.Format{}); !errs.Is(err, errs.TooLarge) || !strings.Contains(err.Error(), "1024 MB") {
		t.Error(err)
	}
	if _, err := (Reader{}).Read(t.Context(), t.TempDir(), importing.Format{}); !errs.Is(err, errs.Malformed) {
		t.Error(err)
	}
	if _, err := (Reader{}).Read(t.Context(), path+"x", importing.Format{}); !errs.Is(err, errs.NotFound) {
		t.Error(err)
	}
}

func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	zip, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("00000")})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{
		"A1": "Name", "B1": "ZIP", "C1": "EAN", "D1": "Weight", "E1": "Sum",
		"A3": "Ada 😀", "B3": 2134, "C3": 4012345678901, "D3": 1.1, "A4": "شركة",
	} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	f.SetCellStyle("Sheet1", "B3", "B3", zip)
	f.SetCellFormula("Sheet1", "E3", "=1+1")
	f.NewSheet("Second")
	f.SetCellValue("Second", "A1", "Only")
	f.SetCellValue("Second", "A2", "row")
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func ptr(s string) *string { return &s }

func TestWorkbook(t *testing.T) {
	data := workbook(t)
	got, err := Parse(t.Context(), "orders.csv", data, importing.Format{}) // whatever its name says
	if err != nil || got.Format != (importing.Format{Sheet: "Sheet1"}) || !slices.Equal(got.Sheets, []string{"Sheet1", "Second"}) {
		t.Fatalf("%v, %+v", err, got)
	}
	want := []string{"Ada 😀", "02134", "4012345678901", "1.1", ""}
	if len(got.Rows) != 2 || got.Rows[0].Number != 3 || !slices.Equal(got.Rows[0].Cells, want) || got.Rows[1].Cells[0] != "شركة" {
		t.Errorf("%+v", got.Rows)
	}
	second, err := Parse(t.Context(), "orders.xlsx", data, importing.Format{Sheet: "Second"})
	if err != nil || second.Rows[0].Cells[0] != "row" {
		t.Errorf("%v, %+v", err, second)
	}
	if _, err := Parse(t.Context(), "orders.xlsx", data, importing.Format{Sheet: "None"}); !errs.Is(err, errs.Invalid) {
		t.Error(err)
	}
}

// What was written with any delimiter in any encoding is read as it was.
func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom(importing.Delimiters()).Draw(t, "delimiter")
		cell := rapid.StringMatching(`[a-zäß€ ,;|"x]{1,8}`)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 6).Draw(t, "rows")
		text := "one" + delimiter + "two" + delimiter + "three\n"
		for _, row := range rows {
			row[0] = "k" + row[0] // never an empty line
			for i, c := range row {
				row[i] = c + "." // never cut off as empty
				text += `"` + strings.ReplaceAll(row[i], `"`, `""`) + `"`
				text += map[bool]string{true: "\n", false: delimiter}[i == len(row)-1]
			}
		}
		data := text
		if rapid.Bool().Draw(t, "wide") {
			data = "\xff\xfe" + wide(text, false)
		}
		got, err := Parse(t.Context(), "x", []byte(data), importing.Format{Delimiter: delimiter})
		if err != nil || len(got.Rows) != len(rows) {
			t.Fatalf("%v, %+v", err, got)
		}
		for i, row := range rows {
			if !slices.Equal(got.Rows[i].Cells, row) {
				t.Fatalf("%q became %q", row, got.Rows[i].Cells)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\xff\xfea\x00;\x00b\x00\n\x00", "sep=;\na;b\n\"1\";2\n", "PK\x03\x04", "a\tb\n\"x", "\xef\xbb\xbfa|b\nc|d|e", "a,b\n\x80,\xff\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Parse(t.Context(), "x", data, importing.Format{})
		if err != nil {
			if code := errs.CodeOf(err); code == errs.Internal || errs.As(err).Message == "" {
				t.Fatalf("not a sentence: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, heading := range got.Headings {
			if heading == "" || seen[heading] {
				t.Fatalf("headings %q", got.Headings)
			}
			seen[heading] = true
		}
		for _, row := range got.Rows {
			if len(row.Cells) != len(got.Headings) || !utf8.ValidString(strings.Join(row.Cells, "")) {
				t.Fatalf("row %+v under %q", row, got.Headings)
			}
		}
	})
}

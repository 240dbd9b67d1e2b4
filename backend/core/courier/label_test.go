package courier

import (
	"testing"

	"packbench/backend/base/errs"
)

func TestFormatMatchesItsOwnFiles(t *testing.T) {
	files := map[Format]string{PDF: "%PDF-1.4\n", PNG: "\x89PNG\r\n\x1a\n...", ZPL: "\n^XA^FO1,1^XZ"}
	for format, file := range files {
		for other, content := range files {
			if got := format.Matches([]byte(content)); got != (format == other) {
				t.Errorf("%s.Matches(a %s file) = %t", format, other, got)
			}
		}
		for _, none := range []string{"", "<html>", `{"message":"no"}`} {
			if format.Matches([]byte(none)) {
				t.Errorf("%s.Matches(%q)", format, none)
			}
		}
		if Format("other").Matches([]byte(file)) {
			t.Error("a format that is not known matches something")
		}
	}
}

func TestFormatOf(t *testing.T) {
	for file, want := range map[string]Format{"%PDF-1.4\n": PDF, "\x89PNG\r\n\x1a\n": PNG, "^XA^XZ": ZPL, "<html>": "", "": ""} {
		if got := FormatOf([]byte(file)); got != want {
			t.Errorf("%q is %q, want %q", file, got, want)
		}
	}
}

func TestNoLabelYetSaysWhy(t *testing.T) {
	want := Warning{Field: "label", Message: "The label was bought and could not be fetched yet: Depot is closed."}
	if got := NoLabelYet(errs.New(errs.Unavailable, "Depot is closed.")); got != want {
		t.Errorf("%+v", got)
	}
}

package sheet

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Hillside": "Hillside", "=1+1": "'=1+1", "+44 117": "'+44 117", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "＝x": "'＝x",
		"a=b": "a=b", "\xff=": "\xff=",
	} {
		if got := Harmless(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// Whatever is written comes back, but for the apostrophe before what would run.
func TestWhatIsWrittenComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(rapid.StringMatching(`[=+@"',;a-zé\n😀-]{0,6}`), 2, 5).Draw(t, "row")
		var out strings.Builder
		w, err := NewWriter(&out, "a", "b")
		if err == nil {
			err = w.Write(slices.Clone(row))
		}
		if err == nil {
			err = w.Flush()
		}
		text, marked := strings.CutPrefix(out.String(), "\uFEFF")
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = -1
		got, readErr := r.ReadAll()
		if err != nil || readErr != nil || !marked || len(got) != 2 {
			t.Fatalf("%v, %v, %q", err, readErr, text)
		}
		for i, cell := range got[1] {
			if strings.TrimPrefix(cell, "'") != strings.TrimPrefix(row[i], "'") || strings.HasPrefix(cell, "=") {
				t.Fatalf("%q became %q", row[i], cell)
			}
		}
	})
}

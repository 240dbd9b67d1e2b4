package label

import "testing"

func TestReadable(t *testing.T) {
	for _, c := range []struct {
		code string
		sscc bool
		want string
	}{
		{"340123450000000017", true, "(00) 3 4012345 000000001 7"},
		{"OF-00012345", false, "OF- 0001 2345"},
		{"OF000012345", false, "OF 000 012 345"},
		{"RR473124829GB", false, "RR 473 124 829 GB"},
		{"12345", false, "12345"},
		{"1234567", false, "1234 567"},
		{"1234567890", false, "1234 5678 90"},
		{"A1", false, "A 1"},
	} {
		if got := (symbol{code: c.code, sscc: c.sscc}).readable(); got != c.want {
			t.Errorf("%s reads %q, want %q", c.code, got, c.want)
		}
	}
}

// Widths in modules by ISO/IEC 15417: 11 for each of start, data and check character, 13 for the stop.
func TestEncodeWidth(t *testing.T) {
	for _, c := range []struct {
		code       string
		sscc       bool
		characters int
	}{
		{"003614100000041855", true, 13}, // start C, FNC1, ten pairs, check
		{"AB", false, 4},
		{"123456", false, 5},
		{"A1234", false, 6}, // start B, A, code C, two pairs, check
	} {
		s, err := encode(c.code, c.sscc, nil)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, run := range s.runs {
			sum += int(run)
		}
		if want := 11*c.characters + 13; s.modules != want || sum != want || len(s.runs)%2 == 0 {
			t.Errorf("%s has %d modules in %d runs of together %d, want %d", c.code, s.modules, len(s.runs), sum, want)
		}
	}
}

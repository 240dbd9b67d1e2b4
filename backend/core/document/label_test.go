package document

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
)

func TestCheckTrackingCode(t *testing.T) {
	for _, c := range []struct {
		name, code string
		sscc       bool
		say        string // "" when the code is good
	}{
		{"sscc", "340123450000000017", true, ""},
		{"sscc ending in 0", "000000000000000000", true, ""},
		{"wrong check digit", "340123450000000018", true, "check digit is 7"},
		{"two digits swapped", "341023450000000017", true, "check digit is"},
		{"sscc too short", "34012345000000001", true, "needs 18 digits"},
		{"sscc too long", "3401234500000000170", true, "needs 18 digits"},
		{"sscc with a letter", "34012345O000000017", true, "place 9"},
		{"sscc whose check digit is a letter", "34012345000000001X", true, "check digit is 7"},
		{"sscc with AI", "(00)40123450000000", true, "place 1"},
		{"own range", "OF-000012345", false, ""},
		{"s10", "RR473124829GB", false, ""},
		{"longest", strings.Repeat("A", MaxTrackingCode), false, ""},
		{"too long", strings.Repeat("A", MaxTrackingCode+1), false, "holds 1 to 28"},
		{"empty", "", false, "holds 1 to 28"},
		{"space", "OF 1", false, "place 3"},
		{"command", "OF^XZ", false, "place 3"},
		{"other letters", "ŁF1", false, "place 1"},
		{"control character", "OF1\n", false, "place 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := CheckTrackingCode(c.code, c.sscc)
			if c.say == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), c.say) {
				t.Fatalf("got %v, want Invalid saying %q", err, c.say)
			}
			if fields := errs.As(err).Fields; len(fields) != 1 || fields[0].Path != "tracking_code" {
				t.Errorf("fields are %v", fields)
			}
		})
	}
}

// One check digit is right for every body, and no single wrong digit goes unseen.
func TestSSCCCheckDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9]{17}`).Draw(t, "body")
		var right []string
		for digit := range 10 {
			if code := fmt.Sprintf("%s%d", body, digit); CheckTrackingCode(code, true) == nil {
				right = append(right, code)
			}
		}
		if len(right) != 1 {
			t.Fatalf("%v are all right", right)
		}
		at := rapid.IntRange(0, 17).Draw(t, "at")
		wrong := []byte(right[0])
		wrong[at] = '0' + (wrong[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if CheckTrackingCode(string(wrong), true) == nil {
			t.Fatalf("%s passes for %s", wrong, right[0])
		}
	})
}

func TestLabelValidate(t *testing.T) {
	good := Label{TrackingCode: "A1", ParcelIndex: 1, ParcelCount: 1}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, parcel := range []struct{ index, count int }{{0, 1}, {2, 1}, {-1, -1}, {1, 0}} {
		bad := good
		bad.ParcelIndex, bad.ParcelCount = parcel.index, parcel.count
		if err := bad.Validate(); !errs.Is(err, errs.Invalid) {
			t.Errorf("parcel %d of %d gives %v", parcel.index, parcel.count, err)
		}
	}
	bad := Label{TrackingCode: "", ParcelIndex: 3, ParcelCount: 2}
	if fields := errs.As(bad.Validate()).Fields; len(fields) != 2 {
		t.Errorf("not everything that is wrong is told: %v", fields)
	}
}

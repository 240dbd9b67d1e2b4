package document

import (
	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
)

// Label is what stands on one parcel's label of a courier without labels of its own. Every text may be empty but the
// tracking code, which is the barcode.
type Label struct {
	From, To     postal.Address
	CourierName  string // "OWN FLEET"
	Service      string // "Next day"
	Route        string // big mark for sorting, best two or three characters
	ParcelIndex  int    // 1 … ParcelCount
	ParcelCount  int
	Weight       string // "2.38 kg"
	Reference    string
	Instructions string
	TrackingCode string // what CheckTrackingCode takes
	SSCC         bool   // the tracking code is an SSCC, drawn as GS1-128 with AI (00); else Code 128
	Date         string // as it is printed: "21 Nov 2026"
	CreatedMs    int64  // Unix ms UTC: the file's own date, so that the same label is always the same bytes
	Testing      bool   // draws the TEST mark
}

// MaxTrackingCode is the longest tracking code, in characters, whose Code 128 symbol fits 4×6 in stock with bars of a
// quarter of a millimetre, the narrowest a 203 dpi printer prints well.
const MaxTrackingCode = 28

// Validate returns Invalid when the label can't be drawn: a bad tracking code or parcel number. Paths are relative to
// the label.
func (l Label) Validate() error {
	var wrong errs.Fields
	wrong.AddError("", CheckTrackingCode(l.TrackingCode, l.SSCC))
	if l.ParcelIndex < 1 || l.ParcelIndex > l.ParcelCount {
		wrong.Add("parcel_index", "Parcel %d of %d is not possible; parcels count from 1.", l.ParcelIndex, l.ParcelCount)
	}
	return wrong.Err()
}

// CheckTrackingCode returns Invalid at tracking_code unless code can be a label's barcode: for an SSCC 18 digits with a
// right check digit, else 1 to MaxTrackingCode letters A–Z, a–z, digits, hyphens, full stops and slashes.
func CheckTrackingCode(code string, sscc bool) error {
	if sscc {
		return checkSSCC(code)
	}
	if code == "" || len(code) > MaxTrackingCode {
		return errs.OnField("tracking_code", "The tracking code has %d characters; a label holds 1 to %d.", len(code), MaxTrackingCode)
	}
	for i := 0; i < len(code); i++ {
		if !inTrackingCode(code[i]) {
			return errs.OnField("tracking_code",
				"The tracking code has a character at place %d that scanners don't read everywhere; use letters A to Z, digits, hyphen, full stop or slash.", i+1)
		}
	}
	return nil
}

func inTrackingCode(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '.' || c == '/'
}

// checkSSCC checks length, digits and the check digit (GS1 General Specifications, 7.9: weights 3 and 1 in turn, 3 next
// to the check digit). Encoders don't, and a scanner would refuse the parcel at the next gate.
func checkSSCC(code string) error {
	if len(code) != 18 {
		return errs.OnField("tracking_code", "The SSCC has %d characters; it needs 18 digits.", len(code))
	}
	sum := 0
	for i := 0; i < 17; i++ {
		if code[i] < '0' || code[i] > '9' {
			return errs.OnField("tracking_code", "The SSCC has something other than a digit at place %d; it needs 18 digits.", i+1)
		}
		weight := 3 - 2*(i%2)
		sum += weight * int(code[i]-'0')
	}
	if want := byte('0' + (10-sum%10)%10); code[17] != want {
		return errs.OnField("tracking_code", "The SSCC ends in %q; its check digit is %c.", code[17:], want)
	}
	return nil
}

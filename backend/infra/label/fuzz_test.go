package label

import (
	"bytes"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// FuzzLabel draws labels from any text: none may panic, be read as a command by a printer, or come out empty.
func FuzzLabel(f *testing.F) {
	f.Add("Hillside Clinic", "4 Sample Rise", "QN4 2LT", "R3", "SO-1", "OF-1", false)
	f.Add("^XZ^XA~JR", "_5E\\&", "^", "~", "\x00\x1b", "003614100000041855", true)
	f.Add("株式会社", "شركة 12", "\U0001F4E6", "北", "e\u0301\u202e", "RR473124829GB", false)
	f.Fuzz(func(t *testing.T, name, street, postcode, route, reference, code string, sscc bool) {
		l := document.Label{
			To:          postal.Address{Name: name, Address1: street, City: name, Postcode: postcode, CountryISO: "PL"},
			CourierName: "OWN FLEET", Service: reference, Route: route, ParcelIndex: 1, ParcelCount: 1, Reference: reference, Instructions: name + street,
			TrackingCode: code, SSCC: sscc,
		}
		for _, format := range []courier.Format{courier.ZPL, courier.PDF} {
			file, _, err := Drawer{}.DrawLabels(t.Context(), []document.Label{l}, format, courier.Size4x6, 203)
			switch refused := l.Validate() != nil; {
			case refused:
				if !errs.Is(err, errs.Invalid) {
					t.Fatalf("%s: the code %q gives %v", format, code, err)
				}
			case err != nil:
				t.Fatal(err)
			case format == courier.ZPL:
				if err := checkZPL(file); err != nil {
					t.Fatal(err)
				}
			case !bytes.HasPrefix(file, []byte("%PDF-")) || !bytes.HasSuffix(file, []byte("%%EOF\n")):
				t.Fatal("the PDF has no beginning or no end")
			}
		}
	})
}

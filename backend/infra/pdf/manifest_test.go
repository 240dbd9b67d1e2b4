package pdf

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/document"
)

func sampleManifest(lines int) document.Manifest {
	m := document.Manifest{
		CreatedMs: 1_772_460_000_000, Courier: "Own fleet", Account: "web-shop-north", Sender: "Northern Goods Ltd",
		Collected: "Unit 7, Canal Works, 22 Mill Street, Leeds, LS9 8AB", Date: "2 March 2026", Branding: sampleSlip(1).Branding,
	}
	for i := range lines {
		m.Lines = append(m.Lines, document.ManifestLine{
			Number: strconv.Itoa(184206 + i), Reference: fmt.Sprintf("ND-%05d", 20571+i), Recipient: "Hillside Clinic, goods in", Place: "QN4 2LT · GB",
			Service: "Next day before noon", TrackingCodes: []string{fmt.Sprintf("34012345%010d", i)}, Parcels: 1 + i%3, Weight: 1250,
		})
	}
	return m
}

func TestAManifestListsEveryShipmentAndAddsThemUp(t *testing.T) {
	m := sampleManifest(60)
	m.Lines[7].TrackingCodes = []string{"JD0146000034512", "JD0146000034513", "JD0146000034514"}
	m.Lines[9].Recipient = strings.Repeat("Łódź Long Name ", 12)
	m.Testing, m.Number = true, "3207"
	other := sampleManifest(2)
	other.Courier = "Another Courier"
	result, err := Manifests(context.Background(), []document.Manifest{m, other})
	if err != nil {
		t.Fatal(err)
	}
	texts := pageTexts(t, result.Bytes)
	if len(texts) != result.Pages || len(result.Each) != 2 || result.Each[1] != 1 || result.Each[0] != len(texts)-1 {
		t.Fatalf("%d pages in the file, told %d, %v", len(texts), result.Pages, result.Each)
	}
	own := strings.Join(texts[:result.Each[0]], "")
	for _, line := range m.Lines {
		for _, want := range append([]string{line.Number, line.Reference}, line.TrackingCodes...) {
			if !strings.Contains(own, want) {
				t.Errorf("%q is not on the manifest", want)
			}
		}
	}
	parcels, weight := m.Totals()
	if parcels != 120 || weight != 75_000 {
		t.Fatalf("totals %d and %s", parcels, weight)
	}
	last := strings.Join(texts[result.Each[0]-2:result.Each[0]], "")
	for _, want := range []string{"Total", "60 shipments", "120", "75.00 kg", "120 parcels handed over to Own fleet", "Handed over by, name", "Collected by, name", "Signature"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last pages do not say %q:\n%s", want, last)
		}
	}
	for i, text := range texts {
		if strings.Contains(text, "Manifest 3207") != (i < result.Each[0]) {
			t.Errorf("page %d does not say which manifest it is of", i+1)
		}
	}
	if !strings.Contains(texts[0], "TEST") || strings.Contains(texts[len(texts)-1], "TEST") {
		t.Error("the TEST mark stands on the wrong manifest")
	}
	if again, err := Manifests(context.Background(), []document.Manifest{m, other}); err != nil || string(again.Bytes) != string(result.Bytes) {
		t.Error("the same manifest gave other bytes")
	}
}

func TestAManifestThatIsUntrueIsRefused(t *testing.T) {
	empty, none := sampleManifest(0), sampleManifest(1)
	none.Lines[0].Parcels = 0
	for _, m := range []document.Manifest{empty, none} {
		if _, err := Manifests(context.Background(), []document.Manifest{m}); !errs.Is(err, errs.Invalid) {
			t.Errorf("got %v", err)
		}
	}
}

package typeset

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// What is remembered is what would be fitted, whatever was asked before and however often.
func TestMemoryGivesWhatFitGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		memory := NewMemory()
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringN(0, 200, -1), rapid.Just("Café 東京 \x00")), 1, 8).Draw(t, "texts")
		for range 20 {
			text := rapid.SampledFrom(texts).Draw(t, "text")
			style := rapid.SampledFrom([]Style{Regular, Bold, Bold | Japanese}).Draw(t, "style")
			box := Box{
				Width: rapid.SampledFrom([]float64{5, 40, 180}).Draw(t, "width"), Lines: rapid.IntRange(0, 3).Draw(t, "lines"),
				Size: rapid.SampledFrom([]Points{7, 9}).Draw(t, "size"), Smallest: rapid.SampledFrom([]Points{0, 6}).Draw(t, "smallest"), Most: rapid.IntRange(0, 4).Draw(t, "most"),
			}
			if got, want := memory.Fit(text, style, box), Fit(text, style, box); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q in %+v: remembered %+v, fitted %+v", text, box, got, want)
			}
		}
	})
	if got, want := (*Memory)(nil).Fit("alone", Bold, Box{Width: 20, Size: 9}), Fit("alone", Bold, Box{Width: 20, Size: 9}); !reflect.DeepEqual(got, want) {
		t.Errorf("without a memory: %+v, fitted %+v", got, want)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	memory := NewMemory()
	for i := range 3 * remembered {
		memory.Fit(fmt.Sprint(i), Regular, Box{Width: 20, Size: 9})
		if len(memory.fitted) > remembered {
			t.Fatalf("%d texts are held, at most %d should be", len(memory.fitted), remembered)
		}
	}
}

package label

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// A label that is drawn again is, byte for byte, the label that was: a change of how fast it is drawn changes no hash here.
// A change of how labels look does, and is looked at on paper first.
func TestLabelsStayTheSame(t *testing.T) {
	own := sample()
	own.TrackingCode, own.SSCC, own.Instructions, own.ParcelCount = "PB0000000017", false, "", 1
	trial := sample()
	trial.Testing, trial.Route, trial.Reference = true, "", ""
	mixed := sample()
	mixed.TrackingCode, mixed.SSCC = "Rr-47.3124/829GB12345", false
	for _, c := range []struct {
		name  string
		label document.Label
		size  courier.Size
		dpi   int
		want  string
	}{
		{"own number", own, courier.Size4x6, 203, "7c1837bc4ae4d64bfb5590f84e36419d30cd39efd6ccef571396dd6dc31d3135"},
		{"SSCC", sample(), courier.Size4x6, 203, "a0248bac4a443d752b6e3a984b4ebf977bb055bde999289bbe14bb303798736e"},
		{"300 dpi", sample(), courier.Size4x6, 300, "47c8237eb9cc4c3060d6431f24d859702526fb31b73b0033711b5626d9eb2ef7"},
		{"A6", own, courier.SizeA6, 300, "4286dbeb12a82eebcea692c3f91591a0720ed2606ced023bed441f2a868dc7d4"},
		{"trial", trial, courier.SizeA6, 203, "d246facc3d34498bd626a625cec08f6b3f40733aaeaeff1f5257aea1155e8e75"},
		{"mixed code", mixed, courier.Size4x6, 203, "d4b4de3887b7e56a29a2953d5f63fcf2027a2bf7348c62d14c64557dd599fc25"},
		{"another country", inScript("Latin-1"), courier.Size4x6, 203, "6dbffcadfd3417f700ba2f13bca14e4dd42b1ffb342c11b147e71978c3ab8812"},
		{"long", inScript("long"), courier.Size4x6, 203, "1ad3fcfc04b71b949ea086390d487b10d69d2de604578fd3bcfcbb37590bcafe"},
	} {
		sum := sha256.Sum256(drawn(t, c.label, courier.ZPL, c.size, c.dpi))
		if got := hex.EncodeToString(sum[:]); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

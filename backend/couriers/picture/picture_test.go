package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"testing"

	"packbench/backend/infra/pdf"
)

// lying draws a label on its side with a margin: its upper left corner is black when it stands.
func lying(t *testing.T) []byte {
	t.Helper()
	picture := image.NewPaletted(image.Rect(0, 0, 70, 40), color.Palette{color.White, color.Black})
	for y := 30; y < 40; y++ {
		for x := range 10 {
			picture.SetColorIndex(x, y, 1)
		}
	}
	var out bytes.Buffer
	if err := gif.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUpright(t *testing.T) {
	given, err := Read(lying(t))
	if err != nil {
		t.Fatal(err)
	}
	p := Upright(given)
	if p.Rect.Dx() != 40 || p.Rect.Dy() != 60 {
		t.Errorf("%v, want 40 by 60", p.Rect)
	}
	if p.GrayAt(0, 0).Y != 0 || p.GrayAt(39, 0).Y != 255 || p.GrayAt(0, 59).Y != 255 {
		t.Error("the corner that was below on the left is not above on the left")
	}
	if again := Upright(p); again.GrayAt(0, 0).Y != 0 || again.Rect != p.Rect {
		t.Error("what stands was turned")
	}
}

func TestAllLabelsInOneFile(t *testing.T) {
	given, err := Read(lying(t))
	if err != nil {
		t.Fatal(err)
	}
	three := []*image.Gray{given, given, given}
	file, err := PDF(three)
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := pdf.NewBinder().Add(file); err != nil || len(pages) != 3 {
		t.Errorf("pages %v, %v", pages, err)
	}
	if file, err = PNG(three); err != nil {
		t.Fatal(err)
	}
	if whole, err := png.DecodeConfig(bytes.NewReader(file)); err != nil || whole.Width != 70 || whole.Height != 120 {
		t.Errorf("%+v %v", whole, err)
	}
}

func TestNoPicture(t *testing.T) {
	huge := image.NewPaletted(image.Rect(0, 0, mostDots+1, 1), color.Palette{color.White, color.Black})
	var big bytes.Buffer
	if err := gif.Encode(&big, huge, nil); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{nil, []byte("GIF89a"), []byte("%PDF-1.4"), big.Bytes()} {
		if _, err := Read(bad); err == nil {
			t.Errorf("%.10q was read", bad)
		}
	}
}

package pdf

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/backend/infra/typeset"
)

var entry = regexp.MustCompile(`(\d{10}) 00000 n `)

// checkTable follows the cross-reference table: every entry must lead to the object it names.
func checkTable(t *testing.T, file []byte) {
	t.Helper()
	tail := file[max(0, len(file)-64):]
	_, place, found := bytes.Cut(tail, []byte("startxref\n"))
	number, _, _ := bytes.Cut(place, []byte("\n"))
	xref, err := strconv.Atoi(string(number))
	if !found || err != nil || !bytes.HasPrefix(file[xref:], []byte("xref\n")) {
		t.Fatalf("the file ends in %q", tail)
	}
	for i, match := range entry.FindAllSubmatch(file[xref:], -1) {
		offset, err := strconv.Atoi(string(match[1]))
		if err != nil {
			t.Fatal(err)
		}
		if want := strconv.Itoa(i+1) + " 0 obj"; !bytes.HasPrefix(file[offset:], []byte(want)) {
			t.Errorf("entry %d leads to %q", i+1, file[offset:min(len(file), offset+20)])
		}
	}
}

func TestCanvasDrawsEverythingItOffers(t *testing.T) {
	c := NewCanvas(Info{Title: "Everything \xff 😀 %packbench page 0;", Created: time.Unix(1_772_460_000, 0)})
	picture, err := ReadImage(sampleLogo())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		c.AddPage(101.6, 152.4)
		c.Text(10, 10, typeset.Set(`Back\slash (brackets) %packbench page 1;`, typeset.Regular), 8, Black)
		c.TextRight(90, 20, typeset.Set("right", typeset.Bold), 8, Grey)
		c.Text(50, 30, typeset.Set("drawn 東京", typeset.Bold), 8, Black)
		c.FillRect(10, 40, 20, 5, Hairline)
		c.StrokeRect(Rect{10, 50, 20, 5}, 0.3, Black)
		c.Line(10, 60, 90, 60, 0.2, Hairline)
		c.Image(picture, Rect{10, 70, 40, 10})
		c.Text(10, 130, typeset.Set("after", typeset.Regular), 8, Black)
	}
	content, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	checkTable(t, content)
	path := keep(t, content)
	for _, text := range textOf(t, path) {
		for _, want := range []string{`Back\slash (brackets)`, "right", "drawn 東京", "after"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not found in %q", want, text)
			}
		}
	}
	if info := run(t, "pdfinfo", path); !strings.Contains(info, "288 x 432 pts") {
		t.Errorf("the page is not 4 × 6 inches:\n%s", info)
	}
	if fonts := run(t, "pdffonts", path); strings.Contains(fonts, " no  yes") || strings.Contains(fonts, " no  no ") {
		t.Errorf("a font is not embedded:\n%s", fonts)
	}
	if pictures := run(t, "pdfimages", "-list", path); strings.Count(pictures, "\n") != 4 || !strings.Contains(pictures, "480   120") {
		t.Errorf("the picture is not there once for both pages:\n%s", pictures)
	}
}

func TestTextStandsWhereItWasPut(t *testing.T) {
	c := NewCanvas(Info{})
	c.AddPage(100, 100)
	line := typeset.Set("Hxg", typeset.Regular)
	c.Text(30, 40, line, 12, Black)
	content, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	found := words(t, keep(t, content))
	if len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	near := func(a, b float64) bool { return a-b < 0.05 && b-a < 0.05 }
	if w := found[0]; !near(w.left, points(30)) || !near(w.right, points(30+line.Width(12))) || w.top > points(40)-8 || w.bottom < points(40) {
		t.Errorf("stands at %v, want %.2f to %.2f on %.2f", w, points(30), points(30+line.Width(12)), points(40))
	}
}

func TestCanvasWithoutPagesIsRefused(t *testing.T) {
	if _, err := NewCanvas(Info{}).Bytes(); err == nil {
		t.Error("a file without pages was made")
	}
}

func TestThousandths(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1: "0.001", -1: "-0.001", 10: "0.01", 100: "0.1", 1000: "1", -1500: "-1.5", 123456: "123.456", 120050: "120.05"} {
		if got := string(appendThousandths(nil, n)); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

func encoded(t *testing.T, kind string, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	if kind == "jpeg" {
		out.Reset()
		err = jpeg.Encode(&out, picture, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPicturesOfEveryKindAreTaken(t *testing.T) {
	noise := image.NewNRGBA(image.Rect(0, 0, 90, 60))
	for i := range noise.Pix {
		noise.Pix[i] = byte(rand.Uint32())
	}
	large := image.NewGray(image.Rect(0, 0, 3000, 500))
	for name, data := range map[string][]byte{
		"png with a palette": encoded(t, "png", sampleImage()), "png with 4 channels": encoded(t, "png", noise), "png, 16 bit": encoded(t, "png", image.NewRGBA64(image.Rect(0, 0, 9, 9))),
		"jpeg": encoded(t, "jpeg", noise), "grey jpeg": encoded(t, "jpeg", image.NewGray(image.Rect(0, 0, 50, 50))), "large png": encoded(t, "png", large),
	} {
		picture, err := ReadImage(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if picture.Width > keptPixels || picture.Height > keptPixels {
			t.Errorf("%s: kept at %d × %d", name, picture.Width, picture.Height)
		}
		c := NewCanvas(Info{})
		c.AddPage(50, 50)
		c.Image(picture, Rect{5, 5, 40, 20})
		content, err := c.Bytes()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		keep(t, content)
	}
}

func TestPicturesThatHarmAreRefused(t *testing.T) {
	whole := sampleLogo()
	bomb := bytes.Clone(whole)
	copy(bomb[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // says 65,536 × 65,536; its checksum no longer matters
	for name, data := range map[string][]byte{"empty": nil, "text": []byte("GIF89a"), "cut off": whole[:len(whole)/2], "a bomb": bomb} {
		if _, err := ReadImage(data); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

package pdf

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"packbench/backend/core/document"
)

// grey gives a picture's shades, averaged over squares of so many pixels: what two ways of smoothing edges agree on.
func grey(t *testing.T, content []byte, square int) ([]int, image.Point) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	size := picture.Bounds().Size()
	flat := image.NewGray(picture.Bounds())
	draw.Draw(flat, flat.Rect, picture, image.Point{}, draw.Src)
	across, down := size.X/square, size.Y/square
	shades := make([]int, across*down)
	for y := range down * square {
		for x := range across * square {
			shades[y/square*across+x/square] += int(flat.Pix[y*flat.Stride+x])
		}
	}
	for i := range shades {
		shades[i] /= square * square
	}
	return shades, size
}

// unlike gives how many of a thousand squares differ clearly.
func unlike(a, b []int) int {
	differ := 0
	for i := range a {
		if d := a[i] - b[i]; d > 40 || d < -40 {
			differ++
		}
	}
	return differ * 1000 / len(a)
}

// The picture shows what the file's page shows, as another program draws it.
func TestPreviewIsThePageOfTheFile(t *testing.T) {
	ctx := context.Background()
	slip, invoice, manifest := sampleSlip(30), sampleInvoice(12), sampleManifest(20)
	slip.Paper, slip.Language, slip.To = document.PaperA5, document.Polish, addresses["Arabic"].to
	invoice.Testing, invoice.Language, manifest.Language = true, document.German, document.French
	roll := invoice
	roll.Paper = document.Paper4x6
	for name, c := range map[string]struct {
		file    func() (Result, error)
		preview func(page int) (document.Preview, error)
	}{
		"slip": {func() (Result, error) { return PackingSlips(ctx, []document.PackingSlip{slip}, 1) },
			func(page int) (document.Preview, error) { return Drawer{}.PreviewPackingSlip(ctx, slip, page) }},
		"invoice": {func() (Result, error) { return CommercialInvoices(ctx, []document.CommercialInvoice{invoice}, 1) },
			func(page int) (document.Preview, error) { return Drawer{}.PreviewCommercialInvoice(ctx, invoice, page) }},
		"invoice on the label roll": {func() (Result, error) { return CommercialInvoices(ctx, []document.CommercialInvoice{roll}, 1) },
			func(page int) (document.Preview, error) { return Drawer{}.PreviewCommercialInvoice(ctx, roll, page) }},
		"manifest": {func() (Result, error) { return Manifests(ctx, []document.Manifest{manifest}) },
			func(page int) (document.Preview, error) { return Drawer{}.PreviewManifest(ctx, manifest, page) }},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := c.file()
			if err != nil {
				t.Fatal(err)
			}
			path := keep(t, result.Bytes)
			var before []int
			for page := 1; page <= result.Pages; page++ {
				got, err := c.preview(page)
				if err != nil || got.Page != page || got.Pages != result.Pages || len(got.Warnings) != len(result.Warnings) {
					t.Fatalf("page %d: %d of %d, %d warnings, %v", page, got.Page, got.Pages, len(got.Warnings), err)
				}
				shown, size := grey(t, got.PNG, 5)
				sheet := filepath.Join(t.TempDir(), "sheet")
				number := strconv.Itoa(page)
				run(t, "pdftoppm", "-png", "-f", number, "-singlefile", "-scale-to-x", strconv.Itoa(size.X), "-scale-to-y", strconv.Itoa(size.Y), path, sheet)
				content, err := os.ReadFile(sheet + ".png")
				if err != nil {
					t.Fatal(err)
				}
				printed, _ := grey(t, content, 5)
				if n := unlike(shown, printed); n > 4 {
					t.Errorf("page %d: %d of 1,000 squares differ from the file", page, n)
				}
				if before != nil && unlike(shown, before) < 10 {
					t.Errorf("pages %d and %d are alike: this test sees nothing", page-1, page)
				}
				before = shown
			}
			last, err := c.preview(result.Pages + 5)
			if err != nil || last.Page != result.Pages {
				t.Errorf("a page behind the last is %d, %v", last.Page, err)
			}
		})
	}
	if _, err := (Drawer{}).PreviewPackingSlip(ctx, document.PackingSlip{}, 1); err == nil {
		t.Error("a slip without lines was shown")
	}
}

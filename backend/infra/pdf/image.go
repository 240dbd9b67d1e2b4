package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"regexp"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/draw"
)

// Image is a picture made ready for embedding: it goes into a file as it is.
type Image struct {
	Width, Height int // pixels

	data []byte
	kind string // what gofpdf calls the format
	name string // and the picture
}

// Limits of pictures that are read. A larger one is refused before it is unpacked, so that a small
// file can't fill the memory; what is wider or higher than keptPixels is made smaller.
const (
	maxPixels  = 40_000_000
	keptPixels = 1200 // 50 mm at 600 dpi
)

// ReadImage reads a PNG or JPEG. Transparent parts become white.
func ReadImage(data []byte) (*Image, error) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || kind != "png" && kind != "jpeg" {
		return nil, fmt.Errorf("the picture can't be read; save it as a PNG or a JPEG")
	}
	if config.Width < 1 || config.Height < 1 || config.Width*config.Height > maxPixels {
		return nil, fmt.Errorf("the picture has %d × %d pixels; at most %d million are taken", config.Width, config.Height, maxPixels/1_000_000)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the picture is damaged; save it again as a PNG or a JPEG")
	}
	width, height := config.Width, config.Height
	if longest := max(width, height); longest > keptPixels {
		width, height = max(1, width*keptPixels/longest), max(1, height*keptPixels/longest)
	}
	flat := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(flat, flat.Bounds(), picture, picture.Bounds(), draw.Over, nil)

	ready := &Image{Width: width, Height: height}
	var out bytes.Buffer
	if kind == "jpeg" {
		ready.kind = "JPG"
		err = jpeg.Encode(&out, flat, &jpeg.Options{Quality: 90})
	} else {
		ready.kind = "PNG"
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		err = encoder.Encode(&out, fewest(flat))
	}
	if err != nil {
		return nil, fmt.Errorf("pdf: preparing the picture: %w", err)
	}
	ready.data = out.Bytes()
	ready.name, err = nameOf(pictureDrawn, func(trial *gofpdf.Fpdf) {
		ready.register(trial)
		trial.ImageOptions("picture", 0, 0, 1, 1, false, gofpdf.ImageOptions{}, 0, "")
	})
	if err != nil {
		return nil, fmt.Errorf("the picture can't be put into a document: %w", err)
	}
	return ready, nil
}

var pictureDrawn = regexp.MustCompile(`/(I[0-9a-f]+) Do`)

// register puts the picture into a file.
func (i *Image) register(file *gofpdf.Fpdf) {
	key := "picture"
	if i.name != "" {
		key = i.name
	}
	file.RegisterImageOptionsReader(key, gofpdf.ImageOptions{ImageType: i.kind}, bytes.NewReader(i.data))
}

// fewest gives the picture with a palette where it has at most 256 colours, as most logos do.
func fewest(flat *image.RGBA) image.Image {
	index := map[color.RGBA]uint8{}
	var palette color.Palette
	paletted := image.NewPaletted(flat.Bounds(), nil)
	for i := range paletted.Pix {
		c := color.RGBA{flat.Pix[4*i], flat.Pix[4*i+1], flat.Pix[4*i+2], 0xff}
		at, ok := index[c]
		if !ok {
			if len(palette) == 256 {
				return flat
			}
			at = uint8(len(palette))
			index[c], palette = at, append(palette, c)
		}
		paletted.Pix[i] = at
	}
	paletted.Palette = palette
	return paletted
}

// Image draws a picture into a rectangle. A file holds each picture once.
func (c *Canvas) Image(picture *Image, r Rect) {
	if c.file.GetImageInfo(picture.name) == nil {
		picture.register(c.file)
	}
	c.page.endText()
	c.page.op("q")
	c.page.numbers(milli(r.Width), 0, 0, milli(r.Height), milli(r.X), c.height-milli(r.Y+r.Height))
	c.page.op("cm")
	c.page.op("/" + picture.name + " Do Q")
}

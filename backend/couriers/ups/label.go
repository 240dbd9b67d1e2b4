package ups

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

const (
	labelDPI = 203
	mostDots = 4000 // of one side of a picture: UPS's have 1400
)

type labelWish struct {
	Format coded `json:"LabelImageFormat"`
	Stock  stock `json:"LabelStockSize"`
}

type stock struct {
	Height string `json:"Height"`
	Width  string `json:"Width"`
}

// wish asks for a label of 4 by 6 inches: ZPL, or a picture for everything else.
func wish(format courier.Format) labelWish {
	code := "GIF"
	if format == courier.ZPL {
		code = "ZPL"
	}
	return labelWish{Format: coded{Code: code}, Stock: stock{Height: "6", Width: "4"}}
}

// labelOf makes one label file of the parcels' labels, which are base64. Unavailable: one of them is missing or is not
// what it should be.
func labelOf(format courier.Format, files []string) (courier.Label, error) {
	label := courier.Label{Format: format, Size: courier.Size4x6, DPI: labelDPI}
	var pictures []*image.Gray
	for i, file := range files {
		raw, err := base64.StdEncoding.DecodeString(file)
		if err != nil || len(raw) == 0 {
			return courier.Label{}, errs.New(errs.Unavailable, "UPS gave no label for parcel %d.", i+1)
		}
		if format == courier.ZPL {
			if !courier.ZPL.Matches(raw) {
				return courier.Label{}, errs.New(errs.Unavailable, "UPS gave something for parcel %d that is no ZPL.", i+1)
			}
			label.Bytes = append(append(label.Bytes, bytes.TrimSpace(raw)...), '\n')
			continue
		}
		picture, err := upright(raw)
		if err != nil {
			return courier.Label{}, errs.Wrap(err, errs.Unavailable, "UPS gave a picture for parcel %d that can't be read.", i+1)
		}
		pictures = append(pictures, picture)
	}
	var err error
	switch format {
	case courier.PDF:
		label.Bytes, err = bind(pictures)
	case courier.PNG:
		label.Bytes, err = stacked(pictures)
	}
	return label, err
}

// upright reads UPS's picture, which lies on its side and is an inch longer than the label, and gives the label of 4 by 6.
func upright(raw []byte) (*image.Gray, error) {
	size, err := gif.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > mostDots || size.Height > mostDots {
		return nil, fmt.Errorf("a picture of %d by %d dots is no label", size.Width, size.Height)
	}
	lying, err := gif.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	from := lying.Bounds()
	width, height := from.Dx(), from.Dy()
	at := func(x, y int) color.Color { return lying.At(from.Min.X+x, from.Min.Y+y) }
	if width > height { // a quarter turn clockwise
		width, height = height, width
		at = func(x, y int) color.Color { return lying.At(from.Min.X+y, from.Max.Y-1-x) }
	}
	height = min(height, width*3/2)
	out := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			out.Set(x, y, at(x, y))
		}
	}
	return out, nil
}

// stacked gives one PNG with the labels one below the other.
func stacked(pictures []*image.Gray) ([]byte, error) {
	var whole image.Rectangle
	for _, p := range pictures {
		whole = image.Rect(0, 0, max(whole.Dx(), p.Rect.Dx()), whole.Dy()+p.Rect.Dy())
	}
	all, top := image.NewGray(whole), 0
	for _, p := range pictures {
		draw.Draw(all, image.Rect(0, top, p.Rect.Dx(), top+p.Rect.Dy()), p, image.Point{}, draw.Src)
		top += p.Rect.Dy()
	}
	var out bytes.Buffer
	err := png.Encode(&out, all)
	return out.Bytes(), err
}

// bind gives a PDF with a page of 4 by 6 inches (288 by 432 points) for each label, of nothing but its picture: PDF 1.4,
// section 4.8. The project's library for papers stands behind infra, where a courier does not reach.
func bind(pictures []*image.Gray) ([]byte, error) {
	var out bytes.Buffer
	var begins []int
	object := func(body string, stream []byte) {
		begins = append(begins, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s", len(begins), body)
		if stream != nil {
			out.WriteString("\nstream\n")
			out.Write(stream)
			out.WriteString("\nendstream")
		}
		out.WriteString("\nendobj\n")
	}
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	object("<</Type/Catalog/Pages 2 0 R>>", nil)
	kids := ""
	for i := range pictures {
		kids += fmt.Sprintf("%d 0 R ", 3+3*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pictures), kids), nil)
	for i, p := range pictures {
		page := 3 + 3*i
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents %d 0 R/Resources<</XObject<</L %d 0 R>>>>>>", page+1, page+2), nil)
		const content = "q 288 0 0 432 0 0 cm /L Do Q"
		object(fmt.Sprintf("<</Length %d>>", len(content)), []byte(content))
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		if _, err := z.Write(p.Pix); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		object(fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>",
			p.Rect.Dx(), p.Rect.Dy(), packed.Len()), packed.Bytes())
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(begins)+1)
	for _, at := range begins {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(begins)+1, table)
	return out.Bytes(), nil
}

// Package picture makes labels of the pictures that some couriers give: one file with the labels of all parcels, as PDF
// or PNG.
package picture

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // couriers' pictures
	"image/png"
)

const mostDots = 4000 // of one side: a label of 4 by 8 inches at 300 dots has 2400

// Read reads a GIF or PNG as grey dots. An error: it is neither, or larger than any label.
func Read(raw []byte) (*image.Gray, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > mostDots || size.Height > mostDots {
		return nil, fmt.Errorf("a picture of %d by %d dots is no label", size.Width, size.Height)
	}
	given, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	out := image.NewGray(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src) // under what is see-through
	draw.Draw(out, out.Rect, given, given.Bounds().Min, draw.Over)
	return out, nil
}

// Upright gives a picture that lies on its side a quarter turn clockwise, and cuts off below what is longer than 4 by 6.
func Upright(p *image.Gray) *image.Gray {
	width, height := p.Rect.Dx(), p.Rect.Dy()
	at := func(x, y int) color.Gray { return p.GrayAt(x, y) }
	if width > height {
		width, height = height, width
		at = func(x, y int) color.Gray { return p.GrayAt(y, p.Rect.Dy()-1-x) }
	}
	out := image.NewGray(image.Rect(0, 0, width, min(height, width*3/2)))
	for y := range out.Rect.Dy() {
		for x := range width {
			out.SetGray(x, y, at(x, y))
		}
	}
	return out
}

// PNG gives one picture with the labels one below the other.
func PNG(labels []*image.Gray) ([]byte, error) {
	var whole image.Rectangle
	for _, p := range labels {
		whole = image.Rect(0, 0, max(whole.Dx(), p.Rect.Dx()), whole.Dy()+p.Rect.Dy())
	}
	all, top := image.NewGray(whole), 0
	for _, p := range labels {
		draw.Draw(all, image.Rect(0, top, p.Rect.Dx(), top+p.Rect.Dy()), p, image.Point{}, draw.Src)
		top += p.Rect.Dy()
	}
	var out bytes.Buffer
	err := png.Encode(&out, all)
	return out.Bytes(), err
}

// PDF gives a file with a page of 4 by 6 inches (288 by 432 points) for each label, of nothing but its picture: PDF 1.4,
// section 4.8. The project's library for papers stands behind infra, where a courier does not reach.
func PDF(labels []*image.Gray) ([]byte, error) {
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
	for i := range labels {
		kids += fmt.Sprintf("%d 0 R ", 3+3*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(labels), kids), nil)
	for i, p := range labels {
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

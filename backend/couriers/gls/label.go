package gls

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/draw"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/picture"
)

type printing struct {
	Labels wish `json:"ReturnLabels"`
}

type wish struct {
	Template string `json:"TemplateSet"`
	Format   string `json:"LabelFormat"`
}

// printingOf asks for labels. Those of several parcels come one by one, and are made into one PDF of pictures.
func printingOf(c courier.Consignment) printing {
	w := wish{Template: "NONE", Format: "PNG"}
	switch {
	case c.LabelFormat == courier.ZPL && c.LabelDPI >= 300:
		w = wish{"ZPL_300", "ZEBRA"}
	case c.LabelFormat == courier.ZPL:
		w = wish{"ZPL_200", "ZEBRA"}
	case c.LabelFormat == courier.PDF && len(c.Parcels) == 1:
		w.Format = "PDF"
	}
	return printing{w}
}

// labelOf makes one label file of the parcels' labels, which are base64. Unavailable: one is missing or is not what it
// should be.
func labelOf(c courier.Consignment, files []string) (courier.Label, []courier.Warning, error) {
	label := courier.Label{Format: c.LabelFormat, Size: courier.SizeA6, DPI: 203}
	if c.LabelFormat == courier.ZPL && c.LabelDPI >= 300 {
		label.DPI = 300
	}
	if len(files) != len(c.Parcels) {
		return courier.Label{}, nil, errs.New(errs.Unavailable, "GLS gave the labels of %d of %d parcels.", len(files), len(c.Parcels))
	}
	var pictures []*image.Gray
	for i, file := range files {
		raw, err := base64.StdEncoding.DecodeString(file)
		switch {
		case err != nil:
			return courier.Label{}, nil, errs.Wrap(err, errs.Unavailable, "GLS gave a label for parcel %d that can't be read.", i+1)
		case c.LabelFormat == courier.ZPL && courier.ZPL.Matches(raw):
			label.Bytes = append(append(label.Bytes, bytes.TrimSpace(raw)...), '\n')
			continue
		case c.LabelFormat == courier.PDF && len(files) == 1 && courier.PDF.Matches(raw):
			label.Bytes = raw
			return label, nil, nil
		}
		given, err := picture.Read(raw)
		if err != nil || c.LabelFormat == courier.ZPL {
			return courier.Label{}, nil, errs.Wrap(err, errs.Unavailable, "GLS gave something for parcel %d that is not the label that was asked for.", i+1)
		}
		pictures = append(pictures, given)
	}
	var err error
	switch c.LabelFormat {
	case courier.PNG:
		label.Bytes, err = picture.PNG(pictures)
	case courier.PDF:
		for i := range pictures {
			pictures[i] = framed(pictures[i])
		}
		label.Size = courier.Size4x6
		label.Bytes, err = picture.PDF(pictures)
	}
	if label.Size != courier.SizeA6 {
		return label, []courier.Warning{{Field: "shipment.label_size", Message: "GLS gives the labels of several parcels one by one. As one PDF they are pages of 4 × 6 inches."}}, err
	}
	return label, nil, err
}

// framed gives a picture the shape of a page of 4 by 6 inches by white below it or beside it, so that nothing is stretched
// one way more than the other.
func framed(p *image.Gray) *image.Gray {
	width := max(p.Rect.Dx(), (p.Rect.Dy()*2+2)/3)
	out := image.NewGray(image.Rect(0, 0, width, width*3/2))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, p.Rect, p, image.Point{}, draw.Src)
	return out
}

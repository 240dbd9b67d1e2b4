package fedex

import (
	"bytes"
	"encoding/base64"
	"image"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/picture"
)

type labelWish struct {
	Format     string `json:"labelFormatType"`
	Image      string `json:"imageType"`
	Stock      string `json:"labelStockType"`
	Resolution int    `json:"resolution"`
}

// wish asks for labels of 4 by 6 inches. Several parcels' labels come one by one, and are made into one PDF of pictures.
func wish(c courier.Consignment) labelWish {
	w := labelWish{Format: "COMMON2D", Image: "PNG", Stock: "PAPER_4X6", Resolution: dpiOf(c)}
	switch {
	case c.LabelFormat == courier.ZPL:
		w.Image, w.Stock = "ZPLII", "STOCK_4X6"
	case c.LabelFormat == courier.PDF && len(c.Parcels) == 1:
		w.Image = "PDF"
	}
	return w
}

// dpiOf gives the resolution: 300 dots are for ZPL alone.
func dpiOf(c courier.Consignment) int {
	if c.LabelFormat == courier.ZPL && c.LabelDPI >= 300 {
		return 300
	}
	return 203
}

// labelOf makes one label file of the parcels' labels, which are base64. Unavailable: one is missing or is not what it
// should be.
func labelOf(c courier.Consignment, files []string) (courier.Label, error) {
	label := courier.Label{Format: c.LabelFormat, Size: courier.Size4x6, DPI: dpiOf(c)}
	if len(files) < len(c.Parcels) || len(files) == 0 {
		return courier.Label{}, errs.New(errs.Unavailable, "FedEx gave the labels of %d of %d parcels.", len(files), len(c.Parcels))
	}
	var pictures []*image.Gray
	for i, file := range files {
		raw, err := base64.StdEncoding.DecodeString(file)
		if err != nil {
			return courier.Label{}, errs.Wrap(err, errs.Unavailable, "FedEx gave a label for parcel %d that can't be read.", i+1)
		}
		if c.LabelFormat != courier.PNG && c.LabelFormat.Matches(raw) {
			if c.LabelFormat == courier.PDF {
				label.Bytes = raw
				return label, nil
			}
			label.Bytes = append(append(label.Bytes, bytes.TrimSpace(raw)...), '\n')
			continue
		}
		given, err := picture.Read(raw)
		if err != nil {
			return courier.Label{}, errs.Wrap(err, errs.Unavailable, "FedEx gave something for parcel %d that is no label.", i+1)
		}
		pictures = append(pictures, given)
	}
	var err error
	switch {
	case c.LabelFormat == courier.PDF:
		label.Bytes, err = picture.PDF(pictures)
	case c.LabelFormat == courier.PNG:
		label.Bytes, err = picture.PNG(pictures)
	case len(pictures) > 0:
		err = errs.New(errs.Unavailable, "FedEx gave pictures where ZPL was asked for.")
	}
	return label, err
}

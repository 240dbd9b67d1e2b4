package ups

import (
	"bytes"
	"encoding/base64"
	"image"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/picture"
)

const labelDPI = 203

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
		given, err := picture.Read(raw)
		if err != nil {
			return courier.Label{}, errs.Wrap(err, errs.Unavailable, "UPS gave a picture for parcel %d that can't be read.", i+1)
		}
		pictures = append(pictures, picture.Upright(given)) // it lies on its side, with an inch of margin
	}
	var err error
	switch format {
	case courier.PDF:
		label.Bytes, err = picture.PDF(pictures)
	case courier.PNG:
		label.Bytes, err = picture.PNG(pictures)
	}
	return label, err
}

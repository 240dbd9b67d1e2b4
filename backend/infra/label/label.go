// Package label draws the labels of couriers that have none of their own.
//
// One layout (layout.go) says where everything stands, in the printer's own dots; three canvases draw it: PDF, native
// ZPL and a bitmap. Because all of them stand on one grid of dots, a bar is as wide on each of them: a whole number of
// dots, which is what makes it scan.
package label

import (
	"context"
	"fmt"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// Drawer draws labels. It has no state, so one may be used by many goroutines.
type Drawer struct{}

var _ document.LabelDrawer = Drawer{}

// DrawLabels draws a page for each label into one file: a PDF has a page each; ZPL has a format (^XA … ^XZ) each, one
// behind the other, which a printer prints in order; a PNG can hold only one picture, so there the labels stand one
// below the other, each in its full height.
//
// Sizes are 4x6 and A6; dpi is 203 (also what 0 means) or 300. In a PDF dpi decides how wide the bars are: the file
// should then be printed at that resolution and at its own size. Invalid: another size or dpi, no labels, or a label
// that document.Label.Validate refuses. Warnings tell what was cut or has no glyph, each once, by the field of the
// order it came from.
func (Drawer) DrawLabels(
	ctx context.Context, labels []document.Label, format courier.Format, size courier.Size, dpi int,
) (file []byte, warnings []courier.Warning, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			file, warnings, err = nil, nil, errs.Wrap(fmt.Errorf("panic: %v", fault), errs.Internal, "The label could not be drawn.")
		}
	}()
	stock, err := stockOf(size, dpi)
	if err != nil {
		return nil, nil, err
	}
	encode, err := encoderOf(format)
	if err != nil {
		return nil, nil, err
	}
	if len(labels) == 0 {
		return nil, nil, errs.New(errs.Invalid, "There is no parcel to make a label for.")
	}
	pages := make([]*page, 0, len(labels))
	defer func() {
		for _, p := range pages {
			p.release()
		}
	}()
	for i := range labels {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if err := labels[i].Validate(); err != nil {
			return nil, nil, err
		}
		p := newPage(stock)
		pages = append(pages, p)
		if err := compose(p, &labels[i]); err != nil {
			return nil, nil, err
		}
		for _, w := range p.warnings {
			if !slices.Contains(warnings, w) {
				warnings = append(warnings, w)
			}
		}
	}
	file, err = encode(pages)
	if err != nil {
		return nil, nil, errs.Wrap(err, errs.Internal, "The label could not be written.")
	}
	return file, warnings, nil
}

func encoderOf(format courier.Format) (func([]*page) ([]byte, error), error) {
	switch format {
	case courier.PDF:
		return drawPDF, nil
	case courier.ZPL:
		return drawZPL, nil
	case courier.PNG:
		return drawPNG, nil
	}
	return nil, errs.OnField("label_format", "Labels are made as pdf, zpl or png, not as %q.", format)
}

// drawZPL writes a format for each page.
func drawZPL(pages []*page) ([]byte, error) {
	out := make([]byte, 0, len(pages)*4096)
	for _, p := range pages {
		out = appendZPL(out, p)
	}
	return out, nil
}

package label

import (
	"math"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// stock is the paper and the resolution it is printed at. One dot is 25.4/dpi mm.
//
// Heads sold as 203 dpi have 8 dots a millimetre (203.2 an inch). Those sold as 300 dpi have 11.8 or 12 (300 or 304.8 an
// inch), and a label can't know which. It is laid out for 300: on a 304.8 dpi head it comes out 1.6 % smaller and still
// whole, where a label laid out for 304.8 would run over the edge of the stock on a 300 dpi head.
type stock struct {
	dpi           int
	width, height int     // dots that fit on the stock
	wide, high    float64 // millimetres
}

func stockOf(size courier.Size, dpi int) (stock, error) {
	s := stock{dpi: dpi}
	switch dpi {
	case 0:
		s.dpi = 203
	case 203, 300:
	default:
		return stock{}, errs.OnField("label_dpi", "Labels are made for 203 or 300 dpi, not for %d.", dpi)
	}
	switch size {
	case courier.Size4x6:
		s.wide, s.high = 101.6, 152.4
	case courier.SizeA6:
		s.wide, s.high = 105, 148
	default:
		return stock{}, errs.OnField("label_size", "Labels are made in the sizes 4x6 and A6, not %q.", size)
	}
	const hair = 1e-6 // so that a whole number of dots stays whole
	s.width, s.height = int(s.wide/s.dot()+hair), int(s.high/s.dot()+hair)
	return s, nil
}

// dot gives the width of a dot in millimetres.
func (s stock) dot() float64 { return 25.4 / float64(s.dpi) }

// dots converts millimetres to the nearest whole number of dots.
func (s stock) dots(mm float64) int { return int(math.Round(mm / s.dot())) }

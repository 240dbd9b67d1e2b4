package pdf

import "strconv"

// stream is the content of a page as PDF operators. It remembers what is set, so that an operator
// is written only when something changes.
type stream struct {
	out []byte

	inText       bool
	font         string
	size         int // thousandths of a point
	x, y         int // where the last text began
	filling      int // ink, -1: not known
	stroking     int
	strokingWide int
}

// reset begins a page: nothing is written and nothing set.
func (s *stream) reset() {
	*s = stream{out: s.out[:0], filling: -1, stroking: -1, strokingWide: -1}
}

func (s *stream) op(operator string) {
	s.out = append(s.out, operator...)
	s.out = append(s.out, '\n')
}

// numbers writes thousandths as decimal numbers.
func (s *stream) numbers(thousandths ...int) {
	for _, n := range thousandths {
		s.out = appendThousandths(s.out, n)
		s.out = append(s.out, ' ')
	}
}

// decimal writes a number with six digits behind the point: the cells of a matrix.
func (s *stream) decimal(v float64) {
	s.out = strconv.AppendFloat(s.out, v, 'f', 6, 64)
	s.out = append(s.out, ' ')
}

// appendThousandths writes n/1000 without zeros at the end.
func appendThousandths(out []byte, n int) []byte {
	if n < 0 {
		out, n = append(out, '-'), -n
	}
	out = strconv.AppendInt(out, int64(n/1000), 10)
	if n %= 1000; n == 0 {
		return out
	}
	out = append(out, '.', byte('0'+n/100))
	if n %= 100; n == 0 {
		return out
	}
	out = append(out, byte('0'+n/10))
	if n %= 10; n == 0 {
		return out
	}
	return append(out, byte('0'+n))
}

// fill sets the ink of areas and text.
func (s *stream) fill(ink Ink) {
	if s.filling != int(ink) {
		s.filling = int(ink)
		s.numbers(shade(ink))
		s.op("g")
	}
}

// stroke sets ink and width of lines.
func (s *stream) stroke(ink Ink, width int) {
	if s.stroking != int(ink) {
		s.stroking = int(ink)
		s.numbers(shade(ink))
		s.op("G")
	}
	if s.strokingWide != width {
		s.strokingWide = width
		s.numbers(width)
		s.op("w")
	}
}

// shade gives the grey level in thousandths.
func shade(ink Ink) int { return (int(ink)*1000 + 127) / 255 }

// text writes a byte string at a point.
func (s *stream) text(font string, size, x, y int, codes string) {
	if !s.inText {
		s.out = append(s.out, "BT\n"...)
		s.inText, s.x, s.y = true, 0, 0
	}
	if s.font != font || s.size != size {
		s.font, s.size = font, size
		s.out = append(append(s.out, '/'), font...)
		s.out = append(s.out, ' ')
		s.numbers(size)
		s.op("Tf")
	}
	s.numbers(x-s.x, y-s.y)
	s.out = append(s.out, "Td("...)
	s.x, s.y = x, y
	for i := 0; i < len(codes); i++ {
		switch c := codes[i]; c {
		case '(', ')', '\\':
			s.out = append(s.out, '\\', c)
		case '\r':
			s.out = append(s.out, '\\', 'r') // a bare one would be read as a line feed
		default:
			s.out = append(s.out, c)
		}
	}
	s.op(")Tj")
}

func (s *stream) endText() {
	if s.inText {
		s.op("ET")
		s.inText = false
	}
}

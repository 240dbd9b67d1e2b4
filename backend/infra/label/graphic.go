package label

import "bytes"

// appendBitmap writes a line of text as a graphic field: a bitmap of our own fonts, cropped to its ink. White text works
// as in a font's field: ^FR turns the black below it white.
func appendBitmap(out []byte, t *text, s stock) []byte {
	rise, fall := t.reach(s)
	rise, fall = min(rise, t.y), min(fall, s.height-t.y) // what lies beyond the stock has no place in ZPL
	b := newBitmap(s.width, rise+fall)
	ink := *t
	ink.white = false
	b.text(&ink, s, t.start(s), float64(rise))
	area := b.ink()
	if area.width == 0 {
		return out
	}
	out = appendPair(out, "^FO", area.x, t.y-rise+area.y)
	if t.white {
		out = append(out, "^FR"...)
	}
	stride := area.width / 8
	out = append(out, "^GFA"...)
	out = appendNumber(out, stride*area.height)
	out = appendNumber(out, stride*area.height)
	out = appendNumber(out, stride)
	out = append(out, ',')
	var last []byte
	for y := area.y; y < area.y+area.height; y++ {
		row := b.row(y)[area.x/8 : area.x/8+stride]
		if bytes.Equal(row, last) {
			out = append(out, ':')
		} else {
			out = appendRow(out, row)
		}
		last = row
	}
	return append(out, "^FS\n"...)
}

// ink gives the rectangle of whole bytes that holds every black dot; its width is 0 when there is none.
func (b *bitmap) ink() rect {
	first, last, top, bottom := b.stride, -1, -1, -1
	for y := 0; y < b.height; y++ {
		row := b.row(y)
		start := 0
		for start < len(row) && row[start] == 0 {
			start++
		}
		if start == len(row) {
			continue
		}
		end := len(row) - 1
		for row[end] == 0 {
			end--
		}
		first, last = min(first, start), max(last, end)
		if top < 0 {
			top = y
		}
		bottom = y
	}
	if last < 0 {
		return rect{}
	}
	return rect{x: first * 8, y: top, width: (last - first + 1) * 8, height: bottom - top + 1}
}

// appendRow writes a row in hexadecimal with the run lengths of ^GF's ASCII form (ZPL II: Alternative Data Compression
// Scheme), which clones of the printers know too, unlike Z64: G to Y are 1 to 19 of the digit behind them, g to z are 20
// to 400, a comma fills the row with white.
func appendRow(out, row []byte) []byte {
	digit := func(i int) byte { return hexDigits[row[i/2]>>(4-4*(i%2))&15] }
	for i := 0; i < 2*len(row); {
		end := i + 1
		for end < 2*len(row) && digit(end) == digit(i) {
			end++
		}
		if end == 2*len(row) && digit(i) == '0' {
			return append(out, ',')
		}
		out = appendCount(out, end-i)
		out = append(out, digit(i))
		i = end
	}
	return out
}

// appendCount writes how often the digit behind it stands; nothing for once.
func appendCount(out []byte, count int) []byte {
	if count == 1 {
		return out
	}
	for ; count >= 400; count -= 400 {
		out = append(out, 'z')
	}
	if count >= 20 {
		out = append(out, byte('g'+count/20-1))
		count %= 20
	}
	if count > 0 {
		out = append(out, byte('G'+count-1))
	}
	return out
}

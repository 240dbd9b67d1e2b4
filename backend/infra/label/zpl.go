package label

import (
	"strconv"
	"unicode/utf8"
)

// appendZPL writes a page as one ZPL II format. Lines of text go to the printer's scalable font 0 where it can be
// trusted with them, all others as bitmaps of our own fonts. Bars are boxes like all else: printers and their clones
// don't agree in how they change Code 128's code sets, and a box is as wide as it says. The comment (^FX) is for who
// looks for a number in a file.
func appendZPL(out []byte, p *page) []byte {
	out = append(out, "^XA^CI28^LH0,0^FWN^PW"...)
	out = strconv.AppendInt(out, int64(p.width), 10)
	out = append(out, "^LL"...)
	out = strconv.AppendInt(out, int64(p.height), 10)
	out = append(out, "\n^FX "...)
	out = append(out, p.symbol.code...)
	out = append(out, "^FS\n"...)
	for _, r := range p.rects {
		out = appendBox(out, r)
	}
	p.symbol.bars(func(x, width int) { out = appendBox(out, rect{x, p.symbol.y, width, p.symbol.height}) })
	for i := range p.texts[:p.address] {
		out = appendTexts(out, p.texts[i:i+1], p.stock)
	}
	out = appendTexts(out, p.texts[p.address:], p.stock)
	return append(out, "^XZ\n"...)
}

// appendTexts writes texts that go together, all as bitmaps as soon as one has to be.
func appendTexts(out []byte, texts []text, s stock) []byte {
	fields, ok := out, true
	for i := range texts {
		if fields, ok = appendNative(fields, &texts[i], s); !ok {
			break
		}
	}
	if ok {
		return fields
	}
	for i := range texts {
		out = appendBitmap(out, &texts[i], s)
	}
	return out
}

// appendBox writes a filled rectangle.
func appendBox(out []byte, r rect) []byte {
	out = appendPair(out, "^FO", r.x, r.y)
	out = appendPair(out, "^GB", r.width, r.height)
	out = appendNumber(out, min(r.width, r.height))
	return append(out, "^FS\n"...)
}

// fontHeight is the height to ask of font 0, as a part of the type size, for capitals as high as those of our own font:
// its own are three quarters of what is asked for.
const fontHeight = capHeight / 0.75

// appendNative writes a line as a field in font 0, ok false when it can't be trusted with it.
func appendNative(out []byte, t *text, s stock) (field []byte, ok bool) {
	height := t.size * fontHeight / 72 * float64(s.dpi)
	out = appendPair(out, "^FT", t.x, t.y)
	out = append(out, "^A0N"...)
	out = appendNumber(out, int(height+0.5))
	if t.align != left {
		out = append(out, "^FB"...)
		out = strconv.AppendInt(out, int64(t.width), 10)
		out = append(out, ",1,0,"...)
		out = append(out, "LCR"[t.align], ',', '0')
	}
	if t.white {
		out = append(out, "^FR"...)
	}
	out, thousandths, ok := appendData(append(out, "^FH_^FD"...), t)
	if !ok || float64(thousandths)*height > float64(t.width)*1000 {
		return nil, false // the second only ever met with rows of hyphens
	}
	return append(out, "^FS\n"...), true
}

// appendData writes a line as field data and gives its width in thousandths of the font's height; ok is false when it
// holds more than font 0 can be trusted with.
//
// That is Latin-1, which every ZPL printer has since code page 850 was its only one; what else a printer has differs by
// firmware, and none can say so. ^ ~ _ \ are written in hexadecimal (^FH), so that no text can be read as a command. In
// a field with ^FB a backslash could still be read as a line break.
func appendData(out []byte, t *text) (data []byte, thousandths int, ok bool) {
	for i := range t.line.Runs {
		run := &t.line.Runs[i]
		if run.Page == nil {
			return nil, 0, false
		}
		for j := 0; j < len(run.Codes); j++ {
			c := run.Codes[j]
			r := rune(c)
			if c > '~' {
				r = run.Page.Rune(c)
			}
			switch {
			case r == '\\' && t.align != left:
				return nil, 0, false
			case r == '^' || r == '~' || r == '_' || r == '\\':
				out = append(out, '_', hexDigits[r>>4], hexDigits[r&15])
			case r >= ' ' && r <= '~':
				out = append(out, c)
			case r > 0xa0 && r <= 0xff && r != 0xad:
				out = utf8.AppendRune(out, r)
			case r == '…': // what a cut text ends with
				out = append(out, "..."...)
				thousandths += 3 * int(fontWidths['.'])
				continue
			default:
				return nil, 0, false
			}
			thousandths += int(fontWidths[r])
		}
	}
	return out, thousandths, true
}

const hexDigits = "0123456789ABCDEF"

// appendPair writes a command with two numbers.
func appendPair(out []byte, command string, a, b int) []byte {
	out = append(out, command...)
	out = strconv.AppendInt(out, int64(a), 10)
	return appendNumber(out, b)
}

// appendNumber writes a further parameter.
func appendNumber(out []byte, n int) []byte {
	return strconv.AppendInt(append(out, ','), int64(n), 10)
}

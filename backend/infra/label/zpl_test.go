package label

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// The only commands a label's ZPL is made of, a line at a time, without the data of font fields.
var zplLines = regexp.MustCompile(`^(?:` +
	`\^XA\^CI28\^LH0,0\^FWN\^PW\d+\^LL\d+|` +
	`\^FX [A-Za-z0-9./-]+\^FS|` +
	`\^FO\d+,\d+\^GB\d+,\d+,\d+\^FS|` +
	`\^FT\d+,\d+\^A0N,\d+(?:\^FB\d+,1,0,[CR],0)?(?:\^FR)?\^FH_\^FD|` +
	`\^FO\d+,\d+(?:\^FR)?\^GFA,\d+,\d+,\d+,[0-9A-Zg-z,:]+\^FS|` +
	`\^XZ)$`)

// known holds lines that zplLines matched: most are the same on every label.
var known sync.Map

// checkZPL returns an error unless zpl is one format made of the commands above and nothing else.
func checkZPL(zpl []byte) error {
	text, ended := strings.CutSuffix(string(zpl), "\n")
	lines := strings.Split(text, "\n")
	if !ended || !strings.HasPrefix(lines[0], "^XA") || lines[len(lines)-1] != "^XZ" {
		return fmt.Errorf("the format does not begin with ^XA or does not end with ^XZ")
	}
	for i, line := range lines {
		commands := line
		if field := strings.Index(line, "^FD"); field >= 0 {
			data, closed := strings.CutSuffix(line[field+3:], "^FS")
			if control := func(r rune) bool { return r < ' ' || r == 0x7f || r == '^' || r == '~' }; !closed || strings.ContainsFunc(data, control) {
				return fmt.Errorf("the data of line %d could be read as a command: %q", i+1, line)
			}
			commands = line[:field+3]
		}
		if _, ok := known.Load(commands); !ok {
			if !zplLines.MatchString(commands) {
				return fmt.Errorf("line %d is not of the template: %q", i+1, line)
			}
			known.Store(commands, true)
		}
		if edge := i == 0 || i == len(lines)-1; !edge && (strings.Contains(commands, "^XA") || commands == "^XZ") {
			return fmt.Errorf("line %d begins or ends a format: %q", i+1, line)
		}
	}
	return nil
}

// fieldTexts gives the texts of the font fields as the printer would read them.
func fieldTexts(zpl []byte) []string {
	var texts []string
	for _, line := range strings.Split(string(zpl), "\n") {
		if _, data, found := strings.Cut(line, "^FH_^FD"); found {
			data = strings.TrimSuffix(data, "^FS")
			data = regexp.MustCompile(`_[0-9A-F]{2}`).ReplaceAllStringFunc(data, func(escape string) string {
				character, _ := hex.DecodeString(escape[1:])
				return string(character)
			})
			texts = append(texts, data)
		}
	}
	return texts
}

// hostile strings are made of what could end a field, begin a command or confuse an escape; rarely of what sends the line
// to the bitmaps, which take their time.
var (
	hostile = []string{
		"^", "~", "_", "\\", "^XZ", "^XA", "^FS", "^FD", "~JA", "~JR", "^FH", "^CC", "~CT", "^JUS", "_5E", "_7E", "_5e", "\\&", "^^", "~~", ",",
		"\r", "\n", "\u00a0", "é", "ÿ", "×", "A", "b", "0", "-", " ", "'", "\"", "<", ">", ">;",
	}
	strange = []string{"\x00", "\x1b", "\x7f", "\u0085", "\u00ad", "\u2028", "\xff", "\xc3", "ł", "’", "北", "📦", "\u202e"}
)

func TestNoTextBecomesACommand(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	count := 0
	text := func() string {
		count++
		var out strings.Builder
		for range 1 + random.IntN(12) {
			if random.IntN(2000) == 0 {
				out.WriteString(strange[random.IntN(len(strange))])
			} else {
				out.WriteString(hostile[random.IntN(len(hostile))])
			}
		}
		return out.String()
	}
	for count < 100_000 {
		l := sample()
		l.To = postal.Address{Name: text(), Address1: text(), City: text(), Postcode: text(), CountryISO: "GB"}
		l.From.CompanyName, l.Service, l.Route, l.Reference, l.Instructions, l.Date = text(), text(), text(), text(), text(), text()
		l.Testing = random.IntN(2) == 0
		if err := checkZPL(drawn(t, l, courier.ZPL, courier.Size4x6, 203)); err != nil {
			t.Fatalf("%v\nlabel: %+v", err, l)
		}
	}
}

func TestHostileTextIsPrintedAsItIs(t *testing.T) {
	for _, text := range []string{"^XZ^XA", "~JR ~JA", `a_5Eb`, `C:\dir`, "_", `\&`, "100 % ^FS", "Müßig & Søn"} {
		l := sample()
		l.Reference = text
		got := fieldTexts(drawn(t, l, courier.ZPL, courier.Size4x6, 203))
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+text+"\n") {
			t.Errorf("the printer reads %q, none of which is %q", got, text)
		}
	}
}

// A printer's font 0 is sent what every printer has; other scripts go as bitmaps, with the whole of the address.
func TestScriptsBeyondLatin1GoAsBitmaps(t *testing.T) {
	for script := range scripts {
		zpl := drawn(t, inScript(script), courier.ZPL, courier.Size4x6, 203)
		if err := checkZPL(zpl); err != nil {
			t.Errorf("%s: %v", script, err)
		}
		bitmaps := bytes.Count(zpl, []byte("^GFA"))
		if want := script != "Latin-1" && script != "long"; (bitmaps > 0) != want {
			t.Errorf("%s: %d bitmaps, wanted some: %v", script, bitmaps, want)
		}
		for _, text := range fieldTexts(zpl) {
			for _, r := range text {
				if r > 0xff {
					t.Errorf("%s: %q was left to the printer's font", script, text)
				}
			}
			if bitmaps > 0 && text == scripts[script].Postcode {
				t.Errorf("%s: the postcode is in another font than the address above it", script)
			}
		}
	}
}

// A route mark with a heap of accents reaches beyond the top edge, where ZPL has no place.
func TestBitmapsStayOnTheStock(t *testing.T) {
	l := sample()
	l.Route = "A" + strings.Repeat("\u0301", 12)
	l.To.Name = "z" + strings.Repeat("\u0323", 40)
	for _, size := range []courier.Size{courier.Size4x6, courier.SizeA6} {
		if err := checkZPL(drawn(t, l, courier.ZPL, size, 203)); err != nil {
			t.Error(err)
		}
	}
}

func TestParcelsFollowEachOther(t *testing.T) {
	labels := make([]document.Label, 3)
	for i := range labels {
		labels[i] = sample()
		labels[i].ParcelIndex, labels[i].ParcelCount = i+1, len(labels)
	}
	file, _, err := Drawer{}.DrawLabels(t.Context(), labels, courier.ZPL, courier.Size4x6, 203)
	if err != nil {
		t.Fatal(err)
	}
	formats := strings.SplitAfter(string(file), "^XZ\n")
	if len(formats) != 4 || formats[3] != "" {
		t.Fatalf("%d formats", len(formats)-1)
	}
	for i, format := range formats[:3] {
		if err := checkZPL([]byte(format)); err != nil {
			t.Error(err)
		}
		if want := strconv.Itoa(i+1) + " of 3"; !strings.Contains(format, want) {
			t.Errorf("label %d does not say %q", i+1, want)
		}
	}
}

// The widths font 0 is believed to have are those of the viewer's: of ten of each character between two bars.
func TestFontWidths(t *testing.T) {
	s, err := stockOf(courier.Size4x6, 203)
	if err != nil {
		t.Fatal(err)
	}
	const height, count, step = 50, 10, 100
	var characters []rune
	for r := rune('!'); r <= 0xff; r++ {
		if fontWidths[r] != 0 {
			characters = append(characters, r)
		}
	}
	if len(characters) != 94+94 {
		t.Fatalf("%d characters have a width", len(characters))
	}
	for len(characters) > 0 {
		part := characters[:min(11, len(characters))]
		characters = characters[len(part):]
		zpl := "^XA^CI28"
		for i, r := range part {
			escaped := string(r)
			if r < 0x80 {
				escaped = fmt.Sprintf("_%02X", r)
			}
			zpl += fmt.Sprintf("^FT10,%d^A0N,%d^FH_^FD|%s|^FS", step*(i+1), height, strings.Repeat(escaped, count))
		}
		img := picture(t, printed(t, []byte(zpl+"^XZ"), s)[0])
		for i, r := range part {
			first, last := -1, -1
			for x := range s.width {
				if y := step * (i + 1); dark(img, x, y-20) {
					if first < 0 {
						first = x
					}
					last = x
				}
			}
			got := (last - first) * 1000 / (height * count)
			want := int(fontWidths[r]) + 250/count // the closing bar's own advance to its left edge
			if diff := got - want; diff < -12 || diff > 12 {
				t.Errorf("%q is %d thousandths wide, not %d", r, got, want)
			}
		}
	}
}

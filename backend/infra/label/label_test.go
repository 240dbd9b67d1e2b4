package label

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

var formats = []courier.Format{courier.PDF, courier.ZPL, courier.PNG}

func TestSameLabelSameBytes(t *testing.T) {
	for _, format := range formats {
		want := drawn(t, sample(), format, courier.SizeA6, 203)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for range 5 {
					got, _, err := Drawer{}.DrawLabels(t.Context(), []document.Label{sample()}, format, courier.SizeA6, 203)
					if err != nil || !bytes.Equal(got, want) {
						t.Errorf("%s: another %d bytes than the first %d (%v)", format, len(got), len(want), err)
					}
				}
			})
		}
		// Labels of other kinds at the same time, so that nothing of them can show up.
		for script := range scripts {
			group.Go(func() {
				if _, _, err := (Drawer{}).DrawLabels(t.Context(), []document.Label{inScript(script)}, format, courier.Size4x6, 203); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
}

func TestRefusals(t *testing.T) {
	good := []document.Label{sample()}
	bad := sample()
	bad.TrackingCode = "003614100000041856"
	for _, c := range []struct {
		name   string
		labels []document.Label
		format courier.Format
		size   courier.Size
		dpi    int
		field  string
		say    string
	}{
		{"size", good, courier.PDF, courier.SizeA4, 203, "label_size", "4x6 and A6"},
		{"dpi", good, courier.ZPL, courier.Size4x6, 600, "label_dpi", "203 or 300"},
		{"format", good, "gif", courier.Size4x6, 203, "label_format", "pdf, zpl or png"},
		{"code", []document.Label{bad}, courier.ZPL, courier.Size4x6, 203, "tracking_code", "check digit is 5"},
		{"none", nil, courier.ZPL, courier.Size4x6, 203, "", "no parcel"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, _, err := Drawer{}.DrawLabels(t.Context(), c.labels, c.format, c.size, c.dpi)
			if file != nil || !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), c.say) {
				t.Fatalf("got %d bytes and %v", len(file), err)
			}
			if fields := errs.As(err).Fields; c.field != "" && (len(fields) != 1 || fields[0].Path != c.field) {
				t.Errorf("fields are %v, want %s", fields, c.field)
			}
		})
	}
}

func TestZeroDPIIs203(t *testing.T) {
	if !bytes.Equal(drawn(t, sample(), courier.ZPL, courier.Size4x6, 0), drawn(t, sample(), courier.ZPL, courier.Size4x6, 203)) {
		t.Error("the labels differ")
	}
}

func TestWarningsNameTheField(t *testing.T) {
	l := sample()
	l.To = postal.Address{
		Name: strings.Repeat("Longname ", 40), Address1: "1 Ferry\x07 Road", City: "Emoji \U0001F4E6\U000E0001", Postcode: "AB1 2CD", CountryISO: "GB",
	}
	l.Reference = strings.Repeat("R", 90)
	for _, format := range formats {
		_, warnings, err := Drawer{}.DrawLabels(t.Context(), []document.Label{l, l}, format, courier.Size4x6, 203)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range warnings {
			got = append(got, w.Field+": "+w.Message)
		}
		all := strings.Join(got, "\n")
		for _, want := range []string{
			"shipment.ship_to.name: This is longer", "360 characters", "shipment.ship_to.address_1: The control characters U+0007",
			"shipment.ship_to.city: The label's fonts can't draw U+1F4E6", "shipment.reference: This is longer",
		} {
			if strings.Count(all, want) != 1 {
				t.Errorf("%s: %q is not told once in\n%s", format, want, all)
			}
		}
	}
	if _, warnings, _ := (Drawer{}).DrawLabels(t.Context(), []document.Label{sample()}, courier.ZPL, courier.Size4x6, 203); len(warnings) > 0 {
		t.Errorf("an everyday label warns: %v", warnings)
	}
}

func TestOnePagePerParcel(t *testing.T) {
	labels := []document.Label{sample(), sample(), sample()}
	for i := range labels {
		labels[i].ParcelIndex, labels[i].ParcelCount = i+1, 3
	}
	labels[1].TrackingCode, labels[2].TrackingCode = "003614100000041862", "003614100000041879"
	pdf, _, err := Drawer{}.DrawLabels(t.Context(), labels, courier.PDF, courier.SizeA6, 203)
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "labels.pdf", pdf)
	run(t, "qpdf", "--check", file)
	text := run(t, "pdftotext", "-layout", file, "-")
	sheets := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	if len(sheets) != 3 {
		t.Fatalf("%d pages", len(sheets))
	}
	for i, sheet := range sheets {
		for _, want := range []string{fmt.Sprintf("%d of 3", i+1), "Hillside Clinic", "QN4 2LT", "(00) 0 0361410 00000418", "2.38 kg", "R3"} {
			if !strings.Contains(sheet, want) {
				t.Errorf("page %d does not say %q:\n%s", i+1, want, sheet)
			}
		}
	}
	if info := run(t, "pdfinfo", file); !strings.Contains(info, "297.64 x 419.53 pts") {
		t.Errorf("the pages are not A6:\n%s", info)
	}

	png, _, err := Drawer{}.DrawLabels(t.Context(), labels, courier.PNG, courier.Size4x6, 300)
	if err != nil {
		t.Fatal(err)
	}
	if size := picture(t, png).Bounds().Size(); size.X != 1200 || size.Y != 3*1800 {
		t.Errorf("the picture has %v dots", size)
	}
	if got := scan(t, write(t, "labels.png", png)); len(got) != 3 {
		t.Errorf("scanned %q", got)
	}
	if resolution := run(t, "identify", "-units", "PixelsPerInch", "-format", "%x %y", write(t, "labels.png", png)); !strings.HasPrefix(resolution, "300") && !strings.HasPrefix(resolution, "299.9") {
		t.Errorf("the picture says it has %s dpi", resolution)
	}
}

func TestTestMark(t *testing.T) {
	l := sample()
	live := drawn(t, l, courier.ZPL, courier.Size4x6, 203)
	l.Testing = true
	test := drawn(t, l, courier.ZPL, courier.Size4x6, 203)
	if bytes.Contains(live, []byte("TEST")) || bytes.Count(test, []byte("^FR^FH_^FDTEST LABEL")) != 2 {
		t.Error("the TEST mark does not stand twice on a test label only")
	}
	file := write(t, "label.pdf", drawn(t, l, courier.PDF, courier.Size4x6, 203))
	if text := run(t, "pdftotext", file, "-"); strings.Count(text, "NOT FOR SHIPPING") != 2 {
		t.Errorf("the PDF says\n%s", text)
	}
	// Black from edge to edge but for the letters.
	p := laidOut(t, l, courier.Size4x6, 203)
	img := picture(t, drawn(t, l, courier.PNG, courier.Size4x6, 203))
	for _, y := range []int{0, 10, p.dots(topBand) - 1, p.height - p.dots(bottomBand), p.height - 1} {
		for _, x := range []int{0, 5, p.width - 1} {
			if !dark(img, x, y) {
				t.Errorf("the band is white at %d, %d", x, y)
			}
		}
	}
}

func TestStock(t *testing.T) {
	for _, c := range []struct {
		size          courier.Size
		dpi           int
		width, height int
	}{
		{courier.Size4x6, 203, 812, 1218}, {courier.Size4x6, 300, 1200, 1800}, {courier.SizeA6, 203, 839, 1182}, {courier.SizeA6, 300, 1240, 1748},
	} {
		if s, err := stockOf(c.size, c.dpi); err != nil || s.width != c.width || s.height != c.height {
			t.Errorf("%s at %d has %d × %d dots (%v), want %d × %d", c.size, c.dpi, s.width, s.height, err, c.width, c.height)
		}
	}
}

// Whatever the texts are, nothing leaves its part of the label and the barcode keeps its size.
func TestLayoutHolds(t *testing.T) {
	tall := rapid.StringMatching(`[ก-ฮิีึืฺุู ]{0,60}`)
	mixed := rapid.OneOf(
		rapid.StringN(0, 90, -1), rapid.StringMatching(`[A-Za-z ,.'-]{0,120}`), rapid.StringMatching(`(W{1,30} ?){0,8}`), tall,
		rapid.SampledFrom([]string{"", "Łódź", "株式会社サンプル見本区試験町東京都千代田区丸の内", "شركة الاختبار للتجارة والنقل الدولي المحدودة"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := mixed
		if rapid.IntRange(0, 3).Draw(t, "all tall") == 3 {
			text = tall
		}
		address := func(name string) postal.Address {
			return postal.Address{
				Name: text.Draw(t, name), CompanyName: text.Draw(t, name), Address1: text.Draw(t, name), Address2: text.Draw(t, name),
				Address3: text.Draw(t, name), City: text.Draw(t, name), County: text.Draw(t, name), Postcode: text.Draw(t, name),
				CountryISO: rapid.SampledFrom([]string{"", "GB", "PL", "GS"}).Draw(t, "country"),
			}
		}
		l := document.Label{
			From: address("from"), To: address("to"), CourierName: text.Draw(t, "courier"), Service: text.Draw(t, "service"), Route: text.Draw(t, "route"),
			ParcelIndex: 1, ParcelCount: rapid.IntRange(1, 99999).Draw(t, "parcels"), Weight: text.Draw(t, "weight"), Reference: text.Draw(t, "reference"),
			Instructions: text.Draw(t, "instructions"), Date: text.Draw(t, "date"), Testing: rapid.Bool().Draw(t, "testing"),
			TrackingCode: rapid.StringMatching(`[A-Za-z0-9./-]{1,28}`).Draw(t, "code"),
		}
		s, err := stockOf(rapid.SampledFrom([]courier.Size{courier.Size4x6, courier.SizeA6}).Draw(t, "size"), rapid.SampledFrom([]int{203, 300}).Draw(t, "dpi"))
		if err != nil {
			t.Fatal(err)
		}
		p := &page{stock: s}
		if err := compose(p, &l); err != nil {
			t.Fatal(err)
		}
		checkLayout(t, p)
	})
}

func checkLayout(t *rapid.T, p *page) {
	code := p.symbol
	if quiet := quietZone * code.module; code.module < p.dots(0.25) || code.x < quiet || code.x+code.modules*code.module > p.width-quiet {
		t.Fatalf("%d modules of %d dots at %d do not fit %d dots", code.modules, code.module, code.x, p.width)
	}
	if height := float64(code.height) * p.dot(); height < 32 || code.y < 0 || code.y+code.height > p.height {
		t.Fatalf("bars of %.1f mm at %d", height, code.y)
	}
	for _, r := range p.rects {
		if r.x < 0 || r.y < 0 || r.width <= 0 || r.height <= 0 || r.x+r.width > p.width || r.y+r.height > p.height {
			t.Fatalf("%+v leaves the label", r)
		}
	}
	rules := rulesOf(p)
	for i := range p.texts {
		x := &p.texts[i]
		capitals := int(capHeight * x.size * float64(p.dpi) / 72)
		start, end := x.start(p.stock), x.start(p.stock)+x.line.Width(x.size)/p.dot()
		if start < float64(x.x)-0.01 || end > float64(x.x+x.width)+0.01 || x.x < 0 || x.x+x.width > p.width || x.y-capitals < 0 || x.y > p.height {
			t.Fatalf("text %d, %+v, reaches from %.1f to %.1f at %d", i, x, start, end, x.y)
		}
		for _, y := range rules {
			if !x.white && x.y-capitals < y && x.y > y {
				t.Fatalf("text %d crosses the rule at %d: %+v", i, y, x)
			}
		}
		if below := x.y > code.y; !below && x.y > code.y-p.dots(0.5) || below && x.y-capitals < code.y+code.height {
			t.Fatalf("text %d runs into the bars: %+v", i, x)
		}
	}
}

// rulesOf gives the places of the rules from edge to edge.
func rulesOf(p *page) (places []int) {
	for _, r := range p.rects {
		if r.x == 0 && r.width == p.width && r.height == p.dots(ruleWidth) {
			places = append(places, r.y+r.height/2)
		}
	}
	return places
}

// extent notes how far up and down a line's outlines reach.
type extent struct{ top, bottom float64 }

func (e *extent) reach(ys ...float64) {
	for _, y := range ys {
		e.top, e.bottom = min(e.top, y), max(e.bottom, y)
	}
}
func (e *extent) MoveTo(_, y float64)               { e.reach(y) }
func (e *extent) LineTo(_, y float64)               { e.reach(y) }
func (e *extent) QuadTo(_, y1, _, y float64)        { e.reach(y1, y) }
func (e *extent) CubeTo(_, y1, _, y2, _, y float64) { e.reach(y1, y2, y) }
func (e *extent) Close()                            {}

// Letters of no script may reach into the line below: a postcode with another line's dots in it is another postcode.
func TestLinesOfAnAddressStayApart(t *testing.T) {
	deep := sample()
	deep.To = postal.Address{Name: "عميل تجريبي", CompanyName: "ฟู่ปู่ฎีกา", Address1: "شارع الملك فهد 123", Address2: "कुर्सी मूर्ति हृदय", City: "الرياض", Postcode: "12271", CountryISO: "SA"}
	labels := map[string]document.Label{"deep letters": deep}
	for name := range scripts {
		labels[name] = inScript(name)
	}
	for name, l := range labels {
		for _, size := range []courier.Size{courier.Size4x6, courier.SizeA6} {
			s, err := stockOf(size, 203)
			if err != nil {
				t.Fatal(err)
			}
			p := &page{stock: s}
			if err := compose(p, &l); err != nil {
				t.Fatal(err)
			}
			above := extent{bottom: -1}
			var last text
			for _, line := range p.texts[p.address:] {
				reached := extent{top: float64(p.height)}
				line.line.Outline(0, float64(line.y), (&layout{page: p}).em(line.size), &reached)
				if line.y != last.y && reached.top < above.bottom {
					t.Errorf("%s on %s: the line at %d reaches %.1f dots into the one above it", name, size, line.y, above.bottom-reached.top)
				}
				above, last = reached, line
			}
		}
	}
}

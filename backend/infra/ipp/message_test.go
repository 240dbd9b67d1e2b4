package ipp

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAMessageIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.StringMatching(`[a-z][a-z-]{0,20}`)
		data := rapid.SliceOfN(rapid.Byte(), 0, 300)
		m := message{code: rapid.Uint16().Draw(r, "code")}
		for range rapid.IntRange(0, 4).Draw(r, "groups") {
			g := group{tag: rapid.SampledFrom([]byte{tagOperation, tagJob, tagPrinter}).Draw(r, "group")}
			for range rapid.IntRange(0, 4).Draw(r, "attributes") {
				a := attribute{name: name.Draw(r, "name")}
				for range rapid.IntRange(1, 3).Draw(r, "values") {
					a.values = append(a.values, value{rapid.ByteRange(firstValueTag, 0x7f).Draw(r, "tag"), data.Draw(r, "data")})
				}
				g.attrs = append(g.attrs, a)
			}
			m.groups = append(m.groups, g)
		}
		got, err := decode(m.encode())
		if err != nil {
			r.Fatal(err)
		}
		if !reflect.DeepEqual(plainBytes(got), plainBytes(m)) {
			r.Fatalf("got %+v, want %+v", got, m)
		}
	})
}

// plainBytes makes nil and empty data the same.
func plainBytes(m message) message {
	for _, g := range m.groups {
		for _, a := range g.attrs {
			for i := range a.values {
				a.values[i].data = append([]byte{}, a.values[i].data...)
			}
		}
	}
	return m
}

// The bytes of RFC 8010, appendix A.1, as far as the attributes go.
func TestARequestIsAsTheStandardWritesIt(t *testing.T) {
	m := request(opPrintJob, "ipp://printer.example.com/ipp/print/pinetree", text(tagName, "job-name", "foobar"))
	want := "\x01\x01\x00\x02\x00\x00\x00\x01\x01" +
		"\x47\x00\x12attributes-charset\x00\x05utf-8" +
		"\x48\x00\x1battributes-natural-language\x00\x02en" +
		"\x45\x00\x0bprinter-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree" +
		"\x42\x00\x08job-name\x00\x06foobar\x03"
	if got := string(m.encode()); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestBrokenAnswers(t *testing.T) {
	whole := request(opPrintJob, "ipp://h/", integer("job-id", 7)).encode()
	for n := range whole {
		if _, err := decode(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for an answer", n, len(whole))
		}
	}
	for name, raw := range map[string]string{
		"another protocol":       "HTTP/1.1 200 OK\r\n\r\n",
		"a value without group":  "\x01\x01\x00\x00\x00\x00\x00\x01\x21\x00\x01a\x00\x00\x03",
		"a value of nothing":     "\x01\x01\x00\x00\x00\x00\x00\x01\x04\x21\x00\x00\x00\x00\x03",
		"a length past the end":  "\x01\x01\x00\x00\x00\x00\x00\x01\x04\x21\xff\xffa\x03",
		"no end":                 "\x01\x01\x00\x00\x00\x00\x00\x01\x04",
		"a version nobody knows": "\x07\x01\x00\x00\x00\x00\x00\x01\x03",
	} {
		if _, err := decode([]byte(raw)); err == nil {
			t.Errorf("%s is taken for an answer", name)
		}
	}
}

func TestValues(t *testing.T) {
	g := group{attrs: []attribute{
		{"lang", []value{{tagTextWithLanguage, []byte("\x00\x02de\x00\x05Halle")}, {tagTextWithLanguage, []byte("\x00\x09x")}}},
		{"bad", []value{{tagText, []byte("a\xff")}}},
		{"dots", []value{{tagResolution, []byte("\x00\x00\x00\xcb\x00\x00\x00\xcb\x03")}, {tagResolution, []byte("\x00\x00\x01\x2c\x00\x00\x02\x58\x03")}, {tagResolution, []byte("short")}}},
		{"off", []value{{tagBoolean, []byte{0}}}}, {"on", []value{{tagBoolean, []byte{1}}}},
		integer("n", -3),
	}}
	if got := g.texts("lang"); !slices.Equal(got, []string{"Halle", "\x00\x09x"}) {
		t.Errorf("texts = %q", got)
	}
	if g.text("bad") != "a\uFFFD" || g.text("none") != "" || g.integer("n") != -3 || g.integer("bad") != 0 || !g.no("off") || g.no("on") || g.no("none") {
		t.Error("a value is read wrongly")
	}
	if got := g.dotsPerInch("dots"); !slices.Equal(got, []int{203}) {
		t.Errorf("dots = %v, want square dots only", got)
	}
}

func TestReasonsInWords(t *testing.T) {
	g := group{attrs: []attribute{text(tagKeyword, "r", "media-empty-error", "none", "paused", "com.maker.odd-warning", "")}}
	if got := strings.Join(reasons(g, "r"), "; "); got != "out of paper; it is paused; com.maker.odd" {
		t.Errorf("reasons = %q", got)
	}
}

func TestPageSize(t *testing.T) {
	for pdf, want := range map[string]string{
		"/MediaBox [0 0 288.00 432.00]": "na_index-4x6_4x6in", "/MediaBox [0 0 595.28 841.89]": "iso_a4_210x297mm",
		"/MediaBox[0 0 297.64 419.53]": "iso_a6_105x148mm", "/MediaBox [ 0 0 612 792 ]": "na_letter_8.5x11in",
		"/MediaBox [0.0 0.00 419.53 595.28]": "iso_a5_148x210mm", "/MediaBox [0 0 100 100]": "", "none": "", "/MediaBox [0 0 99999999999999999999 1]": "",
	} {
		if got := pageSize([]byte("%PDF-1.3\n" + pdf)); got != want {
			t.Errorf("%s = %q, want %q", pdf, got, want)
		}
	}
}

// What a printer answers comes from outside.
func FuzzDecode(f *testing.F) {
	f.Add(request(opPrintJob, "ipp://h/", integer("job-id", 7)).encode())
	f.Add([]byte("\x01\x01\x00\x00\x00\x00\x00\x01\x04\x35\x00\x01a\x00\x04\x00\x02de\x32\x00\x00\x00\x00\x03"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := decode(raw)
		if err != nil {
			return
		}
		for _, g := range m.groups {
			for _, a := range g.attrs {
				_ = g.texts(a.name)
				_ = g.integer(a.name)
				_ = g.dotsPerInch(a.name)
				_ = reasons(g, a.name)
			}
			describe(g, "ipp://h/")
		}
		again, err := decode(m.encode())
		if err != nil || len(again.groups) != len(m.groups) {
			t.Fatalf("what was read can't be written and read again: %v", err)
		}
	})
}

package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/document"
)

// numbered draws a slip for each reference and tells the pages of each.
func numbered(t *testing.T, lines int, references ...string) Result {
	t.Helper()
	var slips []document.PackingSlip
	for _, reference := range references {
		slip := sampleSlip(lines)
		slip.Reference = reference
		slips = append(slips, slip)
	}
	result, err := PackingSlips(context.Background(), slips, 1)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func added(t *testing.T, b *Binder, file []byte) []int {
	t.Helper()
	pages, err := b.Add(file)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// pageTexts gives the text of each page of a file that qpdf finds sound.
func pageTexts(t *testing.T, file []byte) []string {
	t.Helper()
	text := run(t, "pdftotext", "-layout", keep(t, file), "-")
	return strings.Split(strings.TrimSuffix(text, "\f"), "\f")
}

func TestPagesAreBoundInTheOrderAskedFor(t *testing.T) {
	b := NewBinder()
	one := added(t, b, numbered(t, 3, "REF-ONE").Bytes)
	two := added(t, b, numbered(t, 40, "REF-TWO").Bytes)
	small := sampleSlip(2)
	small.Reference, small.Paper = "REF-SMALL", document.Paper4x6
	result, err := PackingSlips(context.Background(), []document.PackingSlip{small}, 1)
	if err != nil {
		t.Fatal(err)
	}
	three := added(t, b, result.Bytes)
	if len(one) != 1 || len(two) < 2 {
		t.Fatalf("pages %v and %v", one, two)
	}
	file, err := b.Bind("Three slips · Łódź", sampleSlip(1).CreatedMs, append(append(append([]int{}, two...), three...), one...))
	if err != nil {
		t.Fatal(err)
	}
	texts := pageTexts(t, file)
	if len(texts) != len(two)+2 {
		t.Fatalf("%d pages, want %d", len(texts), len(two)+2)
	}
	for i, want := range map[int]string{0: "REF-TWO", 1: "REF-TWO", len(two): "REF-SMALL", len(two) + 1: "REF-ONE"} {
		if !strings.Contains(texts[i], want) {
			t.Errorf("page %d is not of %s:\n%s", i+1, want, texts[i])
		}
	}
	info := run(t, "pdfinfo", "-f", "1", "-l", "9", keep(t, file))
	for _, want := range []string{"Three slips · Łódź", "Page    1 size:  595.28 x 841.89", fmt.Sprintf("Page %4d size:  288 x 432", len(two)+1)} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
}

func TestWhatFilesHaveInCommonIsWrittenOnce(t *testing.T) {
	b := NewBinder()
	var pages []int
	size := 0
	for i := range 50 {
		file := numbered(t, 3, "SAME-"+strconv.Itoa(i)).Bytes
		size += len(file)
		pages = append(pages, added(t, b, file)...)
	}
	file, err := b.Bind("Fifty", 0, pages)
	if err != nil {
		t.Fatal(err)
	}
	if len(file) > size/4 {
		t.Errorf("50 files of %d bytes became one of %d: their fonts and logo are in it many times", size, len(file))
	}
	if got := len(pageTexts(t, file)); got != 50 {
		t.Errorf("%d pages, want 50", got)
	}
}

func TestADamagedFileLeavesTheOthersSound(t *testing.T) {
	whole := numbered(t, 3, "REF-WHOLE").Bytes
	b := NewBinder()
	first := added(t, b, whole)
	for name, file := range map[string][]byte{
		"nothing": nil, "text": []byte("^XA^XZ"), "half": whole[:len(whole)/2], "only a head": []byte("%PDF-1.7\n%%EOF\n"),
		"no pages": bytes.Replace(whole, []byte("/Pages"), []byte("/Pagex"), 1), "a circle": circle(),
	} {
		if pages, err := b.Add(file); err == nil {
			t.Logf("%s: read all the same, %d pages", name, len(pages))
		} else if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "no PDF that can be read") {
			t.Errorf("%s: %v", name, err)
		}
	}
	last := added(t, b, numbered(t, 3, "REF-LAST").Bytes)
	file, err := b.Bind("Two", 0, append(first, last...))
	if err != nil {
		t.Fatal(err)
	}
	texts := pageTexts(t, file)
	if len(texts) != 2 || !strings.Contains(texts[0], "REF-WHOLE") || !strings.Contains(texts[1], "REF-LAST") {
		t.Errorf("texts = %q", texts)
	}
	if _, err := b.Add(whole); !errs.Is(err, errs.Internal) {
		t.Errorf("adding to a bound file: %v", err)
	}
	if _, err := NewBinder().Bind("None", 0, nil); !errs.Is(err, errs.Invalid) {
		t.Errorf("binding nothing: %v", err)
	}
}

// circle is a file whose pages lie in themselves.
func circle() []byte {
	return []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\nendobj\n" +
		"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n106\n%%EOF\n")
}

func FuzzBinderAdd(f *testing.F) {
	result, err := PackingSlips(context.Background(), []document.PackingSlip{sampleSlip(1)}, 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(result.Bytes)
	f.Add(circle())
	f.Fuzz(func(t *testing.T, file []byte) {
		b := NewBinder()
		pages, err := b.Add(file)
		if err != nil {
			if !errs.Is(err, errs.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if _, err := b.Bind("Fuzz", 0, pages); err != nil {
			t.Fatal(err)
		}
	})
}

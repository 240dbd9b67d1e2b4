package pdf

import (
	"context"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/document"
)

var pageSize = regexp.MustCompile(`size: +([\d.]+ x [\d.]+)`)

func TestMergeKeepsOrderSizesAndText(t *testing.T) {
	small, large := sampleSlip(1), sampleSlip(30)
	small.Paper, large.Paper = document.Paper4x6, document.PaperLetter
	files := [][]byte{drawSlip(t, small).Bytes, drawInvoice(t, sampleInvoice(2)).Bytes, drawSlip(t, large).Bytes}
	merged, err := Merge(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	path := keep(t, merged)
	var sizes []string
	for _, match := range pageSize.FindAllStringSubmatch(run(t, "pdfinfo", "-l", "9", path), -1) {
		sizes = append(sizes, match[1])
	}
	if want := []string{"288 x 432", "595.28 x 841.89", "612 x 792", "612 x 792"}; !slices.Equal(sizes, want) {
		t.Errorf("pages of %v, want %v", sizes, want)
	}
	for i, want := range []string{"Packing slip", "Commercial invoice", "Packing slip", "Page 2 of 2"} {
		if text := textOf(t, path)[i]; !strings.Contains(text, want) {
			t.Errorf("page %d lacks %q", i+1, want)
		}
	}
}

func TestMergeNamesTheFileItCannotRead(t *testing.T) {
	whole := drawSlip(t, sampleSlip(1)).Bytes
	for name, broken := range map[string][]byte{"empty": nil, "another kind": []byte("^XA^XZ"), "cut off": whole[:len(whole)/3], "a head only": []byte("%PDF-1.7\nnothing\n%%EOF")} {
		_, err := Merge(context.Background(), [][]byte{whole, broken})
		var refusal *errs.Error
		if !errors.As(err, &refusal) || refusal.Code != errs.Invalid || !strings.Contains(refusal.Message, "File 2 of 2") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := Merge(context.Background(), nil); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("nothing to join: %v", err)
	}
}

func TestMergeWritesNoSettings(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	whole := drawSlip(t, sampleSlip(1)).Bytes
	if _, err := Merge(context.Background(), [][]byte{whole, whole}); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(home)
	if err != nil || len(left) > 0 {
		t.Errorf("%v %v was left in the user's folder", left, err)
	}
}

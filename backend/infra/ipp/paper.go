package ipp

import (
	"regexp"
	"strconv"
)

// papers are the sizes of our documents in points, with their names at printers (PWG 5101.1).
var papers = []struct {
	width, height int
	name          string
}{
	{288, 432, "na_index-4x6_4x6in"}, {298, 420, "iso_a6_105x148mm"}, {420, 595, "iso_a5_148x210mm"},
	{595, 842, "iso_a4_210x297mm"}, {612, 792, "na_letter_8.5x11in"}, {283, 425, "om_small-photo_100x150mm"},
}

var mediaBox = regexp.MustCompile(`/MediaBox\s*\[\s*0(?:\.0*)?\s+0(?:\.0*)?\s+(\d+)(?:\.\d+)?\s+(\d+)(?:\.\d+)?\s*\]`)

// pageSize names the paper of a PDF's first page; "" where the file does not show it openly, or it is none of papers.
func pageSize(pdf []byte) string {
	found := mediaBox.FindSubmatch(pdf)
	if found == nil {
		return ""
	}
	width, _ := strconv.Atoi(string(found[1]))
	height, _ := strconv.Atoi(string(found[2]))
	for _, p := range papers {
		if near(width, p.width) && near(height, p.height) {
			return p.name
		}
	}
	return ""
}

// near allows for a point of rounding.
func near(a, b int) bool { return a-b <= 1 && b-a <= 1 }

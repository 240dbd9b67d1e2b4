package pdf

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// gofpdf makes a new compressor for every page, 1.2 MB each, which costs more than drawing the
// page. So pages are handed to it as a mark of one line, and pack puts their content, compressed by
// a compressor that is used again, into the finished file. On texts as short as a page this one
// takes a third less time than the standard library's.

// mark is what stands for the content of a page: a comment in PDF.
func mark(page int) string { return fmt.Sprintf("%%packbench page %d;", page) }

// compressor is a compressor with where it writes to.
type compressor struct {
	*zlib.Writer
	out bytes.Buffer
}

var compressors = sync.Pool{New: func() any {
	writer, err := zlib.NewWriterLevel(nil, zlib.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &compressor{Writer: writer}
}}

// compressed gives the content of a page as it stands in the file.
func compressed(page []byte) ([]byte, error) {
	by := compressors.Get().(*compressor)
	defer compressors.Put(by)
	by.out.Reset()
	by.Reset(&by.out)
	if _, err := by.Write(page); err != nil {
		return nil, err
	}
	if err := by.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(by.out.Bytes()), nil
}

// pack replaces the marks in a file of gofpdf by the pages' compressed content and corrects the
// table of where objects begin.
func pack(file []byte, pages [][]byte) ([]byte, error) {
	size := len(file)
	for _, page := range pages {
		size += len(page) + 64
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	cuts := make([]cut, 0, len(pages))
	at := 0 // how far of file is written
	for i, page := range pages {
		begin, end, err := content(file, at, mark(i))
		if err != nil {
			return nil, err
		}
		out.Write(file[at:begin])
		fmt.Fprintf(out, "<</Filter /FlateDecode /Length %d>>\nstream\n", len(page))
		out.Write(page)
		out.WriteByte('\n')
		at = end
		cuts = append(cuts, cut{at: end, moved: out.Len() - end})
	}
	return crossReference(out, file, at, cuts)
}

// cut says by how much what stands behind a place in the file has moved.
type cut struct{ at, moved int }

func moved(cuts []cut, offset int) int {
	by := 0
	for _, c := range cuts {
		if offset < c.at {
			break
		}
		by = c.moved
	}
	return offset + by
}

// content finds the stream that holds a mark: from its dictionary to its end.
func content(file []byte, from int, mark string) (begin, end int, err error) {
	found := bytes.Index(file[from:], []byte(mark))
	if found >= 0 {
		begin = bytes.LastIndex(file[:from+found], []byte("<</Length "))
		end = bytes.Index(file[from+found:], []byte("endstream"))
	}
	if found < 0 || begin < from || end < 0 {
		return 0, 0, fmt.Errorf("pdf: the mark %q is not in the file", mark)
	}
	return begin, from + found + end, nil
}

// crossReference writes the rest of the file with the cross-reference table (ISO 32000-1, 7.5.4) and its
// place corrected.
func crossReference(out *bytes.Buffer, file []byte, at int, cuts []cut) ([]byte, error) {
	wrong := fmt.Errorf("pdf: the file has no cross-reference table")
	place := bytes.LastIndex(file, []byte("startxref\n"))
	if place < 0 {
		return nil, wrong
	}
	number, _, _ := bytes.Cut(file[place+len("startxref\n"):], []byte("\n"))
	xref, err := strconv.Atoi(string(number))
	if err != nil || xref < at || xref > place {
		return nil, wrong
	}
	trailer := bytes.Index(file[xref:], []byte("trailer"))
	if trailer < 0 {
		return nil, wrong
	}
	out.Write(file[at:xref])
	begins := out.Len()
	for line := range bytes.Lines(file[xref : xref+trailer]) {
		if offset, inUse := bytes.CutSuffix(line, []byte(" 00000 n \n")); inUse {
			old, err := strconv.Atoi(string(offset))
			if err != nil {
				return nil, wrong
			}
			fmt.Fprintf(out, "%010d 00000 n \n", moved(cuts, old))
			continue
		}
		out.Write(line)
	}
	out.Write(file[xref+trailer : place])
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", begins)
	return out.Bytes(), nil
}

package pdf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"packbench/backend/base/errs"
	"packbench/backend/core/document"
)

// pdfcpu reads the files, and each page with all that it needs is written on at once: a thousand files are never in memory
// as objects, and what many of them have in common, such as a font, is written once. Its package api would join files as
// well, but importing it costs every start of the program some 50 ms: it brings in tables for terminal output.

func init() { model.ConfigPath = "disable" } // or pdfcpu makes a folder of settings for the user

// Objects of the joined file that are written last.
const (
	catalogObject = 1
	pagesObject   = 2
	infoObject    = 3
)

// Binder joins PDF files; see document.Binder.
type Binder struct {
	out    bytes.Buffer
	begins []int               // where each object begins; the index is its number
	known  map[[32]byte]object // what was written, by its content
	added  [][32]byte          // to known, by the file in hand
	bound  bool
}

// object is the number of an object of the joined file.
type object int

// NewBinder begins an empty file.
func NewBinder() *Binder {
	b := &Binder{known: map[[32]byte]object{}, begins: make([]int, infoObject+1)}
	b.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return b
}

// NewBinder begins an empty file.
func (Drawer) NewBinder() document.Binder { return NewBinder() }

// Add takes a file in and gives the objects of its pages. Invalid: it is no PDF that can be read, or is encrypted.
func (b *Binder) Add(file []byte) (pages []int, err error) {
	if b.bound {
		return nil, errs.New(errs.Internal, "The file is bound; nothing can be added to it.")
	}
	length, count := b.out.Len(), len(b.begins)
	b.added = b.added[:0]
	err = caught(func() error {
		source, err := read(file)
		if err != nil {
			return err
		}
		pages, err = b.pages(source)
		return err
	})
	if err == nil {
		return pages, nil
	}
	b.out.Truncate(length)
	b.begins = b.begins[:count]
	for _, sum := range b.added {
		delete(b.known, sum)
	}
	if errors.Is(err, errEncrypted) {
		return nil, errs.Wrap(err, errs.Invalid, "This PDF is encrypted and can't be joined to others. Print it by itself.")
	}
	return nil, errs.Wrap(err, errs.Invalid, "This is no PDF that can be read. Fetch it again, or print it by itself.")
}

// Bind gives the file of the pages in their order.
func (b *Binder) Bind(title string, createdMs int64, pages []int) ([]byte, error) {
	switch {
	case len(pages) == 0:
		return nil, errs.New(errs.Invalid, "There is no page to join; choose at least one document.")
	case b.bound:
		return nil, errs.New(errs.Internal, "The file is bound already.")
	}
	b.bound = true
	var kids strings.Builder
	for _, page := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", page)
	}
	b.put(catalogObject, fmt.Appendf(nil, "<</Type/Catalog/Pages %d 0 R>>", pagesObject))
	b.put(pagesObject, fmt.Appendf(nil, "<</Type/Pages/Count %d/Kids[%s]>>", len(pages), strings.TrimSpace(kids.String())))
	created := time.UnixMilli(createdMs).UTC().Format("20060102150405")
	b.put(infoObject, fmt.Appendf(nil, "<</Title%s/Producer(Packbench)/CreationDate(D:%sZ)>>", textString(title), created))
	table := b.out.Len()
	fmt.Fprintf(&b.out, "xref\n0 %d\n0000000000 65535 f \n", len(b.begins))
	for _, begin := range b.begins[1:] {
		fmt.Fprintf(&b.out, "%010d 00000 n \n", begin)
	}
	fmt.Fprintf(&b.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(b.begins), catalogObject, infoObject, table)
	return b.out.Bytes(), nil
}

// put writes an object under a number.
func (b *Binder) put(number object, content []byte) {
	b.begins[number] = b.out.Len()
	fmt.Fprintf(&b.out, "%d 0 obj\n", number)
	b.out.Write(content)
	b.out.WriteString("\nendobj\n")
}

// reserve gives the next number.
func (b *Binder) reserve() object {
	b.begins = append(b.begins, 0)
	return object(len(b.begins) - 1)
}

// once writes an object, or gives the number of the same one written before.
func (b *Binder) once(content []byte) object {
	sum := sha256.Sum256(content)
	if number, written := b.known[sum]; written {
		return number
	}
	number := b.reserve()
	b.put(number, content)
	b.known[sum] = number
	b.added = append(b.added, sum)
	return number
}

var errEncrypted = errors.New("pdf: the file is encrypted")

// read reads a file as forgivingly as viewers do.
func read(file []byte) (*model.Context, error) {
	configuration := model.NewDefaultConfiguration()
	configuration.Cmd = model.MERGECREATE
	configuration.ValidationMode = model.ValidationRelaxed
	source, err := pdfcpu.Read(bytes.NewReader(file), configuration)
	if err != nil {
		return nil, err
	}
	if source.Encrypt != nil {
		return nil, errEncrypted
	}
	return source, nil
}

// caught runs a step of pdfcpu, which panics on files that are odd enough.
func caught(step func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("pdf: reading: %v", fault)
		}
	}()
	return step()
}

// textString writes a text as PDF wants it: UTF-16 in hexadecimal digits.
func textString(text string) string {
	return fmt.Sprintf("<%X>", types.EncodeUTF16String(text))
}

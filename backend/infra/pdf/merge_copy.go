package pdf

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// What a file may hold at most; the deepest that real files have is far below.
const (
	mostDepth = 200
	mostPages = 10_000
)

// inherited are the entries that a page takes from the nodes above it (ISO 32000-1, 7.7.3.4).
var inherited = []string{"Resources", "MediaBox", "CropBox", "Rotate"}

// ownEntries are the other entries of a page that show on paper.
var ownEntries = []string{"Contents", "Group", "UserUnit", "BleedBox", "TrimBox", "ArtBox"}

// annotationEntries are what shows of an annotation; where it leads to is left out.
var annotationEntries = []string{"Type", "Subtype", "Rect", "AP", "AS", "F", "OC"}

// copier writes pages of one file.
type copier struct {
	*Binder
	source  *model.Context
	written map[int]object // by the number in the source
	pages   []int
	nodes   map[int]bool // of the page tree, so that a circle ends
}

// pages writes the pages of a file on and gives their objects.
func (b *Binder) pages(source *model.Context) ([]int, error) {
	root, err := source.Catalog()
	if err != nil {
		return nil, err
	}
	c := &copier{Binder: b, source: source, written: map[int]object{}, nodes: map[int]bool{}}
	tree, found := root.Find("Pages")
	if !found {
		return nil, fmt.Errorf("pdf: the file has no pages")
	}
	if err := c.node(tree, types.Dict{}, 0); err != nil {
		return nil, err
	}
	if len(c.pages) == 0 {
		return nil, fmt.Errorf("pdf: the file has no page")
	}
	return c.pages, nil
}

// node writes the pages under a node of the page tree.
func (c *copier) node(o types.Object, above types.Dict, depth int) error {
	if ref, is := o.(types.IndirectRef); is {
		number := ref.ObjectNumber.Value()
		if c.nodes[number] {
			return fmt.Errorf("pdf: the pages run in a circle")
		}
		c.nodes[number] = true
	}
	if depth > mostDepth || len(c.pages) >= mostPages {
		return fmt.Errorf("pdf: the file has too many pages")
	}
	node, err := c.source.DereferenceDict(o)
	if err != nil {
		return err
	}
	if node == nil {
		return fmt.Errorf("pdf: a page is missing")
	}
	given := maps.Clone(above)
	for _, key := range inherited {
		if value, has := node.Find(key); has {
			given[key] = value
		}
	}
	children, has := node.Find("Kids")
	if !has {
		return c.page(node, given)
	}
	kids, err := c.source.DereferenceArray(children)
	if err != nil {
		return err
	}
	for _, kid := range kids {
		if err := c.node(kid, given, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// page writes one page with what it inherits.
func (c *copier) page(node, given types.Dict) error {
	for _, key := range ownEntries {
		if value, has := node.Find(key); has {
			given[key] = value
		}
	}
	if list, has := node.Find("Annots"); has {
		shown, err := c.annotations(list)
		if err != nil {
			return err
		}
		given["Annots"] = shown
	}
	if given["MediaBox"] == nil {
		return fmt.Errorf("pdf: a page has no size")
	}
	if given["Resources"] == nil {
		given["Resources"] = types.Dict{}
	}
	content, err := c.dict(given, 0)
	if err != nil {
		return err
	}
	number := c.reserve()
	c.put(number, slices.Concat([]byte(fmt.Sprintf("<</Type/Page/Parent %d 0 R", pagesObject)), content[len("<<"):]))
	c.pages = append(c.pages, int(number))
	return nil
}

// annotations gives what shows of a page's annotations: a stamp or a filled field is part of the picture.
func (c *copier) annotations(o types.Object) (types.Array, error) {
	list, err := c.source.DereferenceArray(o)
	if err != nil {
		return nil, err
	}
	var shown types.Array
	for _, o := range list {
		whole, err := c.source.DereferenceDict(o)
		if err != nil {
			return nil, err
		}
		kept := types.Dict{}
		for _, key := range annotationEntries {
			if value, has := whole.Find(key); has {
				kept[key] = value
			}
		}
		if kept["AP"] != nil {
			shown = append(shown, kept)
		}
	}
	return shown, nil
}

// object gives an object's text in the joined file; what it refers to is written first.
func (c *copier) object(o types.Object, depth int) ([]byte, error) {
	if depth > mostDepth {
		return nil, fmt.Errorf("pdf: objects lie too deep in one another")
	}
	switch o := o.(type) {
	case nil:
		return []byte("null"), nil
	case types.IndirectRef:
		number, err := c.reference(o.ObjectNumber.Value(), o, depth)
		if err != nil || number == 0 {
			return []byte("null"), err
		}
		return fmt.Appendf(nil, "%d 0 R", number), nil
	case types.Dict:
		return c.dict(o, depth)
	case types.Array:
		out := []byte{'['}
		for i, part := range o {
			text, err := c.object(part, depth+1)
			if err != nil {
				return nil, err
			}
			if i > 0 {
				out = append(out, ' ')
			}
			out = append(out, text...)
		}
		return append(out, ']'), nil
	case types.StreamDict:
		return c.stream(o, depth)
	case types.Float:
		return strconv.AppendFloat(nil, o.Value(), 'f', -1, 64), nil
	}
	return []byte(o.PDFString()), nil
}

// dict writes entries by name, so that equal ones give equal texts.
func (c *copier) dict(d types.Dict, depth int) ([]byte, error) {
	out := []byte("<<")
	for _, key := range slices.Sorted(maps.Keys(d)) {
		text, err := c.object(d[key], depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, types.Name(key).PDFString()...)
		out = append(append(out, ' '), text...)
	}
	return append(out, ">>"...), nil
}

// stream writes a stream as it is kept, compressed or not.
func (c *copier) stream(s types.StreamDict, depth int) ([]byte, error) {
	entries := maps.Clone(s.Dict)
	entries["Length"] = types.Integer(len(s.Raw))
	out, err := c.dict(entries, depth)
	if err != nil {
		return nil, err
	}
	return slices.Concat(out, []byte("\nstream\n"), s.Raw, []byte("\nendstream")), nil
}

// reference gives the number of a source's object in the joined file; 0 for one that the source does not have. Objects that
// lead back to themselves can't be written before they are known, and nothing that is drawn does: such a reference is
// dropped.
func (c *copier) reference(number int, ref types.IndirectRef, depth int) (object, error) {
	if known, begun := c.written[number]; begun {
		return known, nil
	}
	c.written[number] = 0
	target, err := c.source.Dereference(ref)
	if err != nil || target == nil {
		return 0, err
	}
	content, err := c.object(target, depth+1)
	if err != nil {
		return 0, err
	}
	c.written[number] = c.once(content)
	return c.written[number], nil
}

package order

import (
	"encoding/json"
	"strings"
)

// maxDepth is how deep encoding/json lets values stand in one another.
const maxDepth = 10_000

// document reads JSON into nodes, many times faster than encoding/json makes plain values of it. It only finds that
// something is wrong: what, and where, is encoding/json's to say. The text is valid UTF-8; the nodes share it.
type document struct {
	text     string
	at       int // up to where it is read
	depth    int // of objects and lists
	nodes    []node
	shipment string // the top object's member, as it is written
}

// read reads the one value the text is.
func (d *document) read() bool {
	return d.value("") && strings.TrimSpace(d.text[d.at:]) == ""
}

// value reads what stands next, under a key where it is in an object.
func (d *document) value(key string) (ok bool) {
	n := node{key: key, size: 1}
	d.space()
	switch d.peek() {
	case '{':
		return d.inside(key, isObject, '}')
	case '[':
		return d.inside(key, isList, ']')
	case '"':
		n.kind = isText
		n.text, ok = d.quoted()
	case 't':
		n.kind = isTruth
		n.text, ok = d.word("true")
	case 'f':
		n.kind = isTruth
		n.text, ok = d.word("false")
	case 'n':
		_, ok = d.word("null")
	default:
		n.kind = isNumber
		n.text, ok = d.number()
	}
	d.nodes = append(d.nodes, n)
	return ok
}

// inside reads an object or a list.
func (d *document) inside(key string, kind kind, end byte) bool {
	at := len(d.nodes)
	d.nodes = append(d.nodes, node{key: key, kind: kind})
	d.at++
	d.depth++
	ok := d.depth <= maxDepth && (d.next(end) || d.members(kind, end))
	d.depth--
	d.nodes[at].size = len(d.nodes) - at
	return ok
}

func (d *document) members(kind kind, end byte) bool {
	for {
		key := ""
		if kind == isObject {
			var ok bool
			d.space()
			if key, ok = d.quoted(); !ok || !d.next(':') {
				return false
			}
		}
		d.space()
		from := d.at
		if !d.value(key) {
			return false
		}
		if d.depth == 1 && key == "shipment" {
			d.shipment = d.text[from:d.at]
		}
		if !d.next(',') {
			return d.next(end)
		}
	}
}

// quoted reads a string.
func (d *document) quoted() (text string, ok bool) {
	if d.peek() != '"' {
		return "", false
	}
	rest, escapes := d.text[d.at:], false
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			d.at += i + 1
			if escapes {
				return unescaped(rest[:i+1])
			}
			return rest[1:i], true
		case c == '\\':
			escapes = true
			i++
		case c < ' ':
			return "", false
		}
	}
	return "", false
}

// unescaped reads a string with escapes, which are rare enough to be left to encoding/json.
func unescaped(quoted string) (text string, ok bool) {
	err := json.Unmarshal([]byte(quoted), &text)
	return text, err == nil
}

// number reads a number as RFC 8259 (section 6) has it.
func (d *document) number() (text string, ok bool) {
	from := d.at
	d.take('-')
	ok = d.take('0') || d.digits()
	if d.take('.') {
		ok = d.digits() && ok
	}
	if d.take('e') || d.take('E') {
		_ = d.take('+') || d.take('-')
		ok = d.digits() && ok
	}
	return d.text[from:d.at], ok
}

func (d *document) digits() bool {
	from := d.at
	for c := d.peek(); c >= '0' && c <= '9'; c = d.peek() {
		d.at++
	}
	return d.at > from
}

func (d *document) word(w string) (text string, ok bool) {
	ok = strings.HasPrefix(d.text[d.at:], w)
	if ok {
		d.at += len(w)
	}
	return w, ok
}

// next takes a sign, with the white space before it.
func (d *document) next(sign byte) bool {
	d.space()
	return d.take(sign)
}

func (d *document) take(sign byte) bool {
	if d.peek() != sign {
		return false
	}
	d.at++
	return true
}

func (d *document) space() {
	for c := d.peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = d.peek() {
		d.at++
	}
}

// peek gives the byte that stands next; 0, which JSON has nowhere, at the end.
func (d *document) peek() byte {
	if d.at < len(d.text) {
		return d.text[d.at]
	}
	return 0
}

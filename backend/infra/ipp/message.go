package ipp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// The operations that are used (RFC 8011 §5.4.15; CUPS's own begin at 0x4000).
const (
	opPrintJob                   = 0x0002
	opGetJobAttributes           = 0x0009
	opGetPrinterAttributes       = 0x000b
	opCUPSGetPrinters            = 0x4002
	statusOKUpTo                 = 0x00ff
	statusServerErrorBusy        = 0x0507
	version11                    = 0x0101 // every IPP printer and every CUPS answers 1.1
	tagOperation                 = 0x01
	tagJob                       = 0x02
	tagEnd                       = 0x03
	tagPrinter                   = 0x04
	firstValueTag                = 0x10 // below are the tags that begin a group (RFC 8010 §3.5.1)
	tagInteger                   = 0x21
	tagBoolean                   = 0x22
	tagEnum                      = 0x23
	tagResolution                = 0x32
	tagTextWithLanguage          = 0x35
	tagNameWithLanguage          = 0x36
	tagText                      = 0x41
	tagName                      = 0x42
	tagKeyword                   = 0x44
	tagURI                       = 0x45
	tagCharset                   = 0x47
	tagNaturalLanguage           = 0x48
	tagMimeType                  = 0x49
	headerBytes                  = 8
	requestID              int32 = 1 // one request a connection
)

// message is a request or an answer, without the document behind it (RFC 8010 §3).
type message struct {
	code   uint16 // the operation, or the status of an answer
	groups []group
}

type group struct {
	tag   byte
	attrs []attribute
}

type attribute struct {
	name   string
	values []value
}

type value struct {
	tag  byte
	data []byte
}

func text(tag byte, name string, values ...string) attribute {
	a := attribute{name: name}
	for _, v := range values {
		a.values = append(a.values, value{tag, []byte(v)})
	}
	return a
}

func integer(name string, n int32) attribute {
	return attribute{name, []value{{tagInteger, binary.BigEndian.AppendUint32(nil, uint32(n))}}}
}

// request begins a request with what each must begin with (RFC 8011 §4.1.4); target is the printer, "" for the server.
func request(operation uint16, target string, attrs ...attribute) message {
	first := []attribute{text(tagCharset, "attributes-charset", "utf-8"), text(tagNaturalLanguage, "attributes-natural-language", "en")}
	if target != "" {
		first = append(first, text(tagURI, "printer-uri", target))
	}
	return message{operation, []group{{tagOperation, append(first, attrs...)}}}
}

func (m message) encode() []byte {
	out := binary.BigEndian.AppendUint16(nil, version11)
	out = binary.BigEndian.AppendUint16(out, m.code)
	out = binary.BigEndian.AppendUint32(out, uint32(requestID))
	for _, g := range m.groups {
		out = append(out, g.tag)
		for _, a := range g.attrs {
			name := a.name
			for _, v := range a.values {
				out = append(out, v.tag)
				out = appendSized(out, []byte(name))
				out = appendSized(out, v.data)
				name = "" // a further value of the same attribute
			}
		}
	}
	return append(out, tagEnd)
}

func appendSized(out, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16(out, uint16(len(data))), data...)
}

var errShort = errors.New("ipp: the answer ends in the middle")

// decode reads an answer. Members of collections become further values of their attribute; nothing here asks for them.
func decode(raw []byte) (message, error) {
	if len(raw) < headerBytes {
		return message{}, errShort
	}
	if major := raw[0]; major < 1 || major > 2 {
		return message{}, fmt.Errorf("ipp: the answer is of version %d", major)
	}
	m := message{code: binary.BigEndian.Uint16(raw[2:])}
	for rest := raw[headerBytes:]; ; {
		if len(rest) == 0 {
			return message{}, errShort
		}
		tag := rest[0]
		rest = rest[1:]
		if tag == tagEnd {
			return m, nil
		}
		if tag < firstValueTag {
			m.groups = append(m.groups, group{tag: tag})
			continue
		}
		var name, data []byte
		var err error
		if name, rest, err = sized(rest); err != nil {
			return message{}, err
		}
		if data, rest, err = sized(rest); err != nil {
			return message{}, err
		}
		if err := m.take(tag, string(name), data); err != nil {
			return message{}, err
		}
	}
}

func sized(raw []byte) (data, rest []byte, err error) {
	if len(raw) < 2 {
		return nil, nil, errShort
	}
	n := int(binary.BigEndian.Uint16(raw))
	if len(raw) < 2+n {
		return nil, nil, errShort
	}
	return raw[2 : 2+n], raw[2+n:], nil
}

// take adds a value: to a new attribute where it has a name, else to the one before.
func (m *message) take(tag byte, name string, data []byte) error {
	if len(m.groups) == 0 {
		return errors.New("ipp: a value stands before any group")
	}
	g := &m.groups[len(m.groups)-1]
	if name != "" {
		g.attrs = append(g.attrs, attribute{name: name})
	}
	if len(g.attrs) == 0 {
		return errors.New("ipp: a further value stands before any attribute")
	}
	a := &g.attrs[len(g.attrs)-1]
	a.values = append(a.values, value{tag, data})
	return nil
}

// group gives the first group of a tag, empty where there is none.
func (m message) group(tag byte) group {
	for _, g := range m.groups {
		if g.tag == tag {
			return g
		}
	}
	return group{tag: tag}
}

func (g group) values(name string) []value {
	for _, a := range g.attrs {
		if a.name == name {
			return a.values
		}
	}
	return nil
}

// texts gives an attribute's values as text; text with a language loses the language.
func (g group) texts(name string) []string {
	var out []string
	for _, v := range g.values(name) {
		data := v.data
		if v.tag == tagTextWithLanguage || v.tag == tagNameWithLanguage {
			if _, rest, err := sized(data); err == nil {
				data, _, _ = sized(rest)
			}
		}
		out = append(out, strings.ToValidUTF8(string(data), "�"))
	}
	return out
}

func (g group) text(name string) string {
	if all := g.texts(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

// integer gives an integer or enum; 0 where there is none.
func (g group) integer(name string) int32 {
	for _, v := range g.values(name) {
		if (v.tag == tagInteger || v.tag == tagEnum) && len(v.data) == 4 {
			return int32(binary.BigEndian.Uint32(v.data))
		}
	}
	return 0
}

// no reports that a boolean is there and false.
func (g group) no(name string) bool {
	for _, v := range g.values(name) {
		return v.tag == tagBoolean && len(v.data) == 1 && v.data[0] == 0
	}
	return false
}

// dotsPerInch gives the resolutions in dots per inch of printers whose dots are square (RFC 8010 §3.9: two integers and
// a unit, 3 for inch).
func (g group) dotsPerInch(name string) []int {
	var out []int
	for _, v := range g.values(name) {
		if v.tag == tagResolution && len(v.data) == 9 && v.data[8] == 3 {
			across, feed := binary.BigEndian.Uint32(v.data), binary.BigEndian.Uint32(v.data[4:])
			if across == feed && across < 10_000 {
				out = append(out, int(across))
			}
		}
	}
	return out
}

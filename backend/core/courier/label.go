package courier

import (
	"bytes"

	"packbench/backend/base/errs"
)

// FormatOf tells a label file's format by its first bytes, "" for a file that is no label.
func FormatOf(file []byte) Format {
	for _, f := range []Format{PDF, PNG, ZPL} {
		if f.Matches(file) {
			return f
		}
	}
	return ""
}

// NoLabelYet is what is told of a purchase whose label could not be had, and why: it stands all the same.
func NoLabelYet(cause error) Warning {
	return Warning{Field: "label", Message: "The label was bought and could not be fetched yet: " + errs.As(cause).Message}
}

// Matches reports whether a file's first bytes are those of the format, so that a web page or an error message is never
// kept as a label.
func (f Format) Matches(file []byte) bool {
	switch f {
	case PDF:
		return bytes.HasPrefix(file, []byte("%PDF-"))
	case PNG:
		return bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n"))
	case ZPL:
		head := file[:min(len(file), 512)]
		return bytes.Contains(head, []byte("^XA")) || bytes.Contains(head, []byte("~"))
	}
	return false
}

package courier

import "bytes"

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

package order

import (
	"bytes"
	"encoding/json"
)

// member gives the bytes of a value of a JSON object that is known to be valid, nil where there is no such key. Of two
// equal keys the last counts, as it does for encoding/json.
func member(body []byte, key string) json.RawMessage {
	var found json.RawMessage
	depth, start, isKey := 0, 0, false
	name := ""
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '"':
			end := quoted(body, i)
			if depth == 1 && isKey {
				name = text(body[i:end])
				isKey = false
			}
			i = end - 1
		case '{', '[':
			depth++
			isKey = isKey || depth == 1
		case ':':
			if depth == 1 {
				start = i + 1
			}
		case ',', '}', ']':
			if depth == 1 && name == key && start > 0 {
				found = bytes.Clone(bytes.TrimSpace(body[start:i]))
			}
			if body[i] != ',' {
				depth--
			} else if depth == 1 {
				isKey, start = true, 0
			}
		}
	}
	return found
}

// quoted gives the end of the string that begins at start.
func quoted(body []byte, start int) int {
	for i := start + 1; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}

// text reads a JSON string, which may be written with escapes.
func text(quoted []byte) string {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	var s string
	if json.Unmarshal(quoted, &s) != nil {
		return ""
	}
	return s
}

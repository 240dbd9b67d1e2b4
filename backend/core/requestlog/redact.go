package requestlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/secret"
)

// shortestSecret is the fewest bytes a secret has that is looked for in texts: shorter ones would hit by chance.
const shortestSecret = 8

// Redact gives a body as the log keeps it, when it is JSON. Of another only its length is kept, because nothing says what
// in it is secret.
func Redact(body []byte, secrets ...string) string {
	if len(body) > 0 && !json.Valid(body) {
		return fmt.Sprintf("[%d bytes that are not JSON]", len(body))
	}
	return RedactJSON(body, secrets...)
}

// RedactJSON gives a body that is known to be JSON, or empty, as the log keeps it: the values of secret fields, tokens and
// account keys, signatures of links and the given secrets replaced, files reduced to their length, cut at BodyLimit.
func RedactJSON(body []byte, secrets ...string) string {
	r := redactor{in: body, secrets: secrets, marks: marksIn(body, secrets), escaped: bytes.IndexByte(body, '\\') >= 0}
	r.out.Grow(len(body) + 64)
	r.run()
	return cut(r.out.String())
}

// RedactURL gives a path with its query as the log keeps it.
func RedactURL(path, query string, secrets ...string) string {
	path = RedactText(path, secrets...)
	if query == "" {
		return path
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		plainName, errName := url.QueryUnescape(name)
		plain, errValue := url.QueryUnescape(value)
		if errName != nil || errValue != nil || kindOf([]byte(plainName)) == private || RedactText(plain, secrets...) != plain {
			pairs[i] = RedactText(name, secrets...) + "=" + secret.Redacted
		}
	}
	return cut(path + "?" + strings.Join(pairs, "&"))
}

// RedactText gives a text with tokens, account keys, signatures of links and the given secrets replaced.
func RedactText(text string, secrets ...string) string {
	for _, s := range secrets {
		if len(s) >= shortestSecret && strings.Contains(text, s) {
			text = strings.ReplaceAll(text, s, secret.Redacted)
		}
	}
	for _, mark := range valueMarks {
		if strings.Contains(text, mark) {
			text = hideAfter(text, mark)
		}
	}
	return text
}

// valueMarks begin values that are secret wherever they stand.
var valueMarks = []string{"pkt_live_", "pkt_test_", "pka_live_", "pka_test_", "signature="}

// hideAfter replaces what follows each mark, as far as letters, digits, "-" and "_" go.
func hideAfter(text, mark string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, mark)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		out.WriteString(mark)
		end := strings.IndexFunc(after, func(c rune) bool {
			return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_'
		})
		if end < 0 {
			end = len(after)
		}
		if end > 0 {
			out.WriteString(secret.Redacted)
		}
		text = after[end:]
	}
}

// redactor copies valid JSON from in to out, so it need not look for mistakes.
type redactor struct {
	in      []byte
	copied  int // in has been copied, or replaced, up to here
	out     strings.Builder
	secrets []string
	marks   []mark // what in holds, unescaped, that looks like a secret
	escaped bool   // in holds a text with an escape: most bodies don't, and need no second look at each of their texts
}

// mark is how a secret begins, or all of it, and where in a body it stands next: behind its end where it does no more.
type mark struct {
	text []byte
	next int
}

// marksIn gives those of valueMarks and the secrets that a body holds; next is where each stands first.
func marksIn(body []byte, secrets []string) (found []mark) {
	look := func(text string) {
		if at := bytes.Index(body, []byte(text)); at >= 0 {
			found = append(found, mark{[]byte(text), at})
		}
	}
	for _, text := range valueMarks {
		look(text)
	}
	for _, s := range secrets {
		if len(s) >= shortestSecret {
			look(s)
		}
	}
	return found
}

// marked reports whether a mark begins between two places. They come in order, so that all in all a mark is looked for only
// once in the body, however many texts hold it.
func (r *redactor) marked(from, to int) bool {
	held := false
	for i := range r.marks {
		m := &r.marks[i]
		if m.next < from {
			if at := bytes.Index(r.in[from:], m.text); at >= 0 {
				m.next = from + at
			} else {
				m.next = len(r.in)
			}
		}
		held = held || m.next < to
	}
	return held
}

func (r *redactor) run() {
	at := 0
	for {
		quote := bytes.IndexByte(r.in[at:], '"')
		if quote < 0 {
			break
		}
		start := at + quote
		at = r.stringEnd(start)
		r.checkText(start, at)
		if colon := r.pastSpace(at); colon < len(r.in) && r.in[colon] == ':' {
			at = r.checkValueOf(start, at, colon)
		}
	}
	r.out.Write(r.in[r.copied:])
}

// replace writes something instead of what stands between two places.
func (r *redactor) replace(from, to int, instead string) {
	r.out.Write(r.in[r.copied:from])
	r.out.WriteString(instead)
	r.copied = to
}

// checkValueOf replaces the colon and the value behind a name that stands between two places, where the name says that the
// value stays out of the log. It gives where to go on.
func (r *redactor) checkValueOf(start, end, colon int) int {
	kind := names.kindOf(r.plainText(start, end))
	if kind == plain {
		return colon + 1
	}
	from := r.pastSpace(colon + 1)
	next := r.valueEnd(from)
	if kind == bulky {
		r.replace(end, next, fmt.Sprintf(`:"[%d bytes]"`, next-from))
	} else {
		r.replace(end, next, `:"`+secret.Redacted+`"`)
	}
	return next
}

// checkText replaces secrets in the quoted string between two places; all of it, where it is escaped.
func (r *redactor) checkText(start, end int) {
	if r.escaped && bytes.IndexByte(r.in[start:end], '\\') >= 0 {
		if text := string(r.plainText(start, end)); RedactText(text, r.secrets...) != text {
			r.replace(start, end, `"`+secret.Redacted+`"`)
		}
		return
	}
	if r.marked(start, end) {
		text := string(r.in[start:end])
		if redacted := RedactText(text, r.secrets...); redacted != text {
			r.replace(start, end, redacted)
		}
	}
}

func (r *redactor) pastSpace(i int) int {
	for i < len(r.in) && (r.in[i] == ' ' || r.in[i] == '\t' || r.in[i] == '\n' || r.in[i] == '\r') {
		i++
	}
	return i
}

func (r *redactor) stringEnd(start int) int {
	i := start + 1
	for {
		quote := bytes.IndexByte(r.in[i:], '"')
		if quote < 0 {
			return len(r.in)
		}
		if !r.escaped {
			return i + quote + 1
		}
		escape := bytes.IndexByte(r.in[i:i+quote], '\\')
		if escape < 0 {
			return i + quote + 1
		}
		i += escape + 2
	}
}

// valueEnd gives where the value that starts at start ends.
func (r *redactor) valueEnd(start int) int {
	depth := 0
	for i := start; i < len(r.in); i++ {
		switch r.in[i] {
		case '"':
			i = r.stringEnd(i) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth == 0 {
				return i // what a number, true, false or null stands in ends here
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(r.in)
}

// plainText gives the content of the quoted string between two places.
func (r *redactor) plainText(start, end int) []byte {
	quoted := r.in[start:end]
	if !r.escaped || bytes.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var text string
	if err := json.Unmarshal(quoted, &text); err != nil {
		return quoted
	}
	return []byte(text)
}

// cut ends a text at BodyLimit, between characters.
func cut(text string) string {
	if len(text) <= BodyLimit {
		return text
	}
	end := BodyLimit - len("…")
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

package requestlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/secret"
)

// secretNames are fields whose whole value is replaced; secretParts make any field secret whose name holds them. Names are
// compared in lower case without "_", "-", "." and spaces.
var (
	secretNames = map[string]bool{
		"auth": true, "key": true, "pin": true, "headers": true, "cookie": true, "authorization": true, "signature": true,
	}
	secretParts = [][]byte{
		[]byte("password"), []byte("passphrase"), []byte("passwd"), []byte("secret"), []byte("token"),
		[]byte("credential"), []byte("apikey"), []byte("accesskey"), []byte("privatekey"),
	}
)

// bulkyNames are fields whose value is a file: their length is kept, not their content.
var bulkyNames = map[string]bool{"labelbase64": true}

// shortestSecret is the fewest bytes a secret has that is looked for in texts: shorter ones would hit by chance.
const shortestSecret = 8

// Redact gives a JSON body as the log keeps it: the values of secret fields, tokens and account keys, signatures of links
// and the given secrets replaced, files reduced to their length, cut at BodyLimit. Of a body that is not JSON only its
// length is kept, because nothing says what in it is secret.
func Redact(body []byte, secrets ...string) string {
	if len(body) == 0 {
		return ""
	}
	if !json.Valid(body) {
		return fmt.Sprintf("[%d bytes that are not JSON]", len(body))
	}
	r := redactor{in: body, secrets: secrets, marked: marked(body, secrets)}
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
		if errName != nil || errValue != nil || secretName([]byte(plainName)) || RedactText(plain, secrets...) != plain {
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
	at      int
	out     strings.Builder
	secrets []string
	marked  bool // in holds something that looks like a secret, unescaped
}

func (r *redactor) run() {
	for r.at < len(r.in) {
		quote := bytes.IndexByte(r.in[r.at:], '"')
		if quote < 0 {
			r.out.Write(r.in[r.at:])
			return
		}
		r.out.Write(r.in[r.at : r.at+quote])
		r.at += quote
		text := r.in[r.at:r.stringEnd(r.at)]
		r.at += len(text)
		r.writeText(text)
		if next := r.pastSpace(r.at); next < len(r.in) && r.in[next] == ':' {
			r.writeValueOf(plainText(text))
		}
	}
}

// writeValueOf copies the colon and, where the name says that the value stays out of the log, what stands for it.
func (r *redactor) writeValueOf(name []byte) {
	start := r.pastSpace(r.pastSpace(r.at) + 1)
	switch {
	case bulkyName(name):
		end := r.valueEnd(start)
		fmt.Fprintf(&r.out, `:"[%d bytes]"`, end-start)
		r.at = end
	case secretName(name):
		r.out.WriteString(`:"` + secret.Redacted + `"`)
		r.at = r.valueEnd(start)
	default:
		r.out.Write(r.in[r.at:start])
		r.at = start
	}
}

// writeText copies a quoted string; where it is escaped and holds a secret, all of it is replaced.
func (r *redactor) writeText(quoted []byte) {
	if bytes.IndexByte(quoted, '\\') >= 0 {
		if plain := string(plainText(quoted)); RedactText(plain, r.secrets...) != plain {
			r.out.WriteString(`"` + secret.Redacted + `"`)
			return
		}
	} else if r.marked {
		r.out.WriteString(RedactText(string(quoted), r.secrets...))
		return
	}
	r.out.Write(quoted)
}

func marked(body []byte, secrets []string) bool {
	has := func(s string) bool { return bytes.Contains(body, []byte(s)) }
	return slices.ContainsFunc(valueMarks, has) ||
		slices.ContainsFunc(secrets, func(s string) bool { return len(s) >= shortestSecret && has(s) })
}

func (r *redactor) pastSpace(i int) int {
	for i < len(r.in) && (r.in[i] == ' ' || r.in[i] == '\t' || r.in[i] == '\n' || r.in[i] == '\r') {
		i++
	}
	return i
}

func (r *redactor) stringEnd(start int) int {
	for i := start + 1; i < len(r.in); i++ {
		switch r.in[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(r.in)
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

// plainText gives the content of a quoted string.
func plainText(quoted []byte) []byte {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var text string
	if err := json.Unmarshal(quoted, &text); err != nil {
		return quoted
	}
	return []byte(text)
}

func secretName(name []byte) bool {
	var space [48]byte
	n := normal(space[:0], name)
	if secretNames[string(n)] {
		return true
	}
	for _, part := range secretParts {
		if bytes.Contains(n, part) {
			return true
		}
	}
	return false
}

func bulkyName(name []byte) bool {
	var space [48]byte
	return bulkyNames[string(normal(space[:0], name))]
}

// normal appends the name in the form in which names are compared.
func normal(out, name []byte) []byte {
	for _, c := range name {
		switch {
		case c == '_' || c == '-' || c == '.' || c == ' ':
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		default:
			out = append(out, c)
		}
	}
	return out
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

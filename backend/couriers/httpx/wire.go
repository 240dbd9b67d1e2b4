package httpx

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	shortest    = 4     // characters a value needs to be hidden: less would blot out everything
	entriesKept = 12    // of one operation
	textKept    = 300   // characters of one value: a label's bytes are not for reading
	bodyKept    = 16000 // bytes of one body
)

// wire is what went over the wire in one operation, without secrets and without headers.
type wire struct{ entries []*entry }

type entry struct {
	Request string          `json:"request"`
	Sent    json.RawMessage `json:"sent,omitempty"`
	Status  int             `json:"status,omitempty"`
	Answer  json.RawMessage `json:"answer,omitempty"`
	Failed  string          `json:"failed,omitempty"`
	TookMs  int64           `json:"took_ms"`
}

func (w *wire) begin(request string, sent json.RawMessage) *entry {
	e := &entry{Request: request, Sent: sent}
	if len(w.entries) < entriesKept {
		w.entries = append(w.entries, e)
	}
	return e
}

func (e *entry) end(t *Talk, a *Answer, err error, took time.Duration) {
	e.TookMs = took.Milliseconds()
	if err != nil {
		e.Failed = t.hide(err.Error())
		return
	}
	e.Status, e.Answer = a.Status, t.logged(a.Header.Get("Content-Type"), a.Body)
}

func (w *wire) json() json.RawMessage {
	if len(w.entries) == 0 {
		return nil
	}
	out, err := json.Marshal(w.entries)
	if err != nil {
		return nil
	}
	return out
}

// logged gives a body as the log shows it.
func (t *Talk) logged(contentType string, body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(contentType)
	var shown any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	switch {
	case kind == "application/x-www-form-urlencoded":
		shown = t.form(string(body))
	case decoder.Decode(&shown) == nil && !decoder.More():
		shown = t.tidy("", shown)
	case utf8.Valid(body):
		shown = clip(t.hide(string(body)))
	default:
		shown = fmt.Sprintf("[%d bytes of %s]", len(body), or(kind, "something"))
	}
	out, err := json.Marshal(shown)
	if err == nil && len(out) > bodyKept {
		out, err = json.Marshal(strings.ToValidUTF8(string(out[:bodyKept]), "") + "…")
	}
	if err != nil {
		return nil
	}
	return out
}

func (t *Talk) form(body string) any {
	values, err := url.ParseQuery(body)
	if err != nil {
		return "[a form]"
	}
	shown := make(map[string]any, len(values))
	for k, v := range values {
		shown[t.hide(k)] = t.tidy(k, strings.Join(v, " "))
	}
	return shown
}

// tidy takes secrets and what is too long out of a decoded value.
func (t *Talk) tidy(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, item := range v {
			out[t.hide(k)] = t.tidy(k, item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = t.tidy(key, item)
		}
		return out
	case json.Number:
		if shown := t.hide(v.String()); shown != v.String() {
			return shown
		}
		return v
	case string:
		if secretName(key) {
			return hidden
		}
		return clip(t.hide(v))
	}
	return v
}

var joiners = strings.NewReplacer("_", "", "-", "")

// secretName reports whether a field's name says that its value is nobody's business.
func secretName(key string) bool {
	if key == "" {
		return false
	}
	key = strings.ToLower(joiners.Replace(key))
	for _, word := range []string{"accesstoken", "refreshtoken", "idtoken", "password", "secret", "apikey", "authorization"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}

func clip(text string) string {
	n := utf8.RuneCountInString(text)
	if n <= textKept {
		return text
	}
	return fmt.Sprintf("%s… [%d characters]", string([]rune(text)[:60]), n)
}

const hidden = "[hidden]"

// hide takes secrets out of a text, in the forms they travel in.
func (t *Talk) hide(text string) string {
	if t.hiding == nil {
		var list []string
		for _, s := range t.secrets {
			list = append(list, forms(s)...)
		}
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) }) // the whole before a part of it
		var pairs []string
		for _, form := range list {
			pairs = append(pairs, form, hidden)
		}
		t.hiding = strings.NewReplacer(pairs...)
	}
	return t.hiding.Replace(text)
}

func forms(s string) []string {
	list := []string{s}
	add := func(form string) {
		if form != s && form != "" {
			list = append(list, form)
		}
	}
	add(url.QueryEscape(s))
	add(url.PathEscape(s))
	quoted, err := json.Marshal(s)
	if err == nil {
		add(string(quoted[1 : len(quoted)-1]))
	}
	add(base64.StdEncoding.EncodeToString([]byte(s)))
	add(base64.RawStdEncoding.EncodeToString([]byte(s)))
	add(base64.RawURLEncoding.EncodeToString([]byte(s)))
	return list
}

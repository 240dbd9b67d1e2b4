package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
)

// input reads the fields of a JSON object or of a query with the leniency of voila-api §7 (numbers and flags as text, null
// and "" as absent) and collects what is wrong. Fields nobody asks for are no error.
type input struct {
	fields map[string]json.RawMessage
	query  url.Values
	wrong  errs.Fields
}

// object reads the body of a call; no body is an empty object. Malformed: not UTF-8, or not a JSON object.
func (c *call) object() (*input, error) {
	in := &input{fields: map[string]json.RawMessage{}}
	if len(bytes.TrimSpace(c.body)) == 0 {
		return in, nil
	}
	if !utf8.Valid(c.body) {
		return nil, errs.New(errs.Malformed, "The body is not UTF-8.")
	}
	err := json.Unmarshal(c.body, &in.fields)
	var other *json.UnmarshalTypeError
	switch {
	case errors.As(err, &other):
		return nil, errs.Wrap(err, errs.Malformed, "The body must be a JSON object, in braces; this is JSON, but of the kind %s.", other.Value)
	case err != nil:
		return nil, errs.Wrap(err, errs.Malformed, "The body is not JSON: %s.", err)
	}
	return in, nil
}

// parameters reads the query of a call.
func (c *call) parameters() *input { return &input{query: c.URL.Query()} }

// text gives a text or a number as text, "" where it is absent.
func (in *input) text(name string) string {
	if in.query != nil {
		return strings.TrimSpace(in.query.Get(name))
	}
	raw := in.fields[name]
	if len(raw) == 0 {
		return ""
	}
	switch c := raw[0]; {
	case c == '"':
		var text string
		_ = json.Unmarshal(raw, &text) // it has been read once already
		return strings.TrimSpace(text)
	case c == '{' || c == '[':
		in.wrong.Add(name, "%s must be a text.", name)
		return ""
	case string(raw) == "null":
		return ""
	}
	return string(raw)
}

// integer gives a whole number from 1 on, 0 where it is absent.
func (in *input) integer(name string) int64 {
	text := in.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		in.wrong.Add(name, "%s must be a whole number from 1 on, not %q.", name, text)
		return 0
	}
	return n
}

// flag gives true or false for true, "true", 1, "1" and their opposites, nil where it is absent.
func (in *input) flag(name string) *bool {
	value := false
	switch text := in.text(name); strings.ToLower(text) {
	case "":
		return nil
	case "true", "1":
		value = true
	case "false", "0":
	default:
		in.wrong.Add(name, "%s must be true or false, not %q.", name, text)
	}
	return &value
}

// within gives a number between two bounds, both included; otherwise stands for an absent one.
func (in *input) within(name string, least, most, otherwise int) int {
	before := in.wrong.Len()
	n := in.integer(name)
	switch {
	case n == 0 && in.wrong.Len() == before:
		return otherwise
	case n == 0:
	case n < int64(least) || n > int64(most):
		in.wrong.Add(name, "%s must be from %d to %d.", name, least, most)
	default:
		return int(n)
	}
	return otherwise
}

// texts gives an object whose values are texts, numbers or flags, as texts; one that is null comes as "".
func (in *input) texts(name string) map[string]string {
	raw := in.fields[name]
	out := map[string]string{}
	if len(raw) == 0 || string(raw) == "null" {
		return out
	}
	inner := &input{}
	if err := json.Unmarshal(raw, &inner.fields); err != nil {
		if string(raw) != "[]" { // how PHP writes an empty object
			in.wrong.Add(name, "%s must be an object of fields.", name)
		}
		return out
	}
	for key := range inner.fields {
		out[key] = inner.text(key)
	}
	in.wrong.AddError(name, inner.err())
	return out
}

// list reads a list, each of whose values is then a field named after its place ("shipment_ids.0"), and gives these names.
// One value alone is a list of it.
func (in *input) list(name string) (names []string) {
	raw := in.fields[name]
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	values := []json.RawMessage{raw}
	if raw[0] == '[' {
		_ = json.Unmarshal(raw, &values) // it has been read once already
	}
	for i, v := range values {
		at := name + "." + strconv.Itoa(i)
		in.fields[at] = v
		names = append(names, at)
	}
	return names
}

// err tells everything that was wrong.
func (in *input) err() error { return in.wrong.Err() }

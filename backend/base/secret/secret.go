// Package secret holds values that must never be printed by accident.
package secret

import (
	"errors"
	"log/slog"
)

// Redacted is what a secret looks like wherever it is printed.
const Redacted = "[redacted]"

// Value is a secret text. fmt, log/slog and encoding/json all print Redacted; only Expose gives the text. Two Values are
// compared by what they Expose.
//
// The text stands behind a pointer, because fmt asks no method of an unexported field or for a verb that does not fit: it
// prints what is in the struct, which then is an address.
type Value struct{ text *string }

// New makes a secret of the text.
func New(text string) Value { return Value{text: &text} }

// Expose gives the secret text. Each call is a place where it can leak: keep them few.
func (v Value) Expose() string {
	if v.text == nil {
		return ""
	}
	return *v.text
}

// IsZero reports whether there is no text.
func (v Value) IsZero() bool { return v.Expose() == "" }

// String gives Redacted.
func (v Value) String() string { return Redacted }

// GoString gives Redacted, for %#v.
func (v Value) GoString() string { return Redacted }

// LogValue gives Redacted to slog.
func (v Value) LogValue() slog.Value { return slog.StringValue(Redacted) }

// MarshalJSON writes Redacted, so that no payload carries a secret because a struct held one.
func (v Value) MarshalJSON() ([]byte, error) { return []byte(`"` + Redacted + `"`), nil }

// UnmarshalJSON is refused: a door reads a secret as text and makes a Value of it on purpose.
func (v *Value) UnmarshalJSON([]byte) error {
	return errors.New("secret: a secret is not read from JSON")
}

// Hint gives the first and last characters of a secret for a list ("pkt_live_4fK8…9c2e"): nothing of a value shorter
// than 16 characters but its length's dots.
func Hint(text string) string {
	r := []rune(text)
	switch {
	case len(r) < 16:
		return "••••"
	case len(r) < 40:
		return string(r[:2]) + "…" + string(r[len(r)-4:])
	}
	return string(r[:13]) + "…" + string(r[len(r)-4:])
}

// Mask gives what a form shows of a stored secret: dots and the last four characters, the dots alone of a value shorter
// than 16 characters.
func Mask(text string) string {
	r := []rune(text)
	if len(r) < 16 {
		return "••••"
	}
	return "••••" + string(r[len(r)-4:])
}

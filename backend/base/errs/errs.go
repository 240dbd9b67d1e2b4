// Package errs holds the one error type that crosses floors: a code that doors translate (HTTP status, exit status,
// screen), a sentence a person can act on, and the fields that were wrong.
package errs

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Code says what kind of thing went wrong. Doors map it, nothing else looks at message texts.
type Code string

// The codes. Each names the HTTP status the courier API answers with.
const (
	Invalid      Code = "invalid"      // 422: a field is wrong; Fields say which and what would be right
	Malformed    Code = "malformed"    // 400: not readable at all
	Unauthorized Code = "unauthorized" // 401: who is calling is not known
	Forbidden    Code = "forbidden"    // 403: known, but not allowed
	NotFound     Code = "not_found"    // 404
	Conflict     Code = "conflict"     // 409: the state of the thing does not allow it
	TooLarge     Code = "too_large"    // 413
	RateLimited  Code = "rate_limited" // 429: RetryAfter says when
	Rejected     Code = "rejected"     // 422: the courier refused, in its own words
	NotOffered   Code = "not_offered"  // 501: this courier or this program does not do that
	Unclear      Code = "unknown"      // 502: a purchase whose outcome is not known; never sent again
	Unavailable  Code = "unavailable"  // 503: locked, busy or out of reach; nothing was done
	Internal     Code = "internal"     // 500: ours
)

// Field is one wrong field: its path with dots ("shipment.parcels.0.items.1.quantity") and a sentence that says what
// is wrong and what would be right.
type Field struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Error is the error every exported method of core returns for a refusal. Err is the cause for the log; it is never
// shown to a caller.
type Error struct {
	Code       Code
	Message    string
	Fields     []Field
	RetryAfter time.Duration
	Err        error
}

// Error gives the sentence, with the fields behind it where there are any.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	parts := make([]string, 0, len(e.Fields))
	for _, f := range e.Fields {
		parts = append(parts, f.Path+": "+f.Message)
	}
	return e.Message + " (" + strings.Join(parts, "; ") + ")"
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error with a code and a formatted sentence.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error with a code and a sentence for people, and keeps the cause for the log.
func Wrap(err error, code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
}

// OnField makes an Invalid error about one field.
func OnField(path, format string, args ...any) *Error {
	message := fmt.Sprintf(format, args...)
	return &Error{Code: Invalid, Message: message, Fields: []Field{{Path: path, Message: message}}}
}

// CodeOf gives the code of err: Internal for an error that is not ours, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Is reports whether err carries the code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

// As gives err as *Error; a foreign error becomes Internal with a sentence that gives nothing away.
func As(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: Internal, Message: "Something went wrong inside Packbench. The log has the details.", Err: err}
}

// Fields collects wrong fields, so that all of them are told at once. The zero value is ready.
type Fields struct{ list []Field }

// Add notes a wrong field.
func (f *Fields) Add(path, format string, args ...any) {
	f.list = append(f.list, Field{Path: path, Message: fmt.Sprintf(format, args...)})
}

// AddError takes over the fields of an Invalid error under a prefix ("" for none); another error becomes a field of
// its own at the prefix.
func (f *Fields) AddError(prefix string, err error) {
	if err == nil {
		return
	}
	var e *Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		f.Add(prefix, "%s", err.Error())
		return
	}
	for _, field := range e.Fields {
		f.list = append(f.list, Field{Path: Join(prefix, field.Path), Message: field.Message})
	}
}

// Len gives how many fields are wrong.
func (f *Fields) Len() int { return len(f.list) }

// Err gives nil when no field is wrong, else one Invalid error with all of them, sorted by path.
func (f *Fields) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	list := append([]Field(nil), f.list...)
	sort.SliceStable(list, func(i, j int) bool { return list[i].Path < list[j].Path })
	message := list[0].Message
	if len(list) > 1 {
		message = fmt.Sprintf("%d fields need another value.", len(list))
	}
	return &Error{Code: Invalid, Message: message, Fields: list}
}

// Join joins two field paths with a dot; either may be empty.
func Join(prefix, path string) string {
	switch {
	case prefix == "":
		return path
	case path == "":
		return prefix
	}
	return prefix + "." + path
}

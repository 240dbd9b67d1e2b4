package httpx

import (
	"encoding/json"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
)

// Answer is what a courier answered, whatever its status.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte

	talk    *Talk
	once    bool
	settled bool // told to have done nothing
}

// OK reports whether the status is one of success (2xx). A success can still be a refusal inside: see Rejected.
func (a *Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// JSON reads the body, leniently: fields that are not known are passed over. An answer that is no JSON is an error:
// Unclear of a purchase, Unavailable of a look-up.
func (a *Answer) JSON(v any) error {
	if err := json.Unmarshal(a.Body, v); err != nil {
		return a.unreadable(err, "its answer is not the JSON it should be")
	}
	return nil
}

// Is reports whether the answer's content type is the one, whatever parameters it has ("application/pdf").
func (a *Answer) Is(contentType string) bool {
	given, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	return err == nil && given == contentType
}

// Unreadable is the error of an answer that lacks what it should have, in words that finish a sentence:
// "it names no tracking number". Unclear of a purchase, Unavailable of a look-up.
func (a *Answer) Unreadable(what string) error { return a.unreadable(nil, what) }

func (a *Answer) unreadable(cause error, what string) error {
	code := errs.Unavailable
	if a.once {
		code = errs.Unclear
	}
	return errs.Wrap(cause, code, "%s answered (%d), but %s.", a.talk.name(), a.Status, what)
}

// Refusal is Refused with what the courier says in the answer (Config.Told), nil of an answer that is OK.
func (a *Answer) Refusal() error {
	if a.OK() {
		return nil
	}
	words, fields := a.told()
	return a.Refused(words, fields...)
}

// Read reads an answer of success that is JSON. Of every other it gives the error: Refusal, or that of JSON.
func (a *Answer) Read(into any) error {
	if err := a.Refusal(); err != nil {
		return err
	}
	return a.JSON(into)
}

func (a *Answer) told() (words string, fields []errs.Field) {
	if told := a.talk.line.config.Told; told != nil {
		return told(a)
	}
	return "", nil
}

// Refused is the error of an answer that is not OK, with the courier's own words ("" where it gave none) and what they
// say of which field. Of a purchase: Rejected for a status that says the request was turned down, Unavailable with
// RetryAfter for 429, Unclear for every other. Of a look-up: Rejected, or Unavailable where asking later may help.
func (a *Answer) Refused(words string, fields ...errs.Field) error {
	switch {
	case a.Status == http.StatusTooManyRequests:
		a.Settle()
		return &errs.Error{Code: errs.Unavailable, RetryAfter: max(a.retryAfter(), time.Second),
			Message: a.talk.name() + " takes no more calls at this moment. Nothing was done; try again in a moment."}
	case a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden:
		return a.Rejected(or(words, "the credentials are wrong or may not do this ("+strconv.Itoa(a.Status)+")"), fields...)
	case a.turnedDown():
		return a.Rejected(or(words, http.StatusText(a.Status)), fields...)
	case a.once:
		return errs.New(errs.Unclear, "%s answered with %d%s, which does not say whether anything was done.", a.talk.name(), a.Status, colon(words))
	}
	return errs.New(errs.Unavailable, "%s answered with %d%s. Try again later.", a.talk.name(), a.Status, colon(words))
}

func colon(words string) string {
	if words == "" {
		return ""
	}
	return " (" + short(words) + ")"
}

// turnedDown reports whether the status alone says that a request was understood and not carried out. A time-out, a
// conflict and a request that came too early are among the 4xx and say nothing of the kind.
func (a *Answer) turnedDown() bool {
	switch a.Status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, 499:
		return !a.once && a.Status == http.StatusConflict
	}
	return a.Status >= 400 && a.Status < 500
}

// Rejected is the error of an answer that says, whatever its status, that nothing was done: a failure inside a 200. Only
// the courier's documented ways of saying so may be passed through here.
func (a *Answer) Rejected(words string, fields ...errs.Field) error {
	a.Settle()
	words = strings.TrimSpace(short(words))
	return &errs.Error{Code: errs.Rejected, Message: a.talk.name() + ": " + or(words, "refused without a reason") + stop(words), Fields: fields}
}

// Settle notes that nothing is left of what went out: it was refused, or it took back what was bought before. From then on
// errors are told as they are.
func (a *Answer) Settle() {
	if a.once && !a.settled {
		a.settled = true
		a.talk.open--
	}
}

func stop(words string) string {
	if strings.HasSuffix(words, ".") || strings.HasSuffix(words, "!") || strings.HasSuffix(words, "?") {
		return ""
	}
	return "."
}

// short keeps a courier's words to a length that fits a screen, in characters.
func short(words string) string {
	const most = 500
	if r := []rune(words); len(r) > most {
		return string(r[:most]) + "…"
	}
	return words
}

func (a *Answer) redirects() bool {
	return a.Status >= 300 && a.Status < 400 && a.Header.Get("Location") != ""
}

// retryAfter gives how long the courier asked to wait, 0 when it did not say.
func (a *Answer) retryAfter() time.Duration {
	value := strings.TrimSpace(a.Header.Get("Retry-After"))
	const most = 24 * time.Hour
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		return min(max(time.Duration(seconds)*time.Second, 0), most)
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(a.talk.line.env.Clock.Now()), 0), most)
	}
	return 0
}

package httpx

import (
	"context"
	"net/http"
	"testing"

	"packbench/backend/base/errs"
)

// What a call gives whose answer is wanted as JSON: the same for both ways of calling, but that nobody knows what a
// purchase did.
func TestCallsForJSON(t *testing.T) {
	told := func(a *Answer) (string, []errs.Field) {
		if a.Status == http.StatusNotFound {
			return "", nil
		}
		return "no such street", []errs.Field{{Path: "shipment.ship_to.address_1", Message: "no such street"}}
	}
	for _, c := range []struct {
		name        string
		status      int
		body        string
		asked, once errs.Code
		words       string
	}{
		{"success", http.StatusOK, `{"number":"7"}`, "", "", ""},
		{"a refusal", http.StatusBadRequest, `{}`, errs.Rejected, errs.Rejected, "Depot: no such street."},
		{"a refusal without words", http.StatusNotFound, `{}`, errs.Rejected, errs.Rejected, "Depot: Not Found."},
		{"nobody knows", http.StatusConflict, `{}`, errs.Rejected, errs.Unclear, ""},
		{"no JSON", http.StatusOK, `<html>`, errs.Unavailable, errs.Unclear, ""},
		{"no answer", 0, ``, errs.Unavailable, errs.Unclear, ""},
	} {
		b := newBench(t, Config{Told: told}, func(w http.ResponseWriter, _ *http.Request) {
			if c.status == 0 {
				panic(http.ErrAbortHandler)
			}
			w.WriteHeader(c.status)
			if _, err := w.Write([]byte(c.body)); err != nil {
				panic(err)
			}
		})
		for _, way := range []struct {
			name string
			send func(*Talk, context.Context, Call, any) (*Answer, error)
			want errs.Code
		}{{"AskFor", (*Talk).AskFor, c.asked}, {"OnceFor", (*Talk).OnceFor, c.once}} {
			var said struct {
				Number string `json:"number"`
			}
			var a *Answer
			err := b.Do(b.access, func(k *Talk) (err error) {
				a, err = way.send(k, t.Context(), Call{Method: http.MethodPost, URL: theHost + "/x"}, &said)
				return err
			})
			if errs.CodeOf(err) != way.want || (a == nil) != (err != nil) {
				t.Errorf("%s, %s: %v, answer: %t", way.name, c.name, err, a != nil)
			}
			if c.words != "" && (errs.As(err).Message != c.words || (len(errs.As(err).Fields) == 1) != (c.status == http.StatusBadRequest)) {
				t.Errorf("%s, %s: %q %v", way.name, c.name, errs.As(err).Message, errs.As(err).Fields)
			}
			if (said.Number == "7") != (c.status == http.StatusOK && c.asked == "") {
				t.Errorf("%s, %s: read %q", way.name, c.name, said.Number)
			}
		}
	}
}

// A line without Told has no words for a refusal.
func TestRefusalsWithoutWords(t *testing.T) {
	b := newBench(t, Config{}, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) })
	a, err := b.once(t.Context(), Call{Method: http.MethodPost, URL: theHost + "/x"})
	if err != nil {
		t.Fatal(err)
	}
	if got := errs.As(a.Refusal()).Message; got != "Depot: Bad Request." {
		t.Error(got)
	}
}

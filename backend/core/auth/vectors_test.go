package auth_test

import (
	"encoding/json"
	"os"
	"testing"

	"packbench/backend/base/errs"
)

// TestCompanyVectors runs the companies among the vectors that the screen runs too (frontend/src/lib/form), each with a
// field left out, so that nothing is registered.
func TestCompanyVectors(t *testing.T) {
	raw, err := os.ReadFile("../account/testdata/rule_vectors.json")
	ok(t, err)
	var vectors []struct{ Rule, Why, Value, Error string }
	ok(t, json.Unmarshal(raw, &vectors))
	w := newWorld(t)
	ran := 0
	for _, v := range vectors {
		if v.Rule != "company" {
			continue
		}
		ran++
		in := w.save(v.Value, false)
		in.Fields = nil
		_, err := w.Auths.Register(w.ctx, in)
		want(t, err, errs.Invalid, errs.As(err).Fields[0].Path, "")
		got := ""
		for _, f := range errs.As(err).Fields {
			if f.Path == "auth_company" {
				got = f.Message
			}
		}
		if got != v.Error {
			t.Errorf("%s: %q says %q, want %q", v.Why, v.Value, got, v.Error)
		}
	}
	if ran < 10 {
		t.Errorf("only %d companies", ran)
	}
}

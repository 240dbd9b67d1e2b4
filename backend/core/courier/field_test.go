package courier

import (
	"encoding/json"
	"os"
	"testing"

	"packbench/backend/base/errs"

	"github.com/google/go-cmp/cmp"
)

// TestFieldVectors runs the vectors that the screen runs too, so that both say the same sentence.
func TestFieldVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/field_vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Why   string `json:"why"`
		Field Field  `json:"field"`
		Value string `json:"value"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 60 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		if got := v.Field.Check(v.Value); got != v.Error {
			t.Errorf("%s: Check(%q) = %q, want %q", v.Why, v.Value, got, v.Error)
		}
	}
}

func descriptor() *Descriptor {
	return &Descriptor{
		Key: "Sample", Name: "Sample", Initials: "SA",
		Fields: []Field{
			{Key: "user", Label: "User", Kind: Text, Required: true, MinLength: 3, MaxLength: 50},
			{Key: "secret", Label: "Secret", Kind: Secret, Required: true, Pattern: "a|b"},
			{Key: "depot", Label: "Depot", Kind: Text, Pattern: "[A-Z]{2}/[0-9]+"},
			{Key: "first", Label: "First", Kind: Number, MaxLength: 17},
			{Key: "prices", Label: "Prices", Kind: Choice, Options: []Option{{Value: "list"}, {Value: "own"}}},
			{Key: "sign", Label: "Sign", Kind: Bool},
			{Key: "host", Label: "Host", Kind: URL, MaxLength: 60},
		},
		Services: []ServiceOffer{{Code: "ONE", PresetCode: "S-ONE", Name: "One"}},
		Formats:  []Format{PDF}, Sizes: []Size{Size4x6},
		Together: func(values map[string]string) []errs.Field {
			if values["user"] == values["depot"] {
				return []errs.Field{{Path: "depot", Message: "Depot is the user."}}
			}
			return nil
		},
	}
}

func TestLaravelRules(t *testing.T) {
	want := map[string]string{
		"user":   "required|string|min:3|max:50",
		"secret": "required|string",
		"depot":  `nullable|string|regex:/^(?:[A-Z]{2}\/[0-9]+)$/`,
		"first":  "nullable|regex:/^[0-9]+$/|digits_between:1,17",
		"prices": "nullable|string|in:list,own",
		"sign":   "nullable|boolean",
		"host":   "nullable|url|max:60",
	}
	if diff := cmp.Diff(want, descriptor().LaravelRules()); diff != "" {
		t.Error(diff)
	}
}

func TestCheckFields(t *testing.T) {
	d := descriptor()
	if err := d.CheckFields(map[string]string{"user": "abc", "secret": "a", "not-ours": "\x00"}, "auth"); err != nil {
		t.Errorf("right fields: %v", err)
	}
	err := d.CheckFields(map[string]string{"user": "ab", "first": "x"}, "auth")
	want := []errs.Field{
		{Path: "auth.first", Message: "First must be a whole number in digits, like 1000."},
		{Path: "auth.secret", Message: "Secret is required."},
		{Path: "auth.user", Message: "User has 2 characters and needs at least 3."},
	}
	if diff := cmp.Diff(want, errs.As(err).Fields); diff != "" {
		t.Error(diff)
	}
	err = d.CheckFields(map[string]string{"user": "AB/1", "secret": "a", "depot": "AB/1"}, "")
	if got := errs.As(err); got.Code != errs.Invalid || got.Fields[0].Path != "depot" {
		t.Errorf("fields that don't go together: %v", err)
	}
}

package account

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
)

var form = regexp.MustCompile(`^pk[at]_(live|test)_[0-9A-Za-z]{49}$`)

func TestNewValuesHaveTheForm(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		for _, prefix := range []string{tokenLive, tokenTest, keyLive, keyTest} {
			value := newValue(prefix).Expose()
			if !form.MatchString(value) || !strings.HasPrefix(value, prefix) || !plausible(value) {
				t.Fatalf("%q is not of the form", value)
			}
			if seen[value] {
				t.Fatalf("%q was made twice", value)
			}
			seen[value] = true
		}
	}
}

// The checksum is a format: a token that was made once is known for ever. The values come from another implementation.
func TestChecksumStaysWhatItIs(t *testing.T) {
	for body, want := range map[string]string{
		"pkt_live_" + strings.Repeat("0", 43): "20jyhw",
		"pka_test_" + strings.Repeat("z", 43): "3WfAYg",
	} {
		if got := checksum(body); got != want {
			t.Errorf("checksum of %s is %s, want %s", body, got, want)
		}
	}
}

func TestTypingMistakesAreSeenWithoutALookUp(t *testing.T) {
	tried := 0
	refuse := func(right, wrong string) {
		tried++
		// A mistake in the prefix makes it a value of another system, which only a look-up can refuse.
		if wrong != right && plausible(wrong) && prefixOf(wrong) != "" {
			t.Fatalf("%q passes for %q", wrong, right)
		}
	}
	for range 40 {
		for _, prefix := range []string{tokenLive, keyTest} {
			right := newValue(prefix).Expose()
			for i := range right {
				for _, digit := range base62 {
					refuse(right, right[:i]+string(digit)+right[i+1:])
				}
				if i > 0 {
					refuse(right, right[:i-1]+string(right[i])+string(right[i-1])+right[i+1:])
				}
				refuse(right, right[:i]+right[i+1:])
				refuse(right, right[:i]+"0"+right[i:])
			}
		}
	}
	if tried < 200_000 {
		t.Fatalf("only %d mistakes were tried", tried)
	}
}

func TestBroughtAlongValuesHaveNoChecksum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[!-~]{16,255}`).Filter(func(s string) bool { return prefixOf(s) == "" }).Draw(t, "value")
		if !plausible(value) {
			t.Fatalf("%q is not looked up", value)
		}
		if err := checkTyped("value", value, tokenLive); err != nil {
			t.Fatalf("%q: %v", value, err)
		}
	})
}

func TestTypedValues(t *testing.T) {
	token, key := newValue(tokenLive).Expose(), newValue(keyLive).Expose()
	for name, c := range map[string]struct{ value, says string }{
		"15 characters":       {strings.Repeat("x", 15), "at least 16"},
		"256 characters":      {strings.Repeat("x", 256), "at most 255"},
		"a space":             {"a value with spaces", "without spaces"},
		"a line break":        {"a-value-with-a-line\n", "printable ASCII"},
		"not ASCII":           {"a-value-that-is-schön", "printable ASCII"},
		"a cut token":         {token[:57], "cut or mistyped"},
		"a mistyped token":    {token[:57] + string(token[57]^1), "cut or mistyped"},
		"a key for a token":   {key, "same kind"},
		"a test token":        {newValue(tokenTest).Expose(), "same kind"},
		"our prefix, no more": {"pkt_live_something", "cut or mistyped"},
	} {
		t.Run(name, func(t *testing.T) {
			err := checkTyped("value", c.value, tokenLive)
			if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), c.says) || errs.As(err).Fields[0].Path != "value" {
				t.Fatalf("got %v, want Invalid at value that says %q", err, c.says)
			}
			if strings.Contains(err.Error(), c.value) {
				t.Fatal("the sentence repeats the secret")
			}
		})
	}
	if err := checkTyped("value", token, tokenLive); err != nil {
		t.Errorf("a token of another Packbench: %v", err)
	}
}

func TestNames(t *testing.T) {
	for name, c := range map[string]struct{ in, want, says string }{
		"plain":              {"North Dock", "North Dock", ""},
		"white space around": {" \tNorth Dock\u00a0 ", "North Dock", ""},
		"50 characters":      {strings.Repeat("é", 50), strings.Repeat("é", 50), ""},
		"decomposed":         {"Cafe\u0301", "Café", ""},
		"decomposed to 50":   {strings.Repeat("e\u0301", 50), strings.Repeat("é", 50), ""},
		"emoji family":       {"\U0001F468\u200d\U0001F469", "\U0001F468\u200d\U0001F469", ""},
		"empty":              {"", "", "1 to 50 characters"},
		"white space alone":  {" \u2003\t", "", "1 to 50 characters"},
		"joiner alone":       {"\u200d", "", "characters that can be seen"},
		"51 characters":      {strings.Repeat("é", 51), "", "at most 50 characters; this one has 51"},
		"line break":         {"North\nDock", "", "U+000A"},
		"NUL":                {"North\x00Dock", "", "U+0000"},
		"right-to-left":      {"North\u202eDock", "", "U+202E"},
		"zero-width space":   {"North\u200bDock", "", "U+200B"},
		"not UTF-8":          {"North\xffDock", "", "UTF-8"},
		"line separator":     {"North\u2028Dock", "", "U+2028"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := CleanName("name", "A name", c.in)
			if c.says == "" && (err != nil || got != c.want) {
				t.Fatalf("got %q, %v", got, err)
			}
			if c.says != "" && (!errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), c.says)) {
				t.Fatalf("got %q, %v; want Invalid that says %q", got, err, c.says)
			}
		})
	}
}

func TestNamesThatPeopleTakeForOne(t *testing.T) {
	for _, same := range [][]string{
		{"North Dock", "north dock", "NORTH DOCK", "North  Dock", "North\u00a0Dock", "Ｎｏｒｔｈ Dock"},
		{"Café", "Cafe\u0301", "CAFÉ", "cafe\u0301"},
		{"ΟΔΟΣ", "οδος", "οδοσ"},
		{"office", "oﬃce", "of\u200cfice"},
	} {
		for _, name := range same {
			if NameKey(name) != NameKey(same[0]) {
				t.Errorf("%q and %q have keys %q and %q", name, same[0], NameKey(name), NameKey(same[0]))
			}
		}
	}
	for _, other := range []string{"North Dock 2", "North", "NorthDock", "Nörth Dock"} {
		if NameKey(other) == NameKey("North Dock") {
			t.Errorf("%q passes for North Dock", other)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		key := NameKey(name)
		if NameKey(key) != key {
			t.Fatalf("the key %q of %q has the key %q", key, name, NameKey(key))
		}
	})
}

package secret_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/secret"
)

const canary = "canary-7f3a"

type holder struct {
	Name  string
	Value secret.Value
	Inner *holder                 `json:"inner,omitempty"`
	List  []secret.Value          `json:"list"`
	Map   map[string]secret.Value `json:"map"`
	Any   any                     `json:"any"`

	hidden secret.Value
}

func TestASecretIsNeverPrinted(t *testing.T) {
	v := secret.New(canary)
	inner := holder{Value: v, hidden: v}
	held := holder{Name: "n", Value: v, Inner: &inner, List: []secret.Value{v}, Map: map[string]secret.Value{"k": v}, Any: v, hidden: v}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T %v", "%10.3s", "%w"} {
		for _, value := range []any{v, &v, held, &held, []any{v}, fmt.Sprint(held)} {
			args := []any{value}
			if strings.Count(verb, "%") == 2 {
				args = append(args, value)
			}
			fmt.Fprintf(&out, verb+"\n", args...)
		}
	}
	fmt.Fprintln(&out, v, held, &held)
	for _, value := range []any{v, &v, held, &held, map[string]any{"v": v}} {
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(raw)
	}
	for _, handler := range []slog.Handler{
		slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}),
		slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}),
	} {
		log := slog.New(handler).With("with", v).WithGroup("group")
		log.Debug("message", "value", v, "pointer", &v, "held", held, "any", []any{v}, "error", fmt.Errorf("with %v", v))
	}
	fmt.Fprintln(&out, errors.Join(fmt.Errorf("%s", v)))
	if text := out.String(); strings.Contains(text, canary) || strings.Contains(text, fmt.Sprintf("%x", canary)) || strings.Contains(text, strings.ToUpper(fmt.Sprintf("%x", canary))) {
		t.Fatalf("the secret is in\n%s", text)
	}
	if !strings.Contains(out.String(), secret.Redacted) {
		t.Fatal("nothing was printed at all")
	}
	if v.Expose() != canary || v.IsZero() || !secret.New("").IsZero() {
		t.Error("the value is not kept")
	}
}

func TestASecretIsNotReadFromJSON(t *testing.T) {
	var h holder
	if err := json.Unmarshal([]byte(`{"Value":"`+canary+`"}`), &h); err == nil || strings.Contains(err.Error(), canary) || !h.Value.IsZero() {
		t.Fatalf("read %v", err)
	}
}

func TestHints(t *testing.T) {
	for text, want := range map[string]struct{ hint, mask string }{
		"":                      {"••••", "••••"},
		"123456789012345":       {"••••", "••••"},
		"1234567890123456":      {"12…3456", "••••3456"},
		strings.Repeat("x", 39): {"xx…xxxx", "••••xxxx"},
		"pkt_live_4fK8" + strings.Repeat("x", 41) + "9c2e": {"pkt_live_4fK8…9c2e", "••••9c2e"},
		strings.Repeat("é", 16):                            {"éé…éééé", "••••éééé"},
	} {
		if got := secret.Hint(text); got != want.hint {
			t.Errorf("Hint(%q) is %q, want %q", text, got, want.hint)
		}
		if got := secret.Mask(text); got != want.mask {
			t.Errorf("Mask(%q) is %q, want %q", text, got, want.mask)
		}
	}
}

// What is shown is at most 17 characters, and always leaves at least ten, or all of a short secret, to be guessed.
func TestHintsKeepWhatTheyPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.Rune(), 0, 120).Draw(t, "secret")
		text := string(runes)
		for name, shown := range map[string]int{
			secret.Hint(text): map[bool]int{true: 0, false: map[bool]int{true: 6, false: 17}[len(runes) < 40]}[len(runes) < 16],
			secret.Mask(text): map[bool]int{true: 0, false: 4}[len(runes) < 16],
		} {
			visible := strings.NewReplacer("…", "", "••••", "").Replace(name)
			if n := len([]rune(visible)); n > shown || n > 0 && len(runes)-n < 10 {
				t.Fatalf("%q shows %d characters of %d", name, n, len(runes))
			}
		}
	})
}

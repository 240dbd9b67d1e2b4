package courier

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
)

// Clean takes white space off both ends of a value, as it is done before a value is checked and before it is kept.
func Clean(value string) string { return strings.TrimSpace(value) }

// Check says what is wrong with a value and what would be right, or "" when it may be kept. White space around the value
// does not count. The screen has the same rules; both run testdata/field_vectors.json.
func (f Field) Check(value string) string {
	given := Clean(value)
	if given == "" {
		if f.Required {
			return f.Label + " is required."
		}
		return ""
	}
	if strings.ContainsFunc(given, unicode.IsControl) {
		return f.Label + " has a line break or another control character in it. Use one line of plain text."
	}
	for _, rule := range []func(string) string{f.checkKind, f.checkLength, f.checkPattern} {
		if wrong := rule(given); wrong != "" {
			return wrong
		}
	}
	return ""
}

// httpsAddress takes https, a host of DNS labels, an optional port, path and query; no user name and no fragment.
var httpsAddress = regexp.MustCompile(`(?i)^https://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[0-9]{1,5})?(?:[/?][^\s\p{Z}#]*)?$`)

func (f Field) checkKind(value string) string {
	switch f.Kind {
	case Number:
		if strings.ContainsFunc(value, func(r rune) bool { return r < '0' || r > '9' }) {
			return f.Label + " must be a whole number in digits, like 1000."
		}
	case Bool:
		if value != "true" && value != "false" {
			return f.Label + " must be true or false."
		}
	case Choice:
		if !slices.Contains(f.values(), value) {
			return f.Label + " must be one of: " + strings.Join(f.values(), ", ") + "."
		}
	case URL:
		if !httpsAddress.MatchString(value) {
			return f.Label + " must be an https address, like https://api.example.com."
		}
	case Text, Secret:
	}
	return ""
}

func (f Field) values() []string {
	list := make([]string, len(f.Options))
	for i, o := range f.Options {
		list[i] = o.Value
	}
	return list
}

func (f Field) checkLength(value string) string {
	n := utf8.RuneCountInString(value)
	unit := "characters"
	if n == 1 {
		unit = "character"
	}
	has := func(rule string, bound int) string {
		return fmt.Sprintf("%s has %d %s and %s %d.", f.Label, n, unit, rule, bound)
	}
	switch {
	case f.MinLength > 0 && f.MinLength == f.MaxLength && n != f.MinLength:
		return has("needs exactly", f.MinLength)
	case n < f.MinLength:
		return has("needs at least", f.MinLength)
	case f.MaxLength > 0 && n > f.MaxLength:
		return has("may have at most", f.MaxLength)
	}
	return ""
}

func (f Field) checkPattern(value string) string {
	if f.Pattern == "" || anchored(f.Pattern).MatchString(value) {
		return ""
	}
	if f.PatternHint != "" {
		return f.Label + " must be " + f.PatternHint + "."
	}
	return f.Label + " is not in the form that this courier expects."
}

var patterns sync.Map // pattern → *regexp.Regexp; patterns come from descriptors, so there are few

// anchored compiles a pattern so that it covers the whole value. NewRegistry has proved that descriptors' patterns compile.
func anchored(pattern string) *regexp.Regexp {
	if re, ok := patterns.Load(pattern); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(`^(?:` + pattern + `)$`)
	patterns.Store(pattern, re)
	return re
}

// CheckFields checks credentials against the descriptor's fields, each alone and then together (Descriptor.Together). It
// returns Invalid with every wrong field by its key behind the prefix ("auth.client_id"). Values the descriptor does not
// know are not looked at.
func (d *Descriptor) CheckFields(values map[string]string, prefix string) error {
	var wrong errs.Fields
	checkEach(&wrong, d.Fields, values, prefix)
	if d.Together != nil && wrong.Len() == 0 {
		for _, f := range d.Together(values) {
			wrong.Add(errs.Join(prefix, f.Path), "%s", f.Message)
		}
	}
	return wrong.Err()
}

// CheckOptions checks what an order gave in shipment.courier against the descriptor's options. Path prefixes as for
// CheckFields.
func (d *Descriptor) CheckOptions(values map[string]string, prefix string) error {
	var wrong errs.Fields
	checkEach(&wrong, d.Options, values, prefix)
	return wrong.Err()
}

func checkEach(wrong *errs.Fields, fields []Field, values map[string]string, prefix string) {
	for _, f := range fields {
		if sentence := f.Check(values[f.Key]); sentence != "" {
			wrong.Add(errs.Join(prefix, f.Key), "%s", sentence)
		}
	}
}

// LaravelRules gives the descriptor's fields as Laravel validation rules by field key, which is what register-auth-rules
// answers (voila-api §3): "required|string|max:50".
func (d *Descriptor) LaravelRules() map[string]string {
	rules := make(map[string]string, len(d.Fields))
	for _, f := range d.Fields {
		rules[f.Key] = f.laravel()
	}
	return rules
}

func (f Field) laravel() string {
	words := []string{"nullable"}
	if f.Required {
		words[0] = "required"
	}
	length := func(rule string, n int) {
		if n > 0 {
			words = append(words, rule+":"+strconv.Itoa(n))
		}
	}
	switch f.Kind {
	case Bool:
		return words[0] + "|boolean"
	case Choice:
		return words[0] + "|string|in:" + strings.Join(f.values(), ",")
	case Number: // min and max would bound the value, not its digits
		words = append(words, "regex:/^[0-9]+$/")
		if f.MaxLength > 0 {
			words = append(words, fmt.Sprintf("digits_between:%d,%d", max(f.MinLength, 1), f.MaxLength))
		}
	case URL:
		words = append(words, "url")
		length("max", f.MaxLength)
	default:
		words = append(words, "string")
		length("min", f.MinLength)
		length("max", f.MaxLength)
		// A bar inside a pattern would end the rule in Laravel's one-line form.
		if f.Pattern != "" && !strings.Contains(f.Pattern, "|") {
			words = append(words, "regex:/^(?:"+strings.ReplaceAll(f.Pattern, "/", `\/`)+")$/")
		}
	}
	return strings.Join(words, "|")
}

package order

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// reader collects what is wrong and what was changed while one body is read.
type reader struct {
	wrong    errs.Fields
	refused  map[string]bool // paths that wrong has a sentence on
	warnings []courier.Warning
}

// refuse notes what is wrong with a field. The first sentence on a field stands.
func (r *reader) refuse(path, format string, args ...any) {
	if r.refused[path] {
		return
	}
	if r.refused == nil {
		r.refused = map[string]bool{}
	}
	r.refused[path] = true
	r.wrong.Add(path, format, args...)
}

func (r *reader) warn(path, format string, args ...any) {
	r.warnings = append(r.warnings, courier.Warning{Field: path, Message: fmt.Sprintf(format, args...)})
}

// object is a JSON object and where it stands. One that is absent has nil for members, so that it reads as empty.
type object struct {
	r       *reader
	path    string
	members []node
}

// at is the path of a field.
func (o object) at(key string) string { return errs.Join(o.path, key) }

func (o object) wrong(key, format string, args ...any) { o.r.refuse(o.at(key), format, args...) }

// need notes a required field that is empty, unless what stood there has been refused already.
func (o object) need(key, value, sentence string) {
	if value == "" && !o.r.refused[o.at(key)] {
		o.wrong(key, "%s", sentence)
	}
}

// right notes the sentence on a field, where there is one.
func (o object) right(key, sentence string) {
	if sentence != "" {
		o.wrong(key, "%s", sentence)
	}
}

// has reports whether the field is there and not null.
func (o object) has(key string) bool {
	found, _ := find(o.members, key)
	return found.kind != isNull
}

// object gives the object under key; where it is absent, one without members, of which nothing can be wrong.
func (o object) object(key string) object {
	inner := object{r: o.r}
	switch found, inside := find(o.members, key); {
	case found.kind == isObject:
		inner.path, inner.members = o.at(key), inside
	case found.kind == isNull:
	case found.kind == isList && len(inside) == 0: // PHP writes an empty object as []
	case found.kind == isText && strings.TrimSpace(found.text) == "":
	default:
		o.wrong(key, "%s must be an object, like {\"…\": \"…\"}.", title(key))
	}
	return inner
}

// objects gives the objects of the list under key. ok is false where something else stands there, which has been noted.
func (o object) objects(key string) (list []object, ok bool) {
	found, inside := find(o.members, key)
	switch found.kind {
	case isNull:
		return nil, true
	case isList:
		at := o.at(key) + "."
		for i := 0; i < len(inside); i += inside[i].size {
			element := object{r: o.r, path: at + strconv.Itoa(len(list))}
			if inside[i].kind == isObject {
				element.members = inside[i+1 : i+inside[i].size]
			} else {
				o.r.refuse(element.path, "This must be an object, like {\"…\": \"…\"}.")
			}
			list = append(list, element)
		}
		return list, true
	}
	o.wrong(key, "%s must be a list, like [{\"…\": \"…\"}].", title(key))
	return nil, false
}

// plain gives a text, number or truth value as text, "" for null and absent. Anything else is wrong.
func (o object) plain(key string) string {
	found, _ := find(o.members, key)
	if found.kind > isTruth {
		o.wrong(key, "%s must be text.", title(key))
	}
	return found.text
}

// text gives one line of text: white space around it off, control characters out with a warning, at most limit characters.
func (o object) text(key string, limit int) string {
	return o.lengthOf(key, o.oneLine(key, o.plain(key)), limit)
}

func (o object) lengthOf(key, value string, limit int) string {
	if len(value) > limit {
		if n := utf8.RuneCountInString(value); n > limit {
			o.wrong(key, "%s has %d characters and may have at most %d.", title(key), n, limit)
			return ""
		}
	}
	return value
}

// oneLine takes control characters out: line ends and tabs become a space, the others go.
func (o object) oneLine(key, value string) string {
	value = strings.TrimSpace(value)
	if !strings.ContainsFunc(value, breaks) {
		return value
	}
	var text strings.Builder
	for _, c := range value {
		switch {
		case !breaks(c):
			text.WriteRune(c)
		case !unicode.IsSpace(c):
		case !strings.HasSuffix(text.String(), " "):
			text.WriteByte(' ')
		}
	}
	o.r.warn(o.at(key), "%s had a line break or another control character in it, which was removed.", title(key))
	return strings.TrimSpace(text.String())
}

// breaks reports control characters and Unicode's line and paragraph separators.
func breaks(c rune) bool { return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' }

// flag reads true, "true", 1, "1" and their opposites; nil is absent.
func (o object) flag(key string) *bool {
	word := strings.ToLower(strings.TrimSpace(o.plain(key)))
	switch word {
	case "":
		return nil
	case "true", "1":
		yes := true
		return &yes
	case "false", "0":
		no := false
		return &no
	}
	o.wrong(key, "%s must be true or false.", title(key))
	return nil
}

// on reports whether any of the flags is set.
func (o object) on(keys ...string) bool {
	set := false
	for _, key := range keys {
		if f := o.flag(key); f != nil && *f {
			set = true
		}
	}
	return set
}

// decimal gives a number, or a text that holds one, as plain decimal digits; "" when absent. What is no number comes
// through as it is, for the caller's sentence.
func (o object) decimal(key string) string {
	text := strings.TrimSpace(o.plain(key))
	if len(text) <= 40 && strings.ContainsAny(text, "eE") {
		if exponent, err := strconv.Atoi(text[strings.IndexAny(text, "eE")+1:]); err == nil && exponent > -30 && exponent < 20 {
			if value, ok := new(big.Rat).SetString(text); ok {
				return strings.TrimRight(strings.TrimRight(value.FloatString(18), "0"), ".")
			}
		}
	}
	return text
}

// whole reads a whole number from 1 to most; 0 when absent or wrong, which has been noted.
func (o object) whole(key string, most int64) int64 {
	text := o.decimal(key)
	if text == "" {
		return 0
	}
	digits, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strings.Trim(fraction, "0") != "" || n < 1 || n > most {
		o.wrong(key, "%s must be a whole number from 1 to %d.", title(key), most)
		return 0
	}
	return n
}

// titles are the field names that don't read well as they are.
var titles = map[string]string{
	"country_iso": "Country code", "hs_code": "HS code", "sku": "SKU", "eori_id": "EORI number", "eori_number": "EORI number",
	"ioss_number": "IOSS number", "address_1": "Address line 1", "address_2": "Address line 2", "address_3": "Address line 3",
	"dc_service_id": "Preset code", "vat_number": "VAT number", "request_id": "Request id", "image_url": "Image address",
	"dim_length": "Length", "dim_width": "Width", "dim_height": "Height", "dim_unit": "Unit of length", "weight_unit": "Unit of weight",
	"packaging_weight_unit": "Unit of weight", "value_currency": "Currency", "ship_to": "Recipient", "ship_from": "Sender",
}

// title is a field's name as a sentence begins with it.
func title(key string) string {
	if t, ok := titles[key]; ok {
		return t
	}
	words := strings.ReplaceAll(key, "_", " ")
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

package order

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"packbench/backend/base/errs"

	"pgregory.net/rapid"
)

// sameAsJSON compares what decode makes of a text with what encoding/json does.
func sameAsJSON(t interface{ Fatalf(string, ...any) }, raw string) {
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	var want map[string]any
	valid := d.Decode(&want) == nil && strings.TrimSpace(raw[d.InputOffset():]) == ""
	top, shipment, err := decode([]byte(raw))
	if (err == nil) != valid {
		t.Fatalf("%q: valid is %t, but %v", raw, valid, err)
	}
	if !valid {
		return
	}
	if got := membersOf(top); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Fatalf("%q: %#v, want %#v", raw, got, want)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw[:d.InputOffset()]), &members); err != nil || string(shipment) != string(members["shipment"]) {
		t.Fatalf("%q: the shipment is %q, want %q, %v", raw, shipment, members["shipment"], err)
	}
}

// membersOf gives nodes as the plain values of encoding/json.
func membersOf(nodes []node) map[string]any {
	values := map[string]any{}
	for i := 0; i < len(nodes); i += nodes[i].size {
		values[nodes[i].key] = valueOf(nodes[i : i+nodes[i].size])
	}
	return values
}

func valueOf(nodes []node) any {
	switch n, inside := nodes[0], nodes[1:]; n.kind {
	case isText:
		return n.text
	case isNumber:
		return json.Number(n.text)
	case isTruth:
		return n.text == "true"
	case isObject:
		return membersOf(inside)
	case isList:
		list := []any{}
		for i := 0; i < len(inside); i += inside[i].size {
			list = append(list, valueOf(inside[i:i+inside[i].size]))
		}
		return list
	}
	return nil
}

// documents are JSON, and what is nearly JSON.
var documents = []string{
	`{}`, ` { } `, "\t{\r\n}\n", "null", " null ", `nul`, `{"shipment":1}`, "{}\u00a0", "{}\v", "\v{}", `{} {}`, `{},`, `{}null`, "", " ", "{", "}", "[", "]", `[1]`, `"a"`, `1`, `true`,
	` { "shipment" : {"a":"}\"{"} , "b":[1,{"shipment":2}]}`, `{"b":{"shipment":1},"c":["shipment"],"d":"shipment"}`, `{"shipment":"","a":1}`,
	`{"shipment":1,"shipment":[2]}`, `{"\u0073hipment":true}`, `{"a":"\\","shipment":null}`, `{"a":{},"b":[],"shipment":{"c":[]}}`, `{"shipment":{"a":1},"shipment":{"b":1}}`,
	`{"a":1,"a":{"b":1},"a":{"c":2}}`, `{"":1,"":null}`, `{"a":[1,[],{},[{}],"x",null,true,false,-0.5e+10]}`,
	`{"a":"\u00e9\/\b\f\n\r\t\"\\"}`, `{"a":"\ud83d\ude9a"}`, `{"a":"\ud83d"}`, `{"a":"\ude9a\ud83d"}`, `{"a":"\ud83dx\ud83d\n"}`, `{"a":"\uD83D\u0041"}`, `{"a":"\u0000"}`,
	`{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a":"\u12"}`, `{"a":"\'"}`, "{\"a\":\"\\\n\"}", "{\"a\":\"\n\"}", "{\"a\":\"\x00\"}", "{\"a\":\"\x1f\"}", "{\"a\":\"\x7f\u0085\u2028\"}", `{"a":"`, `{"a":"\`, `{"a":"\"`,
	`{"a":0}`, `{"a":-0}`, `{"a":00}`, `{"a":01}`, `{"a":-}`, `{"a":+1}`, `{"a":.5}`, `{"a":5.}`, `{"a":5.e1}`, `{"a":1e}`, `{"a":1e+}`, `{"a":1E-7}`, `{"a":1e999}`, `{"a":1.}`, `{"a":0x1}`, `{"a":1_0}`, `{"a":NaN}`, `{"a":--1}`, `{"a":1+1}`,
	`{"a":tru}`, `{"a":truee}`, `{"a":True}`, `{"a":nulll}`, `{"a":fals}`, `{"a"}`, `{"a":}`, `{"a" 1}`, `{"a":1,}`, `{,}`, `{a:1}`, `{'a':1}`, `{1:1}`, `{"a":1 "b":2}`, `{"a":[1,]}`, `{"a":[,]}`, `{"a":[1 2]}`, `{"a":[}`, `{"a":[1}]`, `{"a":{]}`, `{"a"::1}`, `{"a":1}}`, `{"a":1,,"b":2}`,
	"{\u00a0}", "{\"a\"\u00a0:1}", `{"a":1/**/}`, "{\"a\":1\x00}", "{}\x00",
}

func TestDocumentReadsWhatJSONReads(t *testing.T) {
	for _, raw := range documents {
		sameAsJSON(t, raw)
	}
	for _, depth := range []int{maxDepth - 1, maxDepth} { // with the object around it
		sameAsJSON(t, `{"a":`+strings.Repeat("[", depth)+strings.Repeat("]", depth)+`}`)
		sameAsJSON(t, strings.Repeat(`{"shipment":`, depth)+"{}"+strings.Repeat("}", depth))
	}
}

// TestDocumentReadsAnyJSON writes values as JSON in many ways, and breaks some of it.
func TestDocumentReadsAnyJSON(t *testing.T) {
	space := rapid.SampledFrom([]string{"", "", "", " ", "\n\t", "\r\n"})
	quoted := rapid.Custom(func(t *rapid.T) string {
		part := rapid.OneOf(rapid.StringMatching(`[ -!#-\[\]-~]{0,8}`), rapid.StringMatching(`\\u[0-9a-fA-F]{4}`), rapid.StringMatching(`\\u[dD][89a-fA-F][0-9a-f]{2}`),
			rapid.StringMatching(`\\["\\/bfnrt]`), rapid.SampledFrom([]string{"é", "\u2028", "🚚", "\ufffd"}))
		return `"` + strings.Join(rapid.SliceOfN(part, 0, 4).Draw(t, "parts"), "") + `"`
	})
	key := rapid.OneOf(rapid.SampledFrom([]string{`"shipment"`, `"a"`, `"b"`, `"\u0061"`}), quoted)
	plain := rapid.OneOf(quoted, rapid.StringMatching(`-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?`), rapid.SampledFrom([]string{"null", "true", "false"}))
	var value func(t *rapid.T, depth int) string
	list := func(t *rapid.T, open, end string, member func() string) string {
		members := make([]string, rapid.IntRange(0, 4).Draw(t, "members"))
		for i := range members {
			members[i] = space.Draw(t, "space") + member() + space.Draw(t, "space")
		}
		return open + space.Draw(t, "space") + strings.Join(members, ",") + end
	}
	object := func(t *rapid.T, depth int) string {
		return list(t, "{", "}", func() string {
			return key.Draw(t, "key") + space.Draw(t, "space") + ":" + space.Draw(t, "space") + value(t, depth-1)
		})
	}
	value = func(t *rapid.T, depth int) string {
		switch rapid.IntRange(0, 3).Draw(t, "kind") * min(depth, 1) {
		case 2:
			return object(t, depth)
		case 3:
			return list(t, "[", "]", func() string { return value(t, depth-1) })
		}
		return plain.Draw(t, "plain")
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := space.Draw(t, "before") + object(t, 4) + space.Draw(t, "behind")
		sameAsJSON(t, raw)
		at := rapid.IntRange(0, len(raw)-1).Draw(t, "at")
		wrong := rapid.SampledFrom([]string{"", "\"", "\\", "{", "}", "]", ",", ":", "0", "-", ".", "e", "x", " ", "\n", "\x00"}).Draw(t, "wrong")
		sameAsJSON(t, strings.ToValidUTF8(raw[:at]+wrong+raw[at+1:], "?"))
	})
}

// TestFromValuesReadsAsParse: what never was JSON is read as if it had been, mistakes and all.
func TestFromValuesReadsAsParse(t *testing.T) {
	for _, raw := range []string{
		string(sample(t)), `null`, `{"shipment":[]}`, body(`,"testing":true,"request_id":7`, `,"courier":{"depot":7,"more":[],"x":{}}`, `,"email":7`, `,"items":{}`, ``),
		body(`,"request_id":[]`, `,"gift_note":"Well done","parcel_count":2.5`, `,"name":{"a":[1]},"city":null`, ``, `},7,[],{"quantity":false`),
	} {
		var values map[string]any
		d := json.NewDecoder(strings.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&values); err != nil {
			t.Fatal(err)
		}
		want, wantErr := Parse([]byte(raw), "")
		want.Raw = nil
		if got, err := FromValues(values); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(err, wantErr) {
			t.Errorf("%s: %+v, %v; want %+v, %v", raw, got, err, want, wantErr)
		}
	}
	if _, err := FromValues(map[string]any{"courier": struct{}{}, "shipment": 7}); err == nil || !strings.Contains(err.Error(), "Shipment must be an object") {
		t.Errorf("a number that JSON does not write: %v", err)
	}
}

// FuzzDocument: every text is read as encoding/json reads it, or refused where it refuses.
func FuzzDocument(f *testing.F) {
	f.Add(string(sample(f)))
	for _, raw := range documents {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if _, _, err := decode([]byte(raw)); err != nil && strings.Contains(err.Error(), "UTF-8") && errs.Is(err, errs.Malformed) {
			return
		}
		sameAsJSON(t, strings.TrimPrefix(raw, "\ufeff"))
	})
}

package courier

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"packbench/backend/base/errs"
)

type plain struct{ d *Descriptor }

func (p plain) Descriptor() *Descriptor                        { return p.d }
func (p plain) Check(context.Context, Access) (Verdict, error) { return Verdict{}, nil }
func (p plain) Book(context.Context, Access, Consignment) (Booked, error) {
	return Booked{}, nil
}

type canceller struct{ plain }

func (canceller) Cancel(context.Context, Access, Reference) error { return nil }

type quoter struct{ plain }

func (quoter) Quote(context.Context, Access, Consignment) ([]Offer, error) { return nil, nil }

func TestRegistryFindsByKey(t *testing.T) {
	second := descriptor()
	second.Key, second.Name = "Another", "Another"
	r, err := NewRegistry(plain{descriptor()}, plain{second})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := r.Find("Sample"); err != nil || a.Descriptor().Name != "Sample" {
		t.Errorf("Find: %v %v", a, err)
	}
	if _, err := r.Find("sample"); !errs.Is(err, errs.NotFound) || !strings.Contains(err.Error(), "list-couriers") {
		t.Errorf("keys are case-sensitive and the error says where they are: %v", err)
	}
	if list := r.List(); len(list) != 2 || list[0].Name != "Another" {
		t.Errorf("List is by name: %v", list)
	}
}

type forwarder struct{ plain }

func (forwarder) Told(context.Context, Access, Key, Topic) (json.RawMessage, error) { return nil, nil }

func upstream(key Key) forwarder {
	d := descriptor()
	d.Key, d.Name, d.Capabilities.Forwards = key, string(key), true
	return forwarder{plain{d}}
}

func TestOneUpstream(t *testing.T) {
	r, err := NewRegistry(plain{descriptor()})
	if err != nil {
		t.Fatal(err)
	}
	if _, any := r.Upstream(); any {
		t.Error("a courier that forwards nothing is an upstream")
	}
	if r, err = NewRegistry(plain{descriptor()}, upstream("Cloud")); err != nil {
		t.Fatal(err)
	}
	if a, any := r.Upstream(); !any || a.Descriptor().Key != "Cloud" {
		t.Errorf("%v %t", a, any)
	}
	_, err = r.Find("Parcelers")
	if words := err.Error(); !strings.Contains(words, "list-couriers") || !strings.HasSuffix(words, "A registered auth of Cloud would carry an order for any courier key that Cloud knows.") {
		t.Errorf("%s", words)
	}
	if _, err = NewRegistry(upstream("Cloud"), upstream("Fog")); err == nil || !strings.Contains(err.Error(), "both Cloud and Fog forward") {
		t.Errorf("two upstreams: %v", err)
	}
}

func TestRegistryRefuses(t *testing.T) {
	cases := map[string]func(d *Descriptor) []Adapter{
		"two adapters":   func(d *Descriptor) []Adapter { return []Adapter{plain{d}, plain{d}} },
		"about cancel":   func(d *Descriptor) []Adapter { d.Capabilities.Cancel = true; return []Adapter{plain{d}} },
		"disagree":       func(d *Descriptor) []Adapter { return []Adapter{canceller{plain{d}}} },
		"about price":    func(d *Descriptor) []Adapter { return []Adapter{quoter{plain{d}}} },
		"about forwards": func(d *Descriptor) []Adapter { d.Capabilities.Forwards = true; return []Adapter{plain{d}} },
		"initials":       func(d *Descriptor) []Adapter { d.Initials = "S"; return []Adapter{plain{d}} },
		"one service":    func(d *Descriptor) []Adapter { d.Services = nil; return []Adapter{plain{d}} },
		"key of its own": func(d *Descriptor) []Adapter { d.Fields = append(d.Fields, d.Fields[0]); return []Adapter{plain{d}} },
		"missing closing": func(d *Descriptor) []Adapter {
			d.Options = []Field{{Key: "a", Label: "A", Pattern: "(", Kind: Text}}
			return []Adapter{plain{d}}
		},
		"default is refused": func(d *Descriptor) []Adapter { d.Fields[5].Default = "yes"; return []Adapter{plain{d}} },
	}
	for words, build := range cases {
		if _, err := NewRegistry(build(descriptor())...); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("want an error with %q, got %v", words, err)
		}
	}
}

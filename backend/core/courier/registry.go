package courier

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
)

// Registry holds the couriers this program has, by key.
type Registry struct {
	adapters map[Key]Adapter
	keys     []Key
	upstream Adapter
}

// NewRegistry takes the adapters. It returns an error for two of one key and for a descriptor that promises what its
// adapter does not do, and for two upstreams: nothing would say which of them an order is meant for.
func NewRegistry(adapters ...Adapter) (*Registry, error) {
	r := &Registry{adapters: make(map[Key]Adapter, len(adapters))}
	for _, a := range adapters {
		d := a.Descriptor()
		if _, twice := r.adapters[d.Key]; twice {
			return nil, fmt.Errorf("courier: two adapters have the key %s", d.Key)
		}
		if err := agrees(a, d); err != nil {
			return nil, err
		}
		if err := wellFormed(d); err != nil {
			return nil, err
		}
		if d.Capabilities.Forwards {
			if r.upstream != nil {
				return nil, fmt.Errorf("courier: both %s and %s forward", r.upstream.Descriptor().Key, d.Key)
			}
			r.upstream = a
		}
		r.adapters[d.Key] = a
		r.keys = append(r.keys, d.Key)
	}
	sort.Slice(r.keys, func(i, j int) bool {
		a, b := r.adapters[r.keys[i]].Descriptor(), r.adapters[r.keys[j]].Descriptor()
		if a.Local != b.Local {
			return a.Local
		}
		return strings.ToLower(a.Name) < strings.ToLower(b.Name)
	})
	return r, nil
}

func agrees(a Adapter, d *Descriptor) error {
	_, cancels := a.(Canceller)
	_, finds := a.(Finder)
	_, tracks := a.(Tracker)
	_, relabels := a.(Relabeller)
	_, manifests := a.(Manifester)
	_, forwards := a.(Forwarder)
	_, quotes := a.(Quoter)
	for _, c := range []struct {
		name           string
		promised, does bool
	}{
		{"cancel", d.Capabilities.Cancel, cancels}, {"find", d.Capabilities.Find, finds},
		{"track", d.Capabilities.Track, tracks}, {"relabel", d.Capabilities.Relabel, relabels},
		{"manifest", d.Capabilities.Manifest, manifests}, {"forwards", d.Capabilities.Forwards, forwards}, {"price", d.Capabilities.Price, quotes},
	} {
		if c.promised != c.does {
			return fmt.Errorf("courier %s: descriptor and adapter disagree about %s", d.Key, c.name)
		}
	}
	return nil
}

// wellFormed finds the mistakes of a descriptor that would otherwise show at a user's first try.
func wellFormed(d *Descriptor) error {
	switch {
	case d.Key == "" || d.Name == "" || utf8.RuneCountInString(d.Initials) != 2:
		return fmt.Errorf("courier %q: key, name and two initials are needed", d.Key)
	case len(d.Services) == 0 || len(d.Formats) == 0 || len(d.Sizes) == 0:
		return fmt.Errorf("courier %s: at least one service, label format and label size are needed", d.Key)
	}
	for _, list := range [][]Field{d.Fields, d.Options} {
		seen := map[string]bool{}
		for _, f := range list {
			if f.Key == "" || f.Label == "" || seen[f.Key] {
				return fmt.Errorf("courier %s: field %q needs a key of its own and a label", d.Key, f.Key)
			}
			seen[f.Key] = true
			if _, err := regexp.Compile(f.Pattern); err != nil {
				return fmt.Errorf("courier %s: field %s: %w", d.Key, f.Key, err)
			}
			if f.Default != "" && f.Check(f.Default) != "" {
				return fmt.Errorf("courier %s: field %s: its default is refused: %s", d.Key, f.Key, f.Check(f.Default))
			}
		}
	}
	return nil
}

// Find gives the adapter of a key, or NotFound with where to look the keys up.
func (r *Registry) Find(key Key) (Adapter, error) {
	if a, ok := r.adapters[key]; ok {
		return a, nil
	}
	err := errs.New(errs.NotFound, "There is no courier %q. GET /api/couriers/v1/list-couriers (or: packbench courier list) names the couriers; keys are case-sensitive.", string(key))
	if r.upstream != nil {
		err.Message += fmt.Sprintf(" A registered auth of %s would carry an order for any courier key that %[1]s knows.", r.upstream.Descriptor().Name)
	}
	return nil, err
}

// Upstream gives the adapter that carries couriers which have none of their own, where there is one.
func (r *Registry) Upstream() (a Adapter, ok bool) { return r.upstream, r.upstream != nil }

// List gives every descriptor: those that need no network first, because a new user begins with them, then by name.
func (r *Registry) List() []*Descriptor {
	list := make([]*Descriptor, 0, len(r.keys))
	for _, k := range r.keys {
		list = append(list, r.adapters[k].Descriptor())
	}
	return list
}

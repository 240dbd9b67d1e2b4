package desktop

import (
	"context"

	"packbench/backend/core/courier"
)

// Couriers is the directory of couriers.
type Couriers struct{ door *Door }

// List gives every courier's descriptor, by name.
func (c *Couriers) List() ([]courier.Descriptor, error) {
	return ask(c.door, "Couriers.List", func(_ context.Context, s *Services) ([]courier.Descriptor, error) {
		var list []courier.Descriptor
		for _, d := range s.Couriers.List() {
			list = append(list, *d)
		}
		return list, nil
	})
}

// Get gives one courier's descriptor.
func (c *Couriers) Get(key string) (courier.Descriptor, error) {
	return ask(c.door, "Couriers.Get", func(_ context.Context, s *Services) (courier.Descriptor, error) {
		adapter, err := s.Couriers.Find(courier.Key(key))
		if err != nil {
			return courier.Descriptor{}, err
		}
		return *adapter.Descriptor(), nil
	})
}

//go:build bridge

package main

import (
	"context"
	"errors"

	"packbench/backend/core/courier"
)

// Manifest closes a day; the first time nobody knows whether it did.
func (s *sample) Manifest(context.Context, courier.Access, courier.Day) (courier.Manifest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.days++
	if s.days == 1 {
		return courier.Manifest{}, errors.New("the connection broke")
	}
	return courier.Manifest{Number: "SP-DAY-1"}, nil
}

package app

import (
	"sync"
	"time"
	_ "time/tzdata" // Windows has no table of time zones that Go reads

	"packbench/backend/core/settings"
)

type zoneCache struct {
	mu   sync.Mutex
	name string
	zone *time.Location
}

func (c *zoneCache) of(s settings.Settings) *time.Location {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.zone == nil || c.name != s.TimeZone {
		c.name, c.zone = s.TimeZone, s.Location()
	}
	return c.zone
}

package clock_test

import (
	"testing"
	"testing/synctest"
	"time"

	"packbench/backend/base/clock"
)

func TestSystemFollowsTheMachineInUTC(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := clock.System{}.Now()
		time.Sleep(90 * time.Minute) // of the bubble's clock
		after := clock.System{}.Now()
		if after.Sub(before) != 90*time.Minute || after.Location() != time.UTC {
			t.Errorf("from %v to %v", before, after)
		}
	})
}

func TestManualStandsWhereItIsSet(t *testing.T) {
	var zero clock.Manual
	if !zero.Now().IsZero() {
		t.Errorf("the zero clock says %v", zero.Now())
	}
	at := time.Date(2026, 7, 1, 9, 0, 0, 0, time.FixedZone("CEST", 7200))
	c := clock.NewManual(at)
	if now := c.Now(); !now.Equal(at) || now.Location() != time.UTC {
		t.Errorf("made at %v, says %v", at, now)
	}
	c.Advance(-48 * time.Hour)
	if !c.Now().Equal(at.Add(-48 * time.Hour)) {
		t.Errorf("set back, it says %v", c.Now())
	}
	c.Set(at.AddDate(10, 0, 0))
	if now := c.Now(); !now.Equal(at.AddDate(10, 0, 0)) || now.Location() != time.UTC {
		t.Errorf("set ahead, it says %v", now)
	}
}

var _ = []clock.Clock{clock.System{}, (*clock.Manual)(nil)}

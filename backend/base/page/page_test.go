package page_test

import (
	"math"
	"testing"

	"packbench/backend/base/page"
)

func TestSizeStaysWithinItsBounds(t *testing.T) {
	for limit, want := range map[int]int{
		math.MinInt: page.DefaultLimit, -1: page.DefaultLimit, 0: page.DefaultLimit, 1: 1, 50: 50,
		page.MaxLimit: page.MaxLimit, page.MaxLimit + 1: page.MaxLimit, math.MaxInt: page.MaxLimit,
	} {
		if got := (page.Request{Limit: limit}).Size(); got != want {
			t.Errorf("a limit of %d gives %d rows, want %d", limit, got, want)
		}
	}
}

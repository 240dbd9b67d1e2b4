package pdf

import (
	"testing"

	"pgregory.net/rapid"
)

// Every block is on exactly one page, in order, inside the page, under a header where it is a row,
// and with the block it belongs to.
func TestPaginateKeepsEveryBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var blocks []block
		for i := range rapid.IntRange(1, 60).Draw(t, "blocks") {
			blocks = append(blocks, block{
				height: float64(rapid.IntRange(0, 40).Draw(t, "height")), row: rapid.Bool().Draw(t, "row"),
				keep: i > 0 && rapid.IntRange(0, 4).Draw(t, "keep") == 0,
			})
		}
		const first, next, end, headed = 10.0, 20.0, 250.0, 7.0
		header := block{height: headed, draw: func(float64) {}}
		at := 0
		for number, page := range paginate(blocks, header, first, next, end) {
			y := first
			if number > 0 {
				y = next
			}
			if len(page) == 0 {
				t.Fatalf("page %d is empty", number+1)
			}
			under := false
			for i, placed := range page {
				if placed.y != y {
					t.Fatalf("page %d: a block stands at %v, the one before it ends at %v", number+1, placed.y, y)
				}
				y += placed.height
				if placed.draw != nil {
					under = true
					continue
				}
				if want := blocks[at]; placed.height != want.height || placed.row != want.row {
					t.Fatalf("page %d holds a block out of order", number+1)
				}
				if placed.row && !under {
					t.Fatalf("page %d has a row without a header", number+1)
				}
				if i == 0 && blocks[at].keep && y-next < end-next && groupHeight(blocks, at) <= end-next-headed {
					t.Fatalf("page %d begins with a block that belongs to the one before it", number+1)
				}
				at++
			}
			if y > end && len(page) > 2 && groupHeight(blocks, at-1) <= end-next-headed {
				t.Fatalf("page %d ends at %v, the paper at %v", number+1, y, end)
			}
		}
		if at != len(blocks) {
			t.Fatalf("%d of %d blocks are drawn", at, len(blocks))
		}
	})
}

// groupHeight gives the height of the blocks that stay together with the one at i.
func groupHeight(blocks []block, i int) (sum float64) {
	from := i
	for from > 0 && blocks[from].keep {
		from--
	}
	sum = blocks[from].height
	for to := from + 1; to < len(blocks) && blocks[to].keep; to++ {
		sum += blocks[to].height
	}
	return sum
}

package pdf

// block is a piece of a document that stays in one piece. One without draw takes no room.
type block struct {
	height float64
	draw   func(y float64) // y is its upper edge
	keep   bool            // stays on the page of the block before it
	row    bool            // belongs to the table, whose header stands above it on every page
}

// paged is a block in its place.
type paged struct {
	block
	y float64
}

// paginate lays blocks under each other on pages that reach from first, on the first page, or next,
// on the others, to end. On every page the rows of the table stand under its header. A block higher
// than a page stands at the top of one of its own.
func paginate(blocks []block, header block, first, next, end float64) [][]paged {
	var pages [][]paged
	page := make([]paged, 0, len(blocks)+1)
	y, headed := first, false
	for i := 0; i < len(blocks); {
		group, height := i+1, blocks[i].height
		for group < len(blocks) && blocks[group].keep {
			height += blocks[group].height
			group++
		}
		needed := height
		if blocks[i].row && !headed {
			needed += header.height
		}
		if y+needed > end && len(page) > 0 {
			pages, page, y, headed = append(pages, page), nil, next, false
		}
		for ; i < group; i++ {
			if blocks[i].row && !headed {
				page, y, headed = append(page, paged{header, y}), y+header.height, true
			}
			page, y = append(page, paged{blocks[i], y}), y+blocks[i].height
		}
	}
	return append(pages, page)
}

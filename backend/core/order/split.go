package order

import (
	"packbench/backend/base/measure"
	"packbench/backend/core/courier"
)

// split makes count boxes of fewer: the last box is dealt out over as many as are missing. Its pieces go in order, as
// evenly as whole pieces can; its own weight and value are shared so that the sums stay. Each box has its own packaging.
func split(boxes []box, count int) []box {
	last := boxes[len(boxes)-1]
	shares := count - len(boxes) + 1
	out := append(make([]box, 0, count), boxes[:len(boxes)-1]...)
	deal := newDealer(last.Items, shares)
	for n := range shares {
		b := last
		b.Items = deal.hand(n)
		b.Weight = measure.Grams(share(int64(last.Weight), n, shares))
		b.Value.Minor = share(last.Value.Minor, n, shares)
		if n > 0 {
			b.PackageID = "" // an id is one box's
		}
		out = append(out, b)
	}
	return out
}

// share is the n-th of parts nearly equal parts of total, the larger ones first; the parts add up to total.
func share(total int64, n, parts int) int64 {
	part := total / int64(parts)
	if int64(n) < total%int64(parts) {
		part++
	}
	return part
}

// dealer deals pieces out in order.
type dealer struct {
	items  []courier.Item
	pieces int64
	shares int
	item   int   // the item in hand
	gone   int64 // pieces of it dealt
}

func newDealer(items []courier.Item, shares int) *dealer {
	d := &dealer{items: items, shares: shares}
	for _, item := range items {
		d.pieces += item.Quantity
	}
	return d
}

func (d *dealer) hand(n int) []courier.Item {
	hand := []courier.Item{}
	for left := share(d.pieces, n, d.shares); left > 0; {
		item := d.items[d.item]
		take := min(left, item.Quantity-d.gone)
		d.gone += take
		left -= take
		if d.gone == item.Quantity {
			d.item, d.gone = d.item+1, 0
		}
		item.Quantity = take
		hand = append(hand, item)
	}
	return hand
}

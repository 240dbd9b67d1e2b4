package sqldb

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// A set of shipment numbers is kept in blocks of this many numbers in a row.
const (
	blockShift = 14
	blockSize  = 1 << blockShift
	wordBits   = 64
)

// fewMembers is up to how many members of a block are written as a list of them, two bytes each; more are written as bits.
const fewMembers = 512

// members is a block of a set: a bit for each of its numbers.
type members [blockSize / wordBits]uint64

// set is a set of shipment numbers, by blocks; a block without members may be nil.
type set []*members

func (s set) has(number int64) bool {
	at := int(number >> blockShift)
	return at < len(s) && s[at] != nil && s[at].has(number)
}

func (m *members) has(number int64) bool {
	return m[number%blockSize/wordBits]>>(number%wordBits)&1 == 1
}

func (m *members) add(number int64) { m[number%blockSize/wordBits] |= 1 << (number % wordBits) }

func (m *members) remove(number int64) { m[number%blockSize/wordBits] &^= 1 << (number % wordBits) }

func (m *members) count() (n int) {
	for _, word := range m {
		n += bits.OnesCount64(word)
	}
	return n
}

// at gives the block with that place, which it makes where it is missing.
func (s *set) at(place int64) *members {
	for int64(len(*s)) <= place {
		*s = append(*s, nil)
	}
	if (*s)[place] == nil {
		(*s)[place] = &members{}
	}
	return (*s)[place]
}

func (s *set) add(number int64) { s.at(number >> blockShift).add(number) }

func (s set) count() (n int64) {
	for _, block := range s {
		if block != nil {
			n += int64(block.count())
		}
	}
	return n
}

// countBoth counts the members of both sets.
func countBoth(a, b set) (n int64) {
	for i := range min(len(a), len(b)) {
		if a[i] == nil || b[i] == nil {
			continue
		}
		for w, word := range a[i] {
			n += int64(bits.OnesCount64(word & b[i][w]))
		}
	}
	return n
}

// and keeps what other has too.
func (s set) and(other set) {
	for i, block := range s {
		switch {
		case block == nil:
		case i >= len(other) || other[i] == nil:
			s[i] = nil
		default:
			for w := range block {
				block[w] &= other[i][w]
			}
		}
	}
}

// less takes out what other has.
func (s set) less(other set) {
	for i := range min(len(s), len(other)) {
		if s[i] == nil || other[i] == nil {
			continue
		}
		for w := range s[i] {
			s[i][w] &^= other[i][w]
		}
	}
}

// below gives up to limit members smaller than a number, the greatest first.
func (s set) below(number int64, limit int) []int64 {
	list := make([]int64, 0, min(limit, 1_024))
	for at := min(int64(len(s))-1, number>>blockShift); at >= 0; at-- {
		block := s[at]
		if block == nil {
			continue
		}
		for w := len(block) - 1; w >= 0; w-- {
			for word := block[w]; word != 0; {
				bit := bits.Len64(word) - 1
				word &^= 1 << bit
				if n := at<<blockShift + int64(w*wordBits+bit); n < number {
					if len(list) == limit {
						return list
					}
					list = append(list, n)
				}
			}
		}
	}
	return list
}

// above gives up to limit members greater than a number, the smallest first.
func (s set) above(number int64, limit int) []int64 {
	list := make([]int64, 0, min(limit, 1_024))
	for at := max(number, 0) >> blockShift; at < int64(len(s)); at++ {
		block := s[at]
		if block == nil {
			continue
		}
		for w, word := range block {
			for ; word != 0; word &= word - 1 {
				if n := at<<blockShift + int64(w*wordBits+bits.TrailingZeros64(word)); n > number {
					if len(list) == limit {
						return list
					}
					list = append(list, n)
				}
			}
		}
	}
	return list
}

// member is the byte of a number in a set, as bytes gives it.
var member = []byte{1}

// bytes gives a byte for each number from 1 on, for statements to look at: substr(bytes, number, 1).
func (s set) bytes() []byte {
	list := make([]byte, len(s)*blockSize)
	for at, block := range s {
		if block == nil {
			continue
		}
		for w, word := range block {
			for ; word != 0; word &= word - 1 {
				if n := at<<blockShift + w*wordBits + bits.TrailingZeros64(word); n > 0 {
					list[n-1] = member[0]
				}
			}
		}
	}
	return list
}

// ends gives the smallest and the greatest member; 0, 0 for none.
func (s set) ends() (least, most int64) {
	if least := s.above(0, 1); len(least) > 0 {
		return least[0], s.below(1<<62, 1)[0]
	}
	return 0, 0
}

// stretch is numbers in a row, from the least to the most.
type stretch struct{ least, most int64 }

// stretchGap is how far apart two members of a stretch are at most: what lies between is read sooner than another stretch.
const stretchGap = 512

// stretches gives the stretches in which members stand close together: of a day it is one, beside what was imported on another.
func (s set) stretches() (list []stretch) {
	for _, number := range s.above(0, int(s.count())) {
		if last := len(list) - 1; last >= 0 && number-list[last].most <= stretchGap {
			list[last].most = number
		} else {
			list = append(list, stretch{number, number})
		}
	}
	return list
}

// encode writes a block as it is kept; nil where it has no members.
func (m *members) encode() []byte {
	count := m.count()
	if count == 0 {
		return nil
	}
	if count <= fewMembers {
		list := make([]byte, 0, 2*count)
		for w, word := range m {
			for ; word != 0; word &= word - 1 {
				list = binary.LittleEndian.AppendUint16(list, uint16(w*wordBits+bits.TrailingZeros64(word)))
			}
		}
		return list
	}
	all := make([]byte, 0, blockSize/8)
	for _, word := range m {
		all = binary.LittleEndian.AppendUint64(all, word)
	}
	return all
}

// join adds the members of a block as encode wrote it.
func (m *members) join(text []byte) error {
	if len(text) == blockSize/8 {
		for w := range m {
			m[w] |= binary.LittleEndian.Uint64(text[w*8:])
		}
		return nil
	}
	if len(text) > 2*fewMembers || len(text)%2 != 0 {
		return fmt.Errorf("sqldb: a block of a set has %d bytes", len(text))
	}
	for i := 0; i < len(text); i += 2 {
		n := int64(binary.LittleEndian.Uint16(text[i:]))
		if n >= blockSize {
			return fmt.Errorf("sqldb: a block of a set has the member %d", n)
		}
		m.add(n)
	}
	return nil
}

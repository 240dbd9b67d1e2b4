// Package ident makes the ids of stored things: UUID version 7 (RFC 9562) as lower-case text, which sort by the time
// they were made. Each noun of core gives its ids a type of their own.
package ident

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"sync"
	"time"
)

// stepBack is how far the clock may go back while ids still sort in the order they were made.
const stepBack = 10_000 // ms

// last is the newest id of this process, as two halves: 48 bits of time, version and 12 random bits; variant and 62
// random bits.
var last struct {
	sync.Mutex
	high, low uint64
}

// New gives a UUIDv7 for the moment: 48 bits of Unix milliseconds, then 74 random bits. Ids of one process sort in the
// order they were made, within a millisecond too (RFC 9562 §6.2, method 2: the random bits count up by a random step),
// and where the clock went back by less than ten seconds.
func New(now time.Time) string {
	last.Lock()
	defer last.Unlock()
	ms := uint64(now.UnixMilli())
	before := last.high >> 16
	if ms <= before && before-ms <= stepBack {
		last.high, last.low = next(last.high, last.low, 1+random()>>33)
	} else {
		last.high = ms<<16 | 0x7000 | random()&0x0fff
		last.low = 1<<63 | random()>>2
	}
	return text(last.high, last.low)
}

// next adds a step to the 74 random bits, and carries what they can't hold into the time.
func next(high, low, step uint64) (uint64, uint64) {
	sum := low&(1<<62-1) + step
	low = 1<<63 | sum&(1<<62-1)
	if sum>>62 == 0 {
		return high, low
	}
	if high&0x0fff < 0x0fff {
		return high + 1, low
	}
	return (high>>16+1)<<16 | 0x7000, low
}

func random() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails: the program ends instead (crypto/rand since Go 1.24)
	return binary.BigEndian.Uint64(b[:])
}

// Valid reports whether s is a UUID as New writes it.
func Valid(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}

func text(high, low uint64) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], high)
	binary.BigEndian.PutUint64(b[8:], low)
	var s [36]byte
	hex.Encode(s[0:8], b[0:4])
	hex.Encode(s[9:13], b[4:6])
	hex.Encode(s[14:18], b[6:8])
	hex.Encode(s[19:23], b[8:10])
	hex.Encode(s[24:36], b[10:16])
	s[8], s[13], s[18], s[23] = '-', '-', '-', '-'
	return string(s[:])
}

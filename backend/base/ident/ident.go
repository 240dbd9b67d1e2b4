// Package ident makes the ids of stored things: UUID version 7 (RFC 9562) as lower-case text, which sort by the time
// they were made. Each noun of core gives its ids a type of their own.
package ident

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// New gives a UUIDv7 for the moment: 48 bits of Unix milliseconds, then 74 random bits.
func New(now time.Time) string {
	var b [16]byte
	if _, err := rand.Read(b[6:]); err != nil {
		panic("ident: the system's random source failed: " + err.Error()) // crypto/rand never returns an error since Go 1.24
	}
	ms := uint64(now.UnixMilli())
	for i := 5; i >= 0; i-- {
		b[i] = byte(ms)
		ms >>= 8
	}
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return text(b)
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

func text(b [16]byte) string {
	var s [36]byte
	hex.Encode(s[0:8], b[0:4])
	hex.Encode(s[9:13], b[4:6])
	hex.Encode(s[14:18], b[6:8])
	hex.Encode(s[19:23], b[8:10])
	hex.Encode(s[24:36], b[10:16])
	s[8], s[13], s[18], s[23] = '-', '-', '-', '-'
	return string(s[:])
}

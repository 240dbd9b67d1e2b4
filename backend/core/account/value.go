package account

import (
	"crypto/rand"
	"hash/crc32"
	"math/big"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
)

// The form of our own secrets: a prefix that says what it is, 32 random bytes as 43 base62 digits, and the CRC-32 (IEEE)
// of all before as 6 more, by which a typing mistake is seen without asking the database.
const (
	tokenLive = "pkt_live_"
	tokenTest = "pkt_test_"
	keyLive   = "pka_live_"
	keyTest   = "pka_test_"

	randomSize   = 32
	randomDigits = 43 // 62^43 > 2^256
	checkDigits  = 6  // 62^6 > 2^32
)

// Bounds of a value that is typed in or brought along, in characters of printable ASCII.
const (
	ValueMin = 16
	ValueMax = 255
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func newValue(prefix string) secret.Value {
	random := make([]byte, randomSize)
	_, _ = rand.Read(random) // never fails: the program ends instead (crypto/rand since Go 1.24)
	body := prefix + digits(new(big.Int).SetBytes(random), randomDigits)
	return secret.New(body + checksum(body))
}

func checksum(body string) string {
	return digits(new(big.Int).SetUint64(uint64(crc32.ChecksumIEEE([]byte(body)))), checkDigits)
}

// digits writes n with count base62 digits, zeros in front.
func digits(n *big.Int, count int) string {
	out := make([]byte, count)
	rest, radix, digit := new(big.Int).Set(n), big.NewInt(int64(len(base62))), new(big.Int)
	for i := count - 1; i >= 0; i-- {
		rest.QuoRem(rest, radix, digit)
		out[i] = base62[digit.Int64()]
	}
	return string(out)
}

// prefixOf gives which of our prefixes the value has, "" for a value of another system.
func prefixOf(value string) string {
	for _, prefix := range []string{tokenLive, tokenTest, keyLive, keyTest} {
		if strings.HasPrefix(value, prefix) {
			return prefix
		}
	}
	return ""
}

// plausible reports whether the value can be a secret at all: of printable length and characters and, where it has our
// prefix, with the right checksum. What is not plausible is refused without a look-up.
func plausible(value string) bool {
	if len(value) < ValueMin || len(value) > ValueMax || strings.ContainsFunc(value, unprintable) {
		return false
	}
	prefix := prefixOf(value)
	return prefix == "" || wellFormed(value, prefix)
}

func wellFormed(value, prefix string) bool {
	if len(value) != len(prefix)+randomDigits+checkDigits {
		return false
	}
	for _, r := range value[len(prefix):] {
		if !strings.ContainsRune(base62, r) {
			return false
		}
	}
	body := value[:len(value)-checkDigits]
	return value[len(body):] == checksum(body)
}

func unprintable(r rune) bool { return r <= ' ' || r > '~' }

// checkTyped checks a secret that a person typed in or brought along, to be stored as one of the wanted prefixes' kind.
// Invalid at path.
func checkTyped(path, value string, wanted ...string) error {
	switch {
	case strings.ContainsFunc(value, unprintable):
		return errs.OnField(path, "Use printable ASCII characters without spaces only: HTTP headers carry no others safely.")
	case len(value) < ValueMin:
		return errs.OnField(path, "This has %d characters and needs at least %d, so that it can't be guessed.", len(value), ValueMin)
	case len(value) > ValueMax:
		return errs.OnField(path, "This has %d characters and may have at most %d.", len(value), ValueMax)
	}
	prefix := prefixOf(value)
	if prefix == "" {
		return nil
	}
	if !wellFormed(value, prefix) {
		return errs.OnField(path, "This starts like a secret of Packbench (%s…), but its check characters are wrong: it was cut or mistyped. Copy it again.", prefix)
	}
	for _, w := range wanted {
		if prefix == w {
			return nil
		}
	}
	return errs.OnField(path, "This starts with %s, but what is made here starts with %s. Bring along a value of the same kind, or leave it out to have one made.", prefix, strings.Join(wanted, " or "))
}

// testOnly reports whether the value says by itself that it never buys live labels.
func testOnly(value string) bool {
	prefix := prefixOf(value)
	return prefix == tokenTest || prefix == keyTest
}

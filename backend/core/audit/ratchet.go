package audit

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"

	"packbench/backend/base/errs"
)

// rowsPerKey is how many rows share a key of the ratchet.
const rowsPerKey = 1000

// maxStep is how many keys the ratchet goes forward at once: a forged row with an impossible number must not hold the
// program up.
const maxStep = 1_000_000

// Ratchet gives the rows' MACs. Each key is made of the one before it, which is then erased: whoever takes the memory of
// a running program can forge no row of an earlier key. It is safe for use by many goroutines.
type Ratchet struct {
	mu    sync.Mutex
	epoch int64 // of key
	key   []byte
	mac   hash.Hash // under key
}

// NewRatchet starts at the first key, of 32 bytes, which it takes over.
func NewRatchet(first []byte) *Ratchet {
	r := &Ratchet{}
	r.set(0, first)
	return r
}

func (r *Ratchet) set(epoch int64, key []byte) {
	r.epoch, r.key, r.mac = epoch, key, hmac.New(sha256.New, key)
}

func epochOf(seq int64) int64 { return (seq - 1) / rowsPerKey }

// next makes the key after key.
func next(key []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("packbench audit: next key"))
	return h.Sum(nil)
}

// MAC gives the MAC of a row's hash. Unavailable: the key of its number was erased, or lies impossibly far ahead, which
// both mean that rows were removed or added outside Packbench.
func (r *Ratchet) MAC(seq int64, hash []byte) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ahead, err := r.ahead(seq)
	if err != nil {
		return nil, err
	}
	mac := r.mac
	if ahead > 0 {
		key := forward(r.key, ahead)
		mac = hmac.New(sha256.New, key)
		clear(key)
	}
	mac.Reset()
	mac.Write(hash)
	return mac.Sum(nil), nil
}

// Forget erases the keys before the one of a row that is on the disk. Unavailable as MAC.
func (r *Ratchet) Forget(seq int64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	ahead, err := r.ahead(max(seq, 1))
	if err != nil || ahead == 0 {
		return err
	}
	key := forward(r.key, ahead)
	clear(r.key)
	r.set(epochOf(seq), key)
	return nil
}

func (r *Ratchet) ahead(seq int64) (int64, error) {
	ahead := epochOf(seq) - r.epoch
	if seq < 1 || ahead < 0 || ahead > maxStep {
		return 0, errs.New(errs.Unavailable, "The audit was changed outside Packbench: its next entry can't be number %d. Nothing was done. Run packbench verify, keep a copy of the data folder, then restore the latest backup.", seq)
	}
	return ahead, nil
}

// forward makes the key that many steps ahead, and leaves no key of between behind.
func forward(key []byte, steps int64) []byte {
	ahead := next(key)
	for range steps - 1 {
		passed := ahead
		ahead = next(passed)
		clear(passed)
	}
	return ahead
}

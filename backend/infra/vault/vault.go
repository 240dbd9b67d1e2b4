// Package vault keeps the root key and does the program's cryptography with what it derives from it: the look-up of
// tokens, the sealing of secrets, the signing of links.
//
// One root key of 32 random bytes stands for a data folder. HKDF-SHA256 (RFC 5869) makes a key for each purpose of it.
// Each API account has a data key of its own, wrapped under one of those; secrets are sealed under the data key with
// XChaCha20-Poly1305, bound to the place where they are stored. Without its data key an account's secrets are gone for
// good, wherever copies of the database are.
package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"sync"
	"sync/atomic"

	"golang.org/x/crypto/chacha20poly1305"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
)

const (
	keySize     = chacha20poly1305.KeySize
	sealVersion = 1 // first byte of everything sealed

	wrapPlace   = "vault|data-key|key|1" // what a wrapped data key is bound to
	anchorPlace = "vault|audit|anchor|1" // what the audit's anchor is bound to, with the root key's id
)

// Vault is an account.Vault, an account.Signer and an audit.Vault. It is locked until Unlock, and safe for use by many goroutines.
type Vault struct {
	config Config
	keys   atomic.Pointer[keys] // nil while locked
	opened sync.Mutex           // one Unlock at a time
}

// The promises to core.
var (
	_ account.Vault  = (*Vault)(nil)
	_ account.Signer = (*Vault)(nil)
	_ audit.Vault    = (*Vault)(nil)
)

// keys are what a root key is used for.
type keys struct {
	lookup *hasher
	sign   *hasher // of purposes
	wrap   cipher.AEAD
	anchor cipher.AEAD
	audit  atomic.Pointer[[]byte] // the audit's first key, until it is asked for
	data   sync.Map               // wrapped data key as string → cipher.AEAD; one per account that was used
	signs  sync.Map               // purpose → *hasher, under the key that sign makes of it
}

// derive makes the key for a purpose. Purposes are part of the format: a changed one loses what stands under it.
func derive(root []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, root, nil, "packbench/v1/"+purpose, keySize)
	if err != nil {
		panic("vault: " + err.Error()) // only for more output than HKDF can give
	}
	return key
}

func newKeys(root []byte) *keys {
	k := &keys{lookup: newHasher(derive(root, "lookup")), sign: newHasher(derive(root, "sign")), wrap: newAEAD(derive(root, "wrap")), anchor: newAEAD(derive(root, "anchor"))}
	first := derive(root, "audit")
	k.audit.Store(&first)
	return k
}

func newAEAD(key []byte) cipher.AEAD {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic("vault: " + err.Error()) // only for a key of another length
	}
	return aead
}

// checkValue is what proves a root key to be the one of a key id, without giving anything of it away.
func checkValue(root []byte, keyID string) []byte { return mac(derive(root, "check"), []byte(keyID)) }

// Lock forgets every key. Every method returns Unavailable until the next Unlock.
func (v *Vault) Lock() { v.keys.Store(nil) }

func (v *Vault) unlocked() (*keys, error) {
	if k := v.keys.Load(); k != nil {
		return k, nil
	}
	return nil, errs.New(errs.Unavailable, "The secrets of this data folder are locked. Unlock them and try again.")
}

// NewDataKey makes a data key and gives it wrapped.
func (v *Vault) NewDataKey() ([]byte, error) {
	k, err := v.unlocked()
	if err != nil {
		return nil, err
	}
	return seal(k.wrap, wrapPlace, random(keySize)), nil
}

// Seal encrypts plain under the data key, bound to the place.
func (v *Vault) Seal(dataKey []byte, place string, plain []byte) ([]byte, error) {
	aead, err := v.dataKey(dataKey)
	if err != nil {
		return nil, err
	}
	return seal(aead, place, plain), nil
}

// Open decrypts what Seal made for the same data key and place. Internal for anything else: it was damaged, or moved
// here from another place.
func (v *Vault) Open(dataKey []byte, place string, sealed []byte) ([]byte, error) {
	aead, err := v.dataKey(dataKey)
	if err != nil {
		return nil, err
	}
	return open(aead, place, sealed)
}

// Lookup gives the HMAC-SHA256 by which a secret is found without being stored.
func (v *Vault) Lookup(value string) ([]byte, error) {
	k, err := v.unlocked()
	if err != nil {
		return nil, err
	}
	return k.lookup.sum([]byte(value)), nil
}

// Sign gives an HMAC-SHA256 of the data that holds for this purpose alone. Purposes are few: each is remembered.
func (v *Vault) Sign(purpose string, data []byte) ([]byte, error) {
	k, err := v.unlocked()
	if err != nil {
		return nil, err
	}
	h, known := k.signs.Load(purpose)
	if !known {
		h, _ = k.signs.LoadOrStore(purpose, newHasher(k.sign.sum([]byte(purpose))))
	}
	return h.(*hasher).sum(data), nil
}

// dataKey unwraps a data key, once.
func (v *Vault) dataKey(wrapped []byte) (cipher.AEAD, error) {
	k, err := v.unlocked()
	if err != nil {
		return nil, err
	}
	if aead, ok := k.data.Load(string(wrapped)); ok {
		return aead.(cipher.AEAD), nil
	}
	key, err := open(k.wrap, wrapPlace, wrapped)
	if err != nil {
		return nil, err
	}
	if len(key) != keySize {
		return nil, damaged(errors.New("vault: a data key has another length"))
	}
	aead := newAEAD(key)
	clear(key)
	k.data.Store(string(wrapped), aead)
	return aead, nil
}

// seal writes version, nonce and ciphertext. The nonce is random: 192 bits never meet twice.
func seal(aead cipher.AEAD, place string, plain []byte) []byte {
	nonce := random(aead.NonceSize())
	out := make([]byte, 0, 1+len(nonce)+len(plain)+aead.Overhead())
	out = append(append(out, sealVersion), nonce...)
	return aead.Seal(out, nonce, plain, []byte(place))
}

func open(aead cipher.AEAD, place string, sealed []byte) ([]byte, error) {
	head := 1 + aead.NonceSize()
	if len(sealed) < head || sealed[0] != sealVersion {
		return nil, damaged(errors.New("vault: not a sealed value of version 1"))
	}
	plain, err := aead.Open(nil, sealed[1:head], sealed[head:], []byte(place))
	if err != nil {
		return nil, damaged(err)
	}
	return plain, nil
}

func damaged(cause error) error {
	return errs.Wrap(cause, errs.Internal, "A stored secret can't be opened: it was damaged, or isn't where it was sealed. Enter it anew.")
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: the program ends instead (crypto/rand since Go 1.24)
	return b
}

package vault

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
)

// unlockedWith gives a vault on a root key of the test's.
func unlockedWith(root []byte) *Vault {
	v := &Vault{}
	v.keys.Store(newKeys(root))
	return v
}

func rootOf(b byte) []byte { return bytes.Repeat([]byte{b}, keySize) }

// The derivations are a format: what they give for a root key must never change. The expected values come from another
// implementation of RFC 5869 and RFC 2104.
func TestDerivationsStayWhatTheyAre(t *testing.T) {
	root := make([]byte, keySize)
	for i := range root {
		root[i] = byte(i)
	}
	v := unlockedWith(root)
	lookup, err := v.Lookup("pkt_live_example")
	if err != nil {
		t.Fatal(err)
	}
	signed, err := v.Sign("file link", []byte("data"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		got  []byte
		want string
	}{
		"lookup": {lookup, "978b0a7668b2696389ab21c7c42bb565239435be776fef101414ce3d00fbf3ca"},
		"sign":   {signed, "d9b2cc10c4813b8ecf7b955e3d70b310ce15380c13991c44a7f74035840c291c"},
		"check":  {checkValue(root, "key-1"), "83cdbf00c97e74b0f35999f7351ddb1b66ae1fe78bd184f774f1172c5023d338"},
		"wrap":   {derive(root, "wrap"), "d19ec61c334e4020e1b178565800c9a49b1fc5a7c04ffd4956df48042351fe10"},
	} {
		if hex.EncodeToString(c.got) != c.want {
			t.Errorf("%s is %x, want %s", name, c.got, c.want)
		}
	}
}

func TestSealedOpensInItsPlaceOnly(t *testing.T) {
	v := unlockedWith(rootOf(1))
	rapid.Check(t, func(t *rapid.T) {
		type stored struct {
			key    []byte
			place  string
			plain  []byte
			sealed []byte
		}
		places := rapid.SliceOfNDistinct(rapid.StringMatching(`(token|key|auth)\|[a-z0-9/-]{1,20}\|(value|fields)\|[12]`), 2, 6, rapid.ID).Draw(t, "places")
		var all []stored
		for range 2 { // two accounts
			key, err := v.NewDataKey()
			if err != nil {
				t.Fatal(err)
			}
			for _, place := range places {
				plain := rapid.SliceOfN(rapid.Byte(), 0, 80).Draw(t, "plain")
				sealed, err := v.Seal(key, place, plain)
				if err != nil {
					t.Fatal(err)
				}
				if len(plain) > 8 && bytes.Contains(sealed, plain) {
					t.Fatal("the plain text is part of what is stored")
				}
				all = append(all, stored{key, place, plain, sealed})
			}
		}
		for i, a := range all {
			for j, b := range all {
				plain, err := v.Open(a.key, a.place, b.sealed)
				if i == j {
					if err != nil || !bytes.Equal(plain, a.plain) {
						t.Fatalf("%s: got %x, %v", a.place, plain, err)
					}
				} else if !errs.Is(err, errs.Internal) {
					t.Fatalf("what was sealed for %s opened as %s (account %t): %v", b.place, a.place, bytes.Equal(a.key, b.key), err)
				}
			}
		}
	})
}

func TestDamagedIsRefused(t *testing.T) {
	v := unlockedWith(rootOf(1))
	key, _ := v.NewDataKey()
	sealed, err := v.Seal(key, "p", []byte("a secret of some length"))
	if err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string][]byte{"sealed": sealed, "data key": key} {
		for i := range target {
			for bit := range 8 {
				target[i] ^= 1 << bit
				if _, err := v.Open(key, "p", sealed); !errs.Is(err, errs.Internal) {
					t.Fatalf("%s with bit %d of byte %d turned: %v", name, bit, i, err)
				}
				target[i] ^= 1 << bit
			}
		}
		for n := range target {
			opened, wrapped := sealed, key
			if name == "sealed" {
				opened = target[:n]
			} else {
				wrapped = target[:n]
			}
			if _, err := v.Open(wrapped, "p", opened); !errs.Is(err, errs.Internal) {
				t.Fatalf("%s cut to %d bytes: %v", name, n, err)
			}
		}
	}
	if _, err := v.Open(key, "p", sealed); err != nil {
		t.Fatalf("whole again: %v", err)
	}
}

func TestAnotherRootKeyOpensNothing(t *testing.T) {
	one, other := unlockedWith(rootOf(1)), unlockedWith(rootOf(2))
	key, _ := one.NewDataKey()
	sealed, _ := one.Seal(key, "p", []byte("x"))
	if _, err := other.Open(key, "p", sealed); !errs.Is(err, errs.Internal) {
		t.Fatalf("opened: %v", err)
	}
	a, _ := one.Lookup("value")
	b, _ := other.Lookup("value")
	if bytes.Equal(a, b) {
		t.Fatal("two root keys give one look-up")
	}
}

func TestSignatureHoldsForItsPurpose(t *testing.T) {
	v := unlockedWith(rootOf(1))
	seen := map[string]string{}
	for _, purpose := range []string{"file link", "status link", ""} {
		for _, data := range []string{"a", "b", ""} {
			mac, err := v.Sign(purpose, []byte(data))
			if err != nil {
				t.Fatal(err)
			}
			if before, twice := seen[string(mac)]; twice {
				t.Fatalf("%q/%q has the signature of %s", purpose, data, before)
			}
			seen[string(mac)] = fmt.Sprintf("%q/%q", purpose, data)
			again, err := v.Sign(purpose, []byte(data)) // by what has signed before
			if err != nil || !bytes.Equal(again, mac) {
				t.Fatalf("%q/%q is signed in another way the second time: %v", purpose, data, err)
			}
		}
	}
}

func TestLockedVaultDoesNothing(t *testing.T) {
	v := unlockedWith(rootOf(1))
	key, _ := v.NewDataKey()
	sealed, _ := v.Seal(key, "p", []byte("x"))
	v.Lock()
	for name, call := range map[string]func() ([]byte, error){
		"NewDataKey": v.NewDataKey,
		"Seal":       func() ([]byte, error) { return v.Seal(key, "p", nil) },
		"Open":       func() ([]byte, error) { return v.Open(key, "p", sealed) },
		"Lookup":     func() ([]byte, error) { return v.Lookup("x") },
		"Sign":       func() ([]byte, error) { return v.Sign("p", nil) },
	} {
		if out, err := call(); !errs.Is(err, errs.Unavailable) || out != nil {
			t.Errorf("%s gave %x, %v", name, out, err)
		}
	}
}

func TestManyGoroutinesAtOnce(t *testing.T) {
	v := unlockedWith(rootOf(1))
	key, _ := v.NewDataKey()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			place := fmt.Sprintf("p%d", i)
			for range 50 {
				sealed, err := v.Seal(key, place, []byte(place))
				if err != nil {
					t.Error(err)
				}
				if plain, err := v.Open(key, place, sealed); err != nil || string(plain) != place {
					t.Errorf("got %q, %v", plain, err)
				}
			}
		})
	}
	all.Wait()
}

func FuzzOpen(f *testing.F) {
	v := unlockedWith(rootOf(1))
	key, _ := v.NewDataKey()
	sealed, _ := v.Seal(key, "p", []byte("x"))
	f.Add(key, sealed)
	f.Add([]byte{}, []byte{1})
	f.Fuzz(func(t *testing.T, wrapped, value []byte) {
		plain, err := v.Open(wrapped, "p", value)
		if err == nil && !(bytes.Equal(wrapped, key) && bytes.Equal(value, sealed)) {
			t.Fatalf("something never sealed opened as %x", plain)
		}
	})
}

func FuzzParseKeyFile(f *testing.F) {
	f.Add([]byte(`{"packbench_key":1,"key_id":"a","kdf":"argon2id","time":3,"memory_kib":65536,"threads":4,"salt":"AAAAAAAAAAAAAAAAAAAAAA==","sealed":"AQ=="}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		w, err := parse(raw)
		if err == nil && (w.Time == 0 || w.Threads == 0 || w.Memory > maxArgonMemory || w.Time > maxArgonTime) {
			t.Fatalf("costs out of bounds were taken: %+v", w)
		}
	})
}

func BenchmarkLookup(b *testing.B) {
	v := unlockedWith(rootOf(1))
	for b.Loop() {
		if _, err := v.Lookup("pkt_live_0000000000000000000000000000000000000000000000000"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSign(b *testing.B) {
	v := unlockedWith(rootOf(1))
	for b.Loop() {
		if _, err := v.Sign("file link", []byte("0195f0a1c2d37e4f8a9b0c1d2e3f4a5b.zpl\n1795219200")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	v := unlockedWith(rootOf(1))
	key, _ := v.NewDataKey()
	for b.Loop() {
		if _, err := v.Seal(key, "token|a/b|value|1", []byte("pkt_live_0000000000000000000000000000000000000000000000000")); err != nil {
			b.Fatal(err)
		}
	}
}

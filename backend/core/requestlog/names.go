package requestlog

import (
	"bytes"
	"sync"
)

// kind is what the log keeps of a field's value.
type kind uint8

const (
	plain   kind = iota // the value
	private             // nothing
	bulky               // its length
)

// exactNames are fields known by their whole name, secretParts what any name of a secret holds. Names are compared in lower
// case without "_", "-", "." and spaces.
var (
	exactNames = map[string]kind{
		"auth": private, "key": private, "pin": private, "headers": private, "cookie": private, "authorization": private,
		"signature": private, "labelbase64": bulky,
	}
	secretParts = [][]byte{
		[]byte("password"), []byte("passphrase"), []byte("passwd"), []byte("secret"), []byte("token"),
		[]byte("credential"), []byte("apikey"), []byte("accesskey"), []byte("privatekey"),
	}
)

func kindOf(name []byte) kind {
	n := normal(name)
	if k, known := exactNames[string(n)]; known {
		return k
	}
	for _, part := range secretParts {
		if bytes.Contains(n, part) {
			return private
		}
	}
	return plain
}

// normal gives the name in the form in which names are compared.
func normal(name []byte) []byte {
	out := make([]byte, 0, len(name))
	for _, c := range name {
		switch {
		case c == '_' || c == '-' || c == '.' || c == ' ':
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		default:
			out = append(out, c)
		}
	}
	return out
}

// names remembers kinds: order systems send the same few dozen names all day.
var names = cache{kinds: map[string]kind{}}

// cache remembers as many names as one of its size would ever see from honest programs.
type cache struct {
	mu    sync.RWMutex
	kinds map[string]kind
}

const (
	cachedNames = 1024
	longestName = 64 // bytes; longer ones are not remembered
)

func (c *cache) kindOf(name []byte) kind {
	c.mu.RLock()
	k, known := c.kinds[string(name)]
	c.mu.RUnlock()
	if known {
		return k
	}
	k = kindOf(name)
	if len(name) <= longestName {
		c.mu.Lock()
		if len(c.kinds) < cachedNames {
			c.kinds[string(name)] = k
		}
		c.mu.Unlock()
	}
	return k
}

package sqldb

import "sync"

// memo keeps what requests look up again and again: who a secret stands for, whose account it is, which auths it has.
//
// It is never older than the database. Triggers raise one number with every change of those rows, in whichever process it
// is made; a reading transaction begins by asking for that number and uses what was kept under the same one only. So a token
// that was deleted is refused from the next request on, and what is seen is one state of the data as ever.
type memo struct {
	mu      sync.RWMutex
	version int64
	values  map[memoKey]any
}

// memoKey is a statement and its arguments.
type memoKey struct {
	statement statement
	args      string
}

// memoLimit is how much is kept of one version; more begins anew.
const memoLimit = 4_096

var selectIdentityVersion = register(`SELECT version FROM identity_version WHERE one = 1`)

// remember gives what read gave under the same version of the rows it reads, or asks it. The value is shared: fresh gives
// each caller one of its own to change. Errors are not kept.
func remember[T any](tx *Tx, key memoKey, fresh func(T) T, read func() (T, error)) (T, error) {
	if tx.memo == nil {
		return read()
	}
	if kept, ok := tx.memo.get(tx.identity, key); ok {
		return fresh(kept.(T)), nil
	}
	got, err := read()
	if err == nil {
		tx.memo.put(tx.identity, key, got)
		got = fresh(got)
	}
	return got, err
}

func (m *memo) get(version int64, key memoKey) (any, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.version != version {
		return nil, false
	}
	kept, ok := m.values[key]
	return kept, ok
}

// put keeps a value, unless what is kept is newer already.
func (m *memo) put(version int64, key memoKey, value any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.version > version:
		return
	case m.version < version, len(m.values) >= memoLimit:
		m.version, m.values = version, map[memoKey]any{}
	}
	m.values[key] = value
}

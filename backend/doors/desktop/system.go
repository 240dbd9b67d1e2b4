package desktop

import (
	"context"

	"packbench/backend/base/errs"
)

// Phase is where the program's start stands.
type Phase string

// The phases. Ready is the only one in which the other structs answer.
const (
	Starting Phase = "starting"
	Ready    Phase = "ready"
	Locked   Phase = "locked" // a passphrase is needed: System.Unlock
	Failed   Phase = "failed" // Error says why
)

// State is the program as its status line shows it.
type State struct {
	State    Phase  `json:"state"`
	Error    *Error `json:"error"`
	Version  string `json:"version"`
	DataDir  string `json:"data_dir"`
	APIURL   string `json:"api_url"`   // "" when the local API is not running
	APIError string `json:"api_error"` // why it is not
	Notice   string `json:"notice"`    // a sentence the user must read once, such as that a root key was made; "" for none
	NewKey   bool   `json:"new_key"`   // the vault has no root key yet: what is typed becomes the passphrase
	Unknown  int    `json:"unknown"`   // purchases whose outcome is not known
}

// System is the program itself.
type System struct{ door *Door }

// State gives the program's state at once, in every phase; the event "system" tells of a change.
func (s *System) State() (State, error) {
	return answer(s.door, "System.State", func(context.Context) (State, error) {
		s.door.mu.Lock()
		defer s.door.mu.Unlock()
		return s.door.state, nil
	})
}

// Unlock opens the data folder with the passphrase, or makes its first key under it (State.NewKey).
func (s *System) Unlock(passphrase string) error {
	_, err := answer(s.door, "System.Unlock", func(context.Context) (struct{}, error) {
		s.door.mu.Lock()
		unlock := s.door.unlock
		s.door.mu.Unlock()
		if unlock == nil {
			return struct{}{}, errs.New(errs.Conflict, "Packbench is not locked.")
		}
		return struct{}{}, unlock(passphrase)
	})
	return err
}

package courier

import (
	"encoding/json"
	"errors"
)

// Traced is an error of an adapter together with what went over the wire, as JSON with secrets removed, so that the
// shipment's page can show a courier's own answer to a purchase that failed.
type Traced struct {
	Err  error
	Wire json.RawMessage
}

// Error gives the error's sentence.
func (t *Traced) Error() string { return t.Err.Error() }

// Unwrap gives the error itself.
func (t *Traced) Unwrap() error { return t.Err }

// WireOf gives what went over the wire before err, nil where that is not known.
func WireOf(err error) json.RawMessage {
	var t *Traced
	if errors.As(err, &t) {
		return t.Wire
	}
	return nil
}

// Package page is how every list is read: by keyset, never by offset, so that page one thousand costs what page one does.
package page

// Limits of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 500
)

// Request asks for up to Limit rows behind the cursor; "" is the beginning. Cursors are opaque and come from Result.
type Request struct {
	Limit  int    `json:"limit"`
	Cursor string `json:"cursor"`
}

// Size gives the limit within its bounds.
func (r Request) Size() int {
	switch {
	case r.Limit <= 0:
		return DefaultLimit
	case r.Limit > MaxLimit:
		return MaxLimit
	}
	return r.Limit
}

// Result is one page. Next is "" on the last one.
type Result[X any] struct {
	Items []X    `json:"items"`
	Next  string `json:"next"`
}

// Package store is the shape of every transaction: a function that is handed the repository, which is the transaction.
package store

import "context"

// Store runs functions in transactions on a repository R.
//
// Read sees one state of the data throughout. Write is all or nothing: an error from fn leaves nothing behind, and when
// Write returns nil, what fn wrote is on the disk. Several callers' writes may share one commit; each still succeeds or
// fails by itself, and for that fn may be undone and run again: it sets what it hands out and never adds to it. No network, keyring, file or print call belongs inside fn, and fn must be quick: writes wait for one
// another.
type Store[R any] interface {
	Read(ctx context.Context, fn func(R) error) error
	Write(ctx context.Context, fn func(R) error) error
}

// Package app puts the program together: configuration, then infra, then core, then the doors. It is the only package
// that knows them all.
package app

import (
	"crypto/sha256"
	"encoding/hex"
)

// Options says what to open and how. Zero fields take their defaults.
type Options struct {
	DataDir        string // "" for DefaultDataDir
	PassphraseFile string // "" to use the system's keyring
	Version        string
}

// FolderID names the data folder without telling its path: windows on the same folder are one instance.
func (o Options) FolderID() string {
	sum := sha256.Sum256([]byte(o.DataDir))
	return hex.EncodeToString(sum[:8])
}

package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
)

// Bounds of a passphrase: in characters when it is first used, in bytes when it is read.
const (
	minPassphrase = 8
	maxPassphrase = 4096
)

// passphrase keeps the root key in a file, wrapped under what Argon2id (RFC 9106) makes of the user's passphrase.
type passphrase struct {
	keyFile string       // the wrapped root key
	file    string       // the user's file with the passphrase on its first line
	typed   secret.Value // or the passphrase itself
}

// named names the passphrase in a sentence.
func (p passphrase) named() string {
	if p.typed.IsZero() {
		return "The passphrase in " + p.file
	}
	return "This passphrase"
}

// wrapped is the key file. Everything but Sealed is bound to it as additional data.
type wrapped struct {
	Version int    `json:"packbench_key"`
	KeyID   string `json:"key_id"`
	KDF     string `json:"kdf"`
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory_kib"`
	Threads uint8  `json:"threads"`
	Salt    []byte `json:"salt"`
	Sealed  []byte `json:"sealed"`
}

// The cost of a guess (OWASP's floor is 19 MiB and 2 passes; ours takes a tenth of a second).
const (
	argonTime    = 3
	argonMemory  = 64 << 10 // KiB
	argonThreads = 4
	saltSize     = 16

	maxArgonTime   = 64
	maxArgonMemory = 1 << 20 // KiB: a damaged file must not take all memory
)

func (p passphrase) load(_ context.Context, keyID string) ([]byte, error) {
	id, root, err := p.read()
	switch {
	case errors.Is(err, errNoKeyFile):
		return nil, errs.Wrap(err, errs.Unavailable, "The key file %s is missing, and without it the secrets of this data folder can't be opened. Put it back from a backup. No new key is made, because it could not open what is stored.", p.keyFile)
	case err != nil:
		return nil, err
	case id != keyID:
		return nil, errs.New(errs.Unavailable, "The key file %s belongs to another data folder. Put back the one that belongs to this database.", p.keyFile)
	}
	return root, nil
}

// keep writes the key file, which appears whole or not at all and never replaces another.
func (p passphrase) keep(_ context.Context, keyID string, root []byte) (string, []byte, error) {
	id, kept, err := p.read() // left by a start that ended before the database knew of it
	if !errors.Is(err, errNoKeyFile) {
		return id, kept, err
	}
	text, err := p.passphrase()
	if err != nil {
		return "", nil, err
	}
	defer clear(text)
	if n := utf8.RuneCount(text); n < minPassphrase {
		return "", nil, errs.New(errs.Unavailable, "%s has %d characters. It guards every secret of this data folder: use %d or more.", p.named(), n, minPassphrase)
	}
	w := wrapped{Version: 1, KeyID: keyID, KDF: "argon2id", Time: argonTime, Memory: argonMemory, Threads: argonThreads, Salt: random(saltSize)}
	w.Sealed = seal(newAEAD(w.key(text)), w.place(), root)
	err = p.write(w)
	if errors.Is(err, fs.ErrExist) {
		return p.read()
	}
	if err != nil {
		return "", nil, errs.Wrap(err, errs.Unavailable, "The key file %s can't be written. Check the folder's permissions and free space.", p.keyFile)
	}
	return keyID, root, nil
}

// drop leaves the file: it is never known whether another process relies on it.
func (p passphrase) drop(context.Context, string) {}

var errNoKeyFile = errors.New("vault: there is no key file")

// read unwraps the key file. errNoKeyFile where there is none.
func (p passphrase) read() (keyID string, root []byte, err error) {
	raw, err := os.ReadFile(p.keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, errNoKeyFile
	}
	if err != nil {
		return "", nil, errs.Wrap(err, errs.Unavailable, "The key file %s can't be read. Check its permissions.", p.keyFile)
	}
	w, err := parse(raw)
	if err != nil {
		return "", nil, errs.Wrap(err, errs.Unavailable, "The key file %s is damaged, or was written by a newer Packbench. Put it back from a backup.", p.keyFile)
	}
	text, err := p.passphrase()
	if err != nil {
		return "", nil, err
	}
	defer clear(text)
	root, err = open(newAEAD(w.key(text)), w.place(), w.Sealed)
	if err != nil || len(root) != keySize {
		return "", nil, errs.Wrap(err, errs.Unavailable, "%s does not open this data folder. Give the one that was used when the folder was made.", p.named())
	}
	return w.KeyID, root, nil
}

// passphrase gives what was typed, else the first line of the user's file.
func (p passphrase) passphrase() ([]byte, error) {
	if !p.typed.IsZero() {
		return []byte(p.typed.Expose()), nil
	}
	f, err := os.Open(p.file)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "The passphrase file %s can't be read. Give a file that holds the passphrase on its first line.", p.file)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxPassphrase+1))
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "The passphrase file %s can't be read. Give a file that holds the passphrase on its first line.", p.file)
	}
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 || len(line) > maxPassphrase {
		return nil, errs.New(errs.Unavailable, "The first line of the passphrase file %s holds no passphrase of 1 to %d bytes.", p.file, maxPassphrase)
	}
	return line, nil
}

// parse reads a key file, and refuses costs that Argon2id does not take or that would hold the machine up.
func parse(raw []byte) (wrapped, error) {
	var w wrapped
	if err := json.Unmarshal(raw, &w); err != nil {
		return w, err
	}
	if w.Version != 1 || w.KDF != "argon2id" || len(w.Salt) < saltSize || w.Threads == 0 ||
		w.Time == 0 || w.Time > maxArgonTime || w.Memory == 0 || w.Memory > maxArgonMemory {
		return w, errors.New("vault: not a key file of version 1")
	}
	return w, nil
}

func (w wrapped) key(text []byte) []byte {
	return argon2.IDKey(text, w.Salt, w.Time, w.Memory, w.Threads, keySize)
}

// place binds the header: a file with another id or cheaper parameters does not open.
func (w wrapped) place() string {
	return fmt.Sprintf("packbench.key|%s|root|%d|%s|%d|%d|%d|%x", w.KeyID, w.Version, w.KDF, w.Time, w.Memory, w.Threads, w.Salt)
}

// write puts the file in place by a hard link, which refuses to replace, after its bytes are on the disk.
func (p passphrase) write(w wrapped) error {
	raw, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(p.keyFile, append(raw, '\n'), os.Link)
}

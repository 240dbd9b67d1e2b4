package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
)

// inputLimit bounds what is read from a file or standard input, in bytes.
const inputLimit = 1 << 20

// read gives the bytes of a file, or of standard input for "-". flag is what it was asked with.
func (t *terminal) read(flag, path string) ([]byte, error) {
	from := io.Reader(nil)
	if path == "-" {
		if t.stdin {
			return nil, errs.New(errs.Malformed, "Standard input can be read once only: give --%s a file.", flag)
		}
		t.stdin, from = true, t.In
	} else {
		file, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errs.New(errs.NotFound, "There is no file %s.", path)
		}
		if err != nil {
			return nil, errs.Wrap(err, errs.Unavailable, "The file %s can't be read.", path)
		}
		defer file.Close()
		from = file
	}
	data, err := io.ReadAll(io.LimitReader(from, inputLimit+1))
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "What --%s names can't be read.", flag)
	}
	if len(data) > inputLimit {
		return nil, errs.New(errs.TooLarge, "What --%s names is larger than 1 MiB.", flag)
	}
	return data, nil
}

// secret gives the first line of a file or of standard input. The value itself is never taken as an argument, because
// other users of the machine can see arguments; a file of that name is looked for, and the error does not repeat it.
func (t *terminal) secret(flag, path string) (secret.Value, error) {
	if path == "" {
		return secret.Value{}, nil
	}
	if path != "-" {
		if _, err := os.Stat(path); err != nil {
			return secret.Value{}, errs.New(errs.NotFound, "--%s takes - (standard input) or a file that can be read; a secret is never an argument.", flag)
		}
	}
	data, err := t.read(flag, path)
	if err != nil {
		return secret.Value{}, err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return secret.Value{}, errs.OnField(flag, "Nothing was given on the first line; it must hold the value.")
	}
	return secret.New(line), nil
}

// object reads a JSON object into target. Malformed says what was expected.
func (t *terminal) object(flag, path string, target any) error {
	data, err := t.read(flag, path)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(target); err != nil {
		// The cause is not told: it may quote a secret.
		return errs.New(errs.Malformed, "What --%s names is not a JSON object of the fields this command takes.", flag)
	}
	return nil
}

package couriertest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/core/courier"
)

// hear keeps everything an error says, to its last cause, so that secrets can be looked for in it.
func (w *world) hear(err error) {
	if err != nil {
		w.said = fmt.Appendf(w.said, "%s\n%s\n", trail(err), courier.WireOf(err))
	}
}

// trail gives the sentences of an error and of all its causes.
func trail(err error) string {
	var list []string
	for ; err != nil; err = errors.Unwrap(err) {
		list = append(list, fmt.Sprintf("%v %+v", err, err))
	}
	return strings.Join(list, " ← ")
}

func says(err error, words string) bool { return strings.Contains(trail(err), words) }

// checkSecrets looks for every planted secret, in the forms secrets travel in, in all that was said and in every file
// that was kept.
func (w *world) checkSecrets(t *testing.T) {
	places := map[string][]byte{"what was told": w.said}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(w.path), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no file was kept", err)
	}
	for _, f := range files {
		if places[filepath.Base(f)], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Contains(w.said, []byte("[hidden]")) {
		t.Error("nothing was hidden: the refusal that repeats our credentials did not reach us")
	}
	for _, f := range w.adapter.Descriptor().Fields {
		value := w.suite.Fields[f.Key]
		if f.Kind != courier.Secret || value == "" {
			continue
		}
		for where, content := range places {
			for name, form := range forms(value) {
				if at := bytes.Index(content, form); at >= 0 {
					t.Errorf("%s stands in %s as %s: …%q", f.Key, where, name, content[max(0, at-80):at])
				}
			}
		}
	}
}

func forms(secret string) map[string][]byte {
	out := map[string][]byte{
		"it is": []byte(secret), "hex": []byte(hex.EncodeToString([]byte(secret))), "a part of an address": []byte(url.QueryEscape(secret)),
	}
	if quoted, err := json.Marshal(secret); err == nil {
		out["JSON"] = quoted[1 : len(quoted)-1]
	}
	for shift := range 3 { // base64 looks different at each of three places in what it encodes
		padded := append(bytes.Repeat([]byte{' '}, shift), secret...)
		encoded := base64.StdEncoding.EncodeToString(padded)
		out[fmt.Sprintf("base64 %d", shift)] = []byte(encoded[4 : len(encoded)-4])
	}
	return out
}

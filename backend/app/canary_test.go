package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/core/setup"
)

// Secrets are planted, a full day is worked with them at the log's most talkative level, refusals and all, and then they
// are looked for, as they are and encoded, in every file, in what was printed where none was asked for, and in what other
// users of the machine can see of the process.
func TestNoSecretIsLeftBehind(t *testing.T) {
	program := binary(t)
	f := apptest.NewFolder(t)
	planted := map[string]string{}
	plant := func(name string) string {
		planted[name] = "Canary" + rand.Text()
		return planted[name]
	}
	if err := os.WriteFile(f.PassphraseFile, []byte(plant("passphrase")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder // by commands that were asked for no secret
	run := func(stdin string, args ...string) {
		r := f.Run(t, stdin, args...)
		printed.WriteString(r.Out + r.Err)
	}

	documents := t.TempDir()
	run("", "demo", "--out", documents)
	var made struct{ Key, Value string }
	f.JSON(t, &made, "", "key", "reveal", "--account", "Demo")
	planted["account key"] = made.Value
	f.JSON(t, &made, "", "token", "create", "--account", "Demo", "--name", "Made here")
	planted["token"] = made.Value
	f.JSON(t, &made, plant("brought token"), "token", "create", "--account", "Demo", "--name", "Brought", "--value", "-", "--scopes", "ship,track,documents,auths")
	f.JSON(t, &made, plant("brought key"), "account", "create", "--group", "Demo", "--name", "Second", "--key", "-")
	run(fmt.Sprintf(`{"api_secret":%q,"sscc_prefix":"x"}`, plant("courier secret")), "auth", "add", "--account", "Demo", "--courier", "OwnFleet", "--company", "B", "--fields", "-")
	run(planted["brought token"], "token", "create", "--account", "Demo", "--name", "Brought", "--value", "-") // the name is taken
	run(planted["brought token"], "token", "create", "--account", "Second", "--name", "Again", "--value", "-") // the value is
	run("", "token", "create", "--account", "Demo", "--name", "T", "--value", planted["brought token"])        // as an argument

	p := start(t, program, f, app.LogLevelEnv+"=debug")
	c := &client{url: p.url, user: "Demo", token: planted["brought token"]}
	wrong := plant("mistyped token")
	for _, x := range []struct {
		route, body string
		headers     []string
		want        int
	}{
		{createLabel, setup.SampleOrder, nil, http.StatusOK},
		{createLabel, `{"shipment":{},"api_token":"` + c.token + `"}`, nil, http.StatusUnprocessableEntity},
		{createLabel, `not JSON, but ` + c.token, nil, http.StatusBadRequest},
		{createLabel, setup.SampleOrder, []string{"api-token", wrong}, http.StatusUnauthorized},
		{createLabel, setup.SampleOrder, []string{"api-token", "", "api-user", "", "Authorization", "Bearer " + wrong}, http.StatusUnauthorized},
		{"/api/couriers/v1/OwnFleet/register-auth", `{"auth_company":"C","auth":{"password":"` + planted["courier secret"] + `"}}`, nil, 0},
		{"/api/nowhere?token=" + c.token, `{}`, nil, http.StatusNotFound},
		{"/api/nowhere/" + c.token, `{"password":"` + planted["brought key"] + `"}`, nil, http.StatusNotFound},
	} {
		status, answer, err := c.post(x.route, x.body, x.headers...)
		if err != nil || x.want != 0 && status != x.want {
			t.Errorf("%s: %d, wanted %d: %v %s", x.route, status, x.want, err, answer)
		}
		printed.Write(answer)
	}
	run("", "token", "list", "--account", "Demo", "--json")
	run("", "account", "list", "--json")
	run("", "auth", "list", "--account", "Demo", "--json")
	run("", "shipment", "show", "1", "--json")
	run("", "doctor")
	seen := []byte(printed.String())
	for _, name := range []string{"cmdline", "environ"} {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.cmd.Process.Pid, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		seen = append(seen, text...)
	}
	look(t, "what was printed and the process", seen, planted)
	lookInFiles(t, f.Dir, planted) // while it runs: the write-ahead log too
	p.kill()
	look(t, "serve's standard error", p.stderr.Bytes(), planted)
	lookInFiles(t, f.Dir, planted)
	lookInFiles(t, documents, planted)

	if log, err := os.ReadFile(filepath.Join(f.Dir, "logs", "packbench.log")); err != nil || len(log) == 0 {
		t.Errorf("nothing was logged, so that nothing is shown: %v", err)
	}
	// The search itself must find what is there.
	if hits(planted["token"], []byte("…"+base64.StdEncoding.EncodeToString([]byte("a "+planted["token"]+" b")))) == 0 {
		t.Error("the search misses a token within base64")
	}
}

func lookInFiles(t *testing.T, folder string, planted map[string]string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files++
		look(t, path, data, planted)
		return err
	})
	if err != nil || files == 0 {
		t.Fatalf("%s: %d files, %v", folder, files, err)
	}
}

func look(t *testing.T, where string, data []byte, planted map[string]string) {
	t.Helper()
	for name, secret := range planted {
		if n := hits(secret, data); n > 0 {
			t.Errorf("%s holds the %s %d times", where, name, n)
		}
	}
}

// hits counts a secret in data: raw, in hex, in UTF-16 and at each alignment of base64.
func hits(secret string, data []byte) int {
	forms := [][]byte{[]byte(secret), []byte(hex.EncodeToString([]byte(secret))), []byte(strings.ToUpper(hex.EncodeToString([]byte(secret))))}
	var wide []byte
	for _, unit := range utf16.Encode([]rune(secret)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	forms = append(forms, wide)
	for shift := range 3 {
		// The characters that mix with what stands before and behind are left out.
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + secret))
		inner := text[(shift*8+5)/6 : len(text)-2]
		forms = append(forms, []byte(inner), []byte(strings.NewReplacer("+", "-", "/", "_").Replace(inner)))
	}
	n := 0
	for _, form := range forms {
		n += bytes.Count(data, form)
	}
	return n
}

package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/core/setup"
)

// process is a running packbench serve.
type process struct {
	cmd    *exec.Cmd
	url    string
	stderr *bytes.Buffer
}

// start starts serve as the terminal would and waits for its ready line.
func start(t *testing.T, program string, f apptest.Folder, env ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(program, f.Args("serve", "--listen", "127.0.0.1:0")...), stderr: &bytes.Buffer{}}
	p.cmd.Stderr = p.stderr
	p.cmd.Env = append(p.cmd.Environ(), env...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	var ready struct{ Event, URL string }
	if err == nil {
		err = json.Unmarshal([]byte(line), &ready)
	}
	if err != nil || ready.Event != "ready" || !strings.HasPrefix(ready.URL, "http://127.0.0.1:") {
		p.kill()
		t.Fatalf("serve's first line is %q (%v)\n%s", line, err, p.stderr)
	}
	p.url = ready.URL
	return p
}

// kill ends the process at once, as a power cut would; a second call does nothing.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	_ = p.cmd.Wait()
}

// client speaks to the local API as an order system does.
type client struct {
	http.Client
	url, user, token string
}

// post sends a body to a route and gives status and answer; an error where none came.
func (c *client) post(route, body string, headers ...string) (int, []byte, error) {
	r, err := http.NewRequest(http.MethodPost, c.url+route, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("api-user", c.user)
	r.Header.Set("api-token", c.token)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

const createLabel = "/api/couriers/v1/OwnFleet/create-label"

// shop makes an account with an Own fleet auth and gives a token of it.
func shop(t *testing.T, f apptest.Folder) (user, token string) {
	t.Helper()
	var demo struct{ Shipment int64 }
	f.JSON(t, &demo, "", "demo", "--out", t.TempDir())
	var made struct{ Value string }
	f.JSON(t, &made, "", "token", "create", "--account", "Demo", "--name", "Orders")
	return "Demo", made.Value
}

// The real program: it serves, a second one says who holds the folder, commands work beside it, SIGTERM ends it cleanly.
func TestServeHoldsItsFolder(t *testing.T) {
	program := binary(t)
	f := apptest.NewFolder(t)
	user, token := shop(t, f)
	p := start(t, program, f)

	c := &client{url: p.url, user: user, token: token}
	status, answer, err := c.post(createLabel, setup.SampleOrder)
	var bought struct {
		Codes    []string `json:"tracking_codes"`
		URI      string
		Shipment int64 `json:"shipment_id"`
	}
	if err == nil {
		err = json.Unmarshal(answer, &bought)
	}
	if err != nil || status != http.StatusOK || len(bought.Codes) != 1 {
		t.Fatalf("create-label: %d %v %s", status, err, answer)
	}
	link, err := http.Get(bought.URI)
	if err != nil {
		t.Fatal(err)
	}
	label, err := io.ReadAll(link.Body)
	link.Body.Close()
	if err != nil || !bytes.HasPrefix(label, []byte("%PDF-")) {
		t.Fatalf("the label's link gave %.20q (%v)", label, err)
	}

	second := exec.Command(program, f.Args("serve", "--listen", "127.0.0.1:0")...)
	said, err := second.CombinedOutput()
	if second.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "in use by packbench serve (process ") {
		t.Errorf("a second serve: %v %s", err, said)
	}

	var beside []struct{ Number int64 }
	f.JSON(t, &beside, "", "shipment", "list")
	if len(beside) != 2 || beside[0].Number != bought.Shipment {
		t.Errorf("a command beside serve sees %+v, not shipment %d", beside, bought.Shipment)
	}
	f.JSON(t, &struct{}{}, "", "account", "disable", "--account", user)
	if status, answer, _ := c.post(createLabel, setup.SampleOrder); status != http.StatusForbidden {
		t.Errorf("an account that a command disabled is answered %d %s", status, answer)
	}

	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v %s", err, p.stderr)
	}
	start(t, program, f) // the folder is free again
}

// A port that is taken is said, never swapped for another.
func TestServeOnATakenPort(t *testing.T) {
	program := binary(t)
	f, other := apptest.NewFolder(t), apptest.NewFolder(t)
	p := start(t, program, f)
	second := exec.Command(program, other.Args("serve", "--listen", strings.TrimPrefix(p.url, "http://"))...)
	said, err := second.CombinedOutput()
	if second.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "is in use by another program") {
		t.Errorf("serve on a taken port: %v %s", err, said)
	}
	elsewhere := exec.Command(program, other.Args("serve", "--listen", "0.0.0.0:0")...)
	said, err = elsewhere.CombinedOutput()
	if elsewhere.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "for this machine only") {
		t.Errorf("serve for other machines: %v %s", err, said)
	}
}

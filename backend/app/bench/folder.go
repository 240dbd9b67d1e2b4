package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const accountName = "Bench"

// folder is a data folder that the program under test works on.
type folder struct {
	binary, dir string
	token       string
}

func newFolder(binary string) (*folder, error) {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "packbench-bench-")
	if err != nil {
		return nil, err
	}
	f := &folder{binary: binary, dir: dir}
	if err := os.WriteFile(f.passphrase(), []byte("only for measuring\n"), 0o600); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return f, nil
}

func (f *folder) passphrase() string { return filepath.Join(f.dir, "passphrase") }

func (f *folder) data() string { return filepath.Join(f.dir, "data") }

func (f *folder) remove() { _ = os.RemoveAll(f.dir) }

func (f *folder) prepare(args ...string) *exec.Cmd {
	args = append(args, "--data-dir", f.data(), "--passphrase-file", f.passphrase(), "--json")
	cmd := exec.Command(f.binary, args...)
	cmd.Stdin = strings.NewReader("{}")
	return cmd
}

// command runs a command of the program and gives its JSON.
func (f *folder) command(args ...string) ([]byte, error) {
	cmd := f.prepare(args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("packbench %s: %w: %s", strings.Join(args, " "), err, stderr.String())
	}
	return out, nil
}

// account makes what an order system needs: an account with a token and Own fleet.
func (f *folder) account() error {
	for _, args := range [][]string{
		{"group", "create", "Bench"},
		{"account", "create", "--group", "Bench", "--name", accountName},
		{"auth", "add", "--account", accountName, "--courier", "OwnFleet", "--company", "Main", "--fields", "-"},
	} {
		if _, err := f.command(args...); err != nil {
			return err
		}
	}
	return f.newToken()
}

// newToken makes a token for the account, to send orders with.
func (f *folder) newToken() error {
	out, err := f.command("token", "create", "--account", accountName, "--name", fmt.Sprint("load ", now().UnixMilli()))
	if err != nil {
		return err
	}
	var made struct {
		Value string `json:"value"`
	}
	if err := json.Unmarshal(out, &made); err != nil {
		return err
	}
	f.token = made.Value
	return nil
}

// server is a running serve.
type server struct {
	cmd     *exec.Cmd
	address string
	ready   time.Duration // from the start of the process to its first line
}

func (f *folder) serve() (*server, error) {
	cmd := f.prepare("serve", "--listen", "127.0.0.1:0")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	s.ready = now().Sub(began)
	var event struct{ Event, URL string }
	if err == nil {
		err = json.Unmarshal(line, &event)
	}
	if err != nil || event.Event != "ready" {
		s.stop()
		return nil, fmt.Errorf("serve did not become ready: %q %w", line, err)
	}
	s.address = strings.TrimPrefix(event.URL, "http://")
	return s, nil
}

// stop ends the server the way a system does.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// ticks is how the kernel counts a process's time: USER_HZ, 100 on every Linux that Go runs on.
const ticks = 100

// cpu gives the processor time the process has used.
func (s *server) cpu() (time.Duration, error) { return processorTime(strconv.Itoa(s.cmd.Process.Pid)) }

// processorTime gives the processor time of a process, "self" for this one.
func processorTime(pid string) (time.Duration, error) {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // behind the name, which may hold anything
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("the system does not tell the time of a process")
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks, err
}

// resident gives the memory the process holds, in MB (10⁶ bytes).
func (s *server) resident() (float64, error) {
	return memory(strconv.Itoa(s.cmd.Process.Pid), "VmRSS:")
}

// memory gives a figure of a process's memory in MB (10⁶ bytes): VmRSS: for now, VmHWM: for the most so far.
func memory(pid, which string) (float64, error) {
	status, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0, err
	}
	_, rest, found := strings.Cut(string(status), which)
	fields := strings.Fields(rest)
	if !found || len(fields) == 0 {
		return 0, errors.New("the system does not tell the memory of a process")
	}
	kib, err := strconv.Atoi(fields[0])
	return float64(kib) * 1024 / 1e6, err
}

package apptest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"packbench/backend/app"
	"packbench/backend/doors/cli"
)

// Result is what a command printed and its exit status.
type Result struct {
	Status   int
	Out, Err string
}

// Run runs a command of the terminal on the folder, within this process.
func (f Folder) Run(t testing.TB, stdin string, args ...string) Result {
	t.Helper()
	return Run(t, stdin, f.Args(args...)...)
}

// Run runs the program with arguments, within this process.
func Run(t testing.TB, stdin string, args ...string) Result {
	t.Helper()
	var out, err bytes.Buffer
	window := func(app.Options) error { t.Error("a command opened the window"); return nil }
	status := app.Main(t.Context(), "test", window, args, cli.Streams{In: strings.NewReader(stdin), Out: &out, Err: &err})
	return Result{Status: status, Out: out.String(), Err: err.String()}
}

// Terminal is commands on a folder that stays open: what each would spend on unlocking is spent once.
type Terminal struct {
	Folder
	App *app.App
}

// Terminal opens the folder for commands.
func (f Folder) Terminal(t testing.TB) *Terminal {
	t.Helper()
	return &Terminal{Folder: f, App: f.Open(t)}
}

// Run runs a command.
func (o *Terminal) Run(t testing.TB, stdin string, args ...string) Result {
	t.Helper()
	var out, err bytes.Buffer
	status := cli.Main(t.Context(), open{o.App}, "tester", args, cli.Streams{In: strings.NewReader(stdin), Out: &out, Err: &err})
	return Result{Status: status, Out: out.String(), Err: err.String()}
}

// JSON runs a command that must succeed with --json and reads its one value.
func (o *Terminal) JSON(t testing.TB, into any, stdin string, args ...string) {
	t.Helper()
	o.Run(t, stdin, append(args, "--json")...).read(t, into, args)
}

// open is a cli.Program on an open folder.
type open struct{ app *app.App }

func (p open) Open(context.Context, cli.Folder) (*cli.Services, error) {
	s := p.app.Commands()
	s.Notice, s.Close = "", func() error { return nil }
	return s, nil
}

var errElsewhere = errors.New("apptest: run this command with Folder.Run")

func (open) Serve(context.Context, cli.Folder, string, func(url, notice string)) error {
	return errElsewhere
}
func (open) Doctor(context.Context, cli.Folder) []cli.Finding { return nil }
func (open) Window(cli.Folder) error                          { return errElsewhere }
func (open) Version() string                                  { return "test" }

// JSON runs a command that must succeed with --json and reads its one value.
func (f Folder) JSON(t testing.TB, into any, stdin string, args ...string) {
	t.Helper()
	f.Run(t, stdin, append(args, "--json")...).read(t, into, args)
}

func (r Result) read(t testing.TB, into any, args []string) {
	t.Helper()
	if r.Status != 0 {
		t.Fatalf("packbench %s: status %d\n%s%s", strings.Join(args, " "), r.Status, r.Out, r.Err)
	}
	decoder := json.NewDecoder(strings.NewReader(r.Out))
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("packbench %s: %v\n%s", strings.Join(args, " "), err, r.Out)
	}
	if decoder.More() {
		t.Fatalf("packbench %s printed more than one JSON value:\n%s", strings.Join(args, " "), r.Out)
	}
}

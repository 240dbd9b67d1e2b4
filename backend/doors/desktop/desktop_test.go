package desktop

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

func opened(t *testing.T) (*Door, *strings.Builder) {
	t.Helper()
	var log strings.Builder
	d := New("tester", "1")
	d.Opened(Services{Log: slog.New(slog.NewTextHandler(&log, nil))}, State{})
	return d, &log
}

func decoded(t *testing.T, err error) Error {
	t.Helper()
	var e Error
	if err == nil {
		t.Fatal("no error")
	}
	if err := json.Unmarshal([]byte(err.Error()), &e); err != nil {
		t.Fatalf("an error's text is not JSON: %v", err)
	}
	return e
}

// Wails never settles the promise of a method that panics.
func TestAPanicBecomesAnError(t *testing.T) {
	d, log := opened(t)
	_, err := ask(d, "Test.Panic", func(context.Context, *Services) (int, error) {
		var list []int
		return list[len(list)], nil
	})
	e := decoded(t, err)
	if e.Code != string(errs.Internal) || strings.Contains(e.Message, "out of range") {
		t.Errorf("the screen is told %+v", e)
	}
	if !strings.Contains(log.String(), "out of range") || !strings.Contains(log.String(), "Test.Panic") {
		t.Errorf("the log does not tell of it: %s", log)
	}
}

func TestAnErrorIsJSONWithItsFields(t *testing.T) {
	d, log := opened(t)
	err := do(d, "Test.Refuse", func(context.Context, *Services) error {
		return errs.OnField("name", "Take another “name”.")
	})
	want := Error{Code: "invalid", Message: "Take another “name”.", Fields: []errs.Field{{Path: "name", Message: "Take another “name”."}}, Request: 1}
	if diff := cmp.Diff(want, decoded(t, err)); diff != "" {
		t.Error(diff)
	}
	err = do(d, "Test.Fail", func(context.Context, *Services) error { return errors.New("dial tcp: secret detail") })
	if e := decoded(t, err); e.Code != "internal" || strings.Contains(e.Message, "secret") || e.Fields == nil {
		t.Errorf("a foreign error reaches the screen as %+v", e)
	}
	if e := decoded(t, err); e.Request != 2 || !strings.Contains(log.String(), "request=2") {
		t.Errorf("the screen is told of request %d, the log says %s", e.Request, log)
	}
}

func TestAnswersHoldNoNullLists(t *testing.T) {
	d, _ := opened(t)
	descriptor := &courier.Descriptor{Fields: []courier.Field{{Key: "a"}}}
	got, err := ask(d, "Test.Lists", func(context.Context, *Services) ([]courier.Descriptor, error) {
		return []courier.Descriptor{*descriptor}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got)
	if err != nil || strings.Contains(string(text), "null") {
		t.Errorf("%v %s", err, text)
	}
	if descriptor.Fields[0].Options != nil || descriptor.Services != nil {
		t.Error("the program's own descriptor was changed")
	}
	list, err := ask(d, "Test.Nil", func(context.Context, *Services) ([]int, error) { return nil, nil })
	if err != nil || list == nil {
		t.Errorf("a nil list stays nil: %v", err)
	}
}

func TestCallsActAsTheWindow(t *testing.T) {
	d, _ := opened(t)
	who, err := ask(d, "Test.Who", func(ctx context.Context, _ *Services) (actor.Actor, error) {
		a, _ := actor.From(ctx)
		return a, nil
	})
	if err != nil || who.Door != actor.Window || who.Name != "tester" {
		t.Errorf("%+v %v", who, err)
	}
}

// The window comes before the data folder is open: calls wait, and end with the window.
func TestCallsWaitForTheFolder(t *testing.T) {
	d := New("tester", "1")
	ctx, closeWindow := context.WithCancel(context.Background())
	d.Attach(ctx, nil)
	if s, err := (&System{d}).State(); err != nil || s.State != Starting {
		t.Errorf("the state must not wait: %+v %v", s, err)
	}
	answered := make(chan error)
	wait := func() {
		answered <- do(d, "Test.Wait", func(context.Context, *Services) error { return nil })
	}
	go wait()
	select {
	case err := <-answered:
		t.Fatalf("a call did not wait: %v", err)
	default:
	}
	d.Opened(Services{Log: slog.Default()}, State{DataDir: "/somewhere"})
	if err := <-answered; err != nil {
		t.Error(err)
	}
	if s, err := (&System{d}).State(); err != nil || s.State != Ready || s.DataDir != "/somewhere" || s.Version != "1" {
		t.Errorf("%+v %v", s, err)
	}

	d = New("tester", "1")
	d.Attach(ctx, nil)
	go wait()
	closeWindow()
	if e := decoded(t, <-answered); e.Code != "unavailable" {
		t.Errorf("a call outlives its window: %+v", e)
	}
}

func TestLockedThenUnlocked(t *testing.T) {
	d := New("tester", "1")
	s := &System{d}
	if e := decoded(t, s.Unlock("x")); e.Code != "conflict" {
		t.Errorf("unlocking what is not locked: %+v", e)
	}
	d.Locked(State{NewKey: true}, func(passphrase string) error {
		if passphrase != "right" {
			return errs.New(errs.Unavailable, "This passphrase does not open it.")
		}
		d.Opened(Services{Log: slog.Default()}, State{})
		return nil
	})
	if state, err := s.State(); err != nil || state.State != Locked || !state.NewKey {
		t.Errorf("%+v %v", state, err)
	}
	nothing := func(context.Context, *Services) error { return nil }
	if e := decoded(t, do(d, "Test.Locked", nothing)); e.Code != "unavailable" || !strings.Contains(e.Message, "passphrase") {
		t.Errorf("a call on a locked folder: %+v", e)
	}
	if e := decoded(t, s.Unlock("wrong")); e.Message != "This passphrase does not open it." {
		t.Errorf("%+v", e)
	}
	if err := s.Unlock("right"); err != nil {
		t.Error(err)
	}
	if err := do(d, "Test.Unlocked", nothing); err != nil {
		t.Error(err)
	}
}

func TestFailedSaysWhy(t *testing.T) {
	d := New("tester", "1")
	d.Failed(State{}, errs.New(errs.Unavailable, "The data folder is in use by packbench serve."))
	e := decoded(t, do(d, "Test.Failed", func(context.Context, *Services) error { return nil }))
	if e.Message != "The data folder is in use by packbench serve." {
		t.Errorf("%+v", e)
	}
	if state, err := (&System{d}).State(); err != nil || state.State != Failed || state.Error.Message != e.Message {
		t.Errorf("%+v %v", state, err)
	}
}

package errs_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"packbench/backend/base/errs"
)

func TestCodesAreFoundThroughWraps(t *testing.T) {
	refusal := errs.Wrap(fs.ErrNotExist, errs.NotFound, "There is no %s.", "thing")
	wrapped := fmt.Errorf("while looking: %w", refusal)
	for name, c := range map[string]struct {
		err  error
		code errs.Code
	}{
		"ours":    {refusal, errs.NotFound},
		"wrapped": {wrapped, errs.NotFound},
		"joined":  {errors.Join(errors.New("other"), refusal), errs.NotFound},
		"foreign": {fs.ErrExist, errs.Internal},
		"none":    {nil, ""},
	} {
		if got := errs.CodeOf(c.err); got != c.code {
			t.Errorf("%s has the code %q, want %q", name, got, c.code)
		}
		if errs.Is(c.err, c.code) != (c.err != nil) || errs.Is(c.err, errs.Conflict) {
			t.Errorf("%s: Is disagrees with CodeOf", name)
		}
	}
	if !errors.Is(wrapped, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
	if got := errs.As(wrapped); got != refusal || strings.Contains(got.Error(), "exist") {
		t.Errorf("As gives %v", got)
	}
}

func TestForeignErrorsGiveNothingAway(t *testing.T) {
	foreign := errors.New("open /home/x/packbench.db: password=hunter2")
	got := errs.As(foreign)
	if got.Code != errs.Internal || strings.Contains(got.Error(), "hunter2") || !errors.Is(got, foreign) {
		t.Errorf("got %v", got)
	}
	if errs.As(nil) != nil {
		t.Error("no error became one")
	}
}

func TestOnField(t *testing.T) {
	err := errs.OnField("shipment.parcels.0.weight", "Give a weight of at least %d g.", 1)
	if err.Code != errs.Invalid || len(err.Fields) != 1 || err.Fields[0].Path != "shipment.parcels.0.weight" || err.Fields[0].Message != "Give a weight of at least 1 g." {
		t.Errorf("got %+v", err)
	}
	if want := "Give a weight of at least 1 g. (shipment.parcels.0.weight: Give a weight of at least 1 g.)"; err.Error() != want {
		t.Errorf("reads %q", err.Error())
	}
}

func TestFieldsTellAllAtOnce(t *testing.T) {
	var f errs.Fields
	if f.Err() != nil || f.Len() != 0 {
		t.Fatal("nothing is wrong, yet there is an error")
	}
	f.AddError("ship_to", nil)
	f.Add("b", "B is needed.")
	if err := errs.As(f.Err()); err.Message != "B is needed." {
		t.Errorf("one field reads %q", err.Message)
	}
	f.AddError("ship_to", errs.OnField("name", "Name is needed."))
	f.AddError("", errs.OnField("a", "A is needed."))
	f.AddError("z", errors.New("plain"))
	err := errs.As(f.Err())
	var paths []string
	for _, field := range err.Fields {
		paths = append(paths, field.Path)
	}
	if got := strings.Join(paths, " "); got != "a b ship_to.name z" || err.Message != "4 fields need another value." || f.Len() != 4 {
		t.Errorf("paths %q, %q", got, err.Message)
	}
	f.Add("0", "later")
	if err.Fields[0].Path != "a" {
		t.Error("an error that was given away changes")
	}
}

func TestJoin(t *testing.T) {
	for _, c := range [][3]string{{"", "", ""}, {"a", "", "a"}, {"", "b", "b"}, {"a", "b", "a.b"}} {
		if got := errs.Join(c[0], c[1]); got != c[2] {
			t.Errorf("Join(%q, %q) is %q", c[0], c[1], got)
		}
	}
}

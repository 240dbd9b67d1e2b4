package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"packbench/backend/base/errs"
)

// print writes a result: the value as one line of JSON with --json, else what human writes.
func (t *terminal) print(value any, human func(w io.Writer)) error {
	if !t.json {
		human(t.Out)
		return nil
	}
	encoder := json.NewEncoder(t.Out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("cli: %w", err)
	}
	return nil
}

// done prints a result whose text is one line.
func (t *terminal) done(value any, format string, args ...any) error {
	return t.print(value, func(w io.Writer) { fmt.Fprintf(w, format+"\n", args...) })
}

// note tells the user something beside the result.
func (t *terminal) note(text string) {
	if text != "" {
		fmt.Fprintln(t.Err, text)
	}
}

// table writes aligned columns, or what to do first where there are no rows.
func table(w io.Writer, empty string, head []string, rows [][]string) {
	if len(rows) == 0 {
		fmt.Fprintln(w, empty)
		return
	}
	var aligned strings.Builder
	tab := tabwriter.NewWriter(&aligned, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{head}, rows...) {
		fmt.Fprintln(tab, strings.Join(row, "\t"))
	}
	_ = tab.Flush() // a Builder takes everything
	for line := range strings.Lines(aligned.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
}

// properties writes name and value pairs, one a line.
func properties(w io.Writer, pairs ...string) {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fmt.Fprintf(tab, "%s\t%s\n", pairs[i], pairs[i+1])
		}
	}
	_ = tab.Flush()
}

// reported is a refusal whose result has been printed: standard output holds one JSON value.
type reported struct{ error }

func (r *reported) Unwrap() error { return r.error }

// refusal is an error on standard output.
type refusal struct {
	Error struct {
		Code    string       `json:"code"`
		Message string       `json:"message"`
		Fields  []errs.Field `json:"fields"`
	} `json:"error"`
}

// finish tells an error, and gives the exit status.
func (t *terminal) finish(err error, args []string) int {
	if err == nil {
		return 0
	}
	status, e := 1, errs.As(err)
	if isUsage(err) {
		status, e = 2, errs.New("usage", "%s", err.Error())
	}
	var printed *reported
	if errors.As(err, &printed) {
		fmt.Fprintln(t.Err, "packbench: "+e.Message)
		return status
	}
	if t.json || slices.Contains(args, "--json") {
		var r refusal
		r.Error.Code, r.Error.Message, r.Error.Fields = string(e.Code), e.Message, append([]errs.Field{}, e.Fields...)
		t.json = true
		_ = t.print(r, nil) // the exit status tells it too
	}
	fmt.Fprintln(t.Err, "packbench: "+told(e))
	return status
}

// told writes an error for people: one sentence; where several fields are wrong, a line for each below it.
func told(e *errs.Error) string {
	switch {
	case len(e.Fields) == 1 && e.Fields[0].Path != "":
		return e.Fields[0].Path + ": " + e.Fields[0].Message
	case len(e.Fields) < 2:
		return e.Message
	}
	var b strings.Builder
	b.WriteString(e.Message)
	for _, f := range e.Fields {
		b.WriteString("\n  " + f.Path + ": " + f.Message)
	}
	return b.String()
}

package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

// importView is what --json prints.
type importView struct {
	DryRun    bool              `json:"dry_run"`
	Drafts    bool              `json:"drafts"`
	Encoding  string            `json:"encoding,omitempty"`
	Delimiter string            `json:"delimiter,omitempty"`
	Mapping   importing.Mapping `json:"mapping"`
	importing.Counts
	Lines []importing.Line `json:"lines"`
}

func (t *terminal) importCommand() *cobra.Command {
	var name, mapping, result string
	var dry, drafts bool
	var how importing.Format
	cmd := &cobra.Command{
		Use: "import FILE --account N [--mapping M.json] [--dry-run | --drafts] [--result FILE]", Short: "make labels or drafts from a CSV or XLSX file", Args: oneArg("FILE"),
		Long: "Buys a label for each order of a file, once: the same file again makes nothing twice. With --drafts each is kept as a\n" +
			"draft, to be looked at and bought in the window. Rows with the same reference are one shipment. Columns are matched by their headings, or as --mapping says:\n" +
			`{"columns":{"reference":"Order no.","ship_to.name":"Customer"},"fixed":{"courier":"OwnFleet","parcel.weight_unit":"kg"}}` + "\n" +
			"A row that is refused never stops the rest; the status is 1 then.",
		PreRunE: func(cmd *cobra.Command, _ []string) error {
			if dry && drafts {
				return usage(cmd, "Say --dry-run or --drafts, not both.")
			}
			return nil
		},
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			opened, err := s.Imports.Open(ctx, args[0], how)
			if err != nil {
				return err
			}
			job := importing.Job{AccountID: found.ID, Table: opened.Table, Mapping: opened.Mapping}
			if mapping != "" {
				job.Mapping = importing.Mapping{}
				if err := t.object("mapping", mapping, &job.Mapping); err != nil {
					return err
				}
			}
			work := s.Imports.Run
			switch {
			case dry:
				work = s.Imports.Try
			case drafts:
				work = s.Imports.Keep
			}
			report, err := work(ctx, job, nil)
			if err == nil && result != "" {
				err = writeFile(result, report.Write)
			}
			if err != nil {
				return err
			}
			view := importView{dry, drafts, opened.Table.Format.Encoding, opened.Table.Format.Delimiter, job.Mapping, report.Counts(), report.Lines}
			return t.imported(view)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&mapping, "mapping", "", "`FILE` that says which column is which field, as JSON, or - for standard input")
	flags.BoolVar(&dry, "dry-run", false, "try every row and buy nothing")
	flags.BoolVar(&drafts, "drafts", false, "keep the orders as drafts and buy nothing")
	flags.StringVar(&result, "result", "", "`FILE` to write what came of each row to, as CSV")
	flags.StringVar(&how.Delimiter, "delimiter", "", "what stands between cells; found out where it is not said")
	flags.StringVar(&how.Encoding, "encoding", "", "UTF-8, Windows-1252, UTF-16 LE or UTF-16 BE; found out where it is not said")
	flags.StringVar(&how.Sheet, "sheet", "", "the workbook's sheet (default: the first)")
	return forAccount(cmd, &name)
}

// imported prints what came of a file. It is a refusal where a row needs a person.
func (t *terminal) imported(v importView) error {
	err := t.print(v, func(w io.Writer) { writeImported(w, v) })
	needs := v.Wrong + v.Unclear + v.Stopped
	if err != nil || needs == 0 {
		return err
	}
	return &reported{errs.New(errs.Invalid, "%d of %d shipments in this file were not made.", needs, v.Shipments)}
}

func writeImported(w io.Writer, v importView) {
	made := []string{"made", strconv.Itoa(v.Made)}
	switch {
	case v.DryRun:
		made = []string{"ready", strconv.Itoa(v.Ready)}
	case v.Drafts:
		made = []string{"kept as drafts", strconv.Itoa(v.Kept)}
	}
	properties(w, append([]string{"rows", strconv.Itoa(v.Rows), "shipments", strconv.Itoa(v.Shipments)}, append(made,
		"made before", some(v.Before), "wrong", some(v.Wrong), "not known", some(v.Unclear), "stopped before", some(v.Stopped))...)...)
	for _, line := range v.Lines {
		for _, p := range line.Problems {
			where := fmt.Sprintf("row %d", p.Row)
			if p.Column != "" {
				where += ", " + p.Column
			}
			fmt.Fprintf(w, "!  %s: %s\n", where, p.Message)
		}
	}
}

// some writes a count, "" for none.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

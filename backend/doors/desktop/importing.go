package desktop

import (
	"context"
	"fmt"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/importing"
)

// Imports is making labels from a file. One file is open at a time: it stays in memory, with what was fixed in it.
type Imports struct {
	door *Door

	mu   sync.Mutex
	file *importFile
	stop context.CancelFunc // of the pass under way; nil while there is none
}

type importFile struct {
	path    string
	table   importing.Table
	content string
	report  importing.Report
}

// shownRows is how many rows a preview has, shownLines how many lines of a report are shown at once.
const (
	shownRows  = 20
	shownLines = 100
)

// ImportRow is a row of the preview.
type ImportRow struct {
	Number  int      `json:"number"`
	Cells   []string `json:"cells"`
	Problem string   `json:"problem"`
}

// ImportFile is a file that was read: its first rows, how it was read, and a mapping to begin with. Name is "" where no
// file was chosen.
type ImportFile struct {
	Name     string            `json:"name"`
	Format   importing.Format  `json:"format"`
	Sheets   []string          `json:"sheets"`
	Headings []string          `json:"headings"`
	Rows     []ImportRow       `json:"rows"`
	Total    int               `json:"total"`
	Mapping  importing.Mapping `json:"mapping"`
	Saved    bool              `json:"saved"` // the mapping was saved for files with these headings
}

// ImportProblem is a problem with the value that stands in the cell now.
type ImportProblem struct {
	importing.Problem
	Value string `json:"value"`
}

// ImportLine is a shipment of the file that needs a person.
type ImportLine struct {
	Rows      []int           `json:"rows"`
	Reference string          `json:"reference"`
	Recipient string          `json:"recipient"`
	Result    string          `json:"result"`
	Number    int64           `json:"number"`
	Problems  []ImportProblem `json:"problems"`
}

// ImportReport is how many came to which end, and the first of those that need a person.
type ImportReport struct {
	Counts importing.Counts `json:"counts"`
	Lines  []ImportLine     `json:"lines"`
}

// SavedFile says where a file was saved; Path is "" where the user closed the dialog.
type SavedFile struct {
	Path string `json:"path"`
	Rows int64  `json:"rows"`
}

// Fields gives what a column can be.
func (i *Imports) Fields() ([]importing.Field, error) {
	return answer(i.door, "Imports.Fields", func(context.Context) ([]importing.Field, error) { return importing.Fields(), nil })
}

// Choose asks for a file and reads it.
func (i *Imports) Choose() (ImportFile, error) {
	return ask(i.door, "Imports.Choose", func(ctx context.Context, s *Services) (ImportFile, error) {
		path, err := i.door.frame().OpenFile("Import orders", FileKind{Name: "CSV table", Extension: "csv"},
			FileKind{Name: "Excel workbook", Extension: "xlsx"}, FileKind{Name: "Text table", Extension: "txt"})
		if err != nil || path == "" {
			return ImportFile{}, err
		}
		return i.read(ctx, s, path, importing.Format{})
	})
}

// Reread reads the open file another way; what was fixed in it is gone.
func (i *Imports) Reread(how importing.Format) (ImportFile, error) {
	return ask(i.door, "Imports.Reread", func(ctx context.Context, s *Services) (ImportFile, error) {
		file, err := i.opened()
		if err != nil {
			return ImportFile{}, err
		}
		return i.read(ctx, s, file.path, how)
	})
}

func (i *Imports) read(ctx context.Context, s *Services, path string, how importing.Format) (ImportFile, error) {
	opened, err := s.Imports.Open(ctx, path, how)
	if err != nil {
		return ImportFile{}, err
	}
	t := opened.Table
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.stop != nil {
		return ImportFile{}, errs.New(errs.Conflict, "An import is under way. Stop it first.")
	}
	i.file = &importFile{path: path, table: t, content: t.Content()}
	out := ImportFile{
		Name: t.Name, Format: t.Format, Sheets: t.Sheets, Headings: t.Headings, Total: len(t.Rows), Mapping: opened.Mapping, Saved: opened.Saved,
	}
	for _, row := range t.Rows[:min(len(t.Rows), shownRows)] {
		out.Rows = append(out.Rows, ImportRow(row))
	}
	return out, nil
}

func (i *Imports) opened() (*importFile, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.file == nil {
		return nil, errs.New(errs.NotFound, "No file is open. Choose one first.")
	}
	return i.file, nil
}

// Fix puts another value into a cell of the open file, which on the disk stays as it is.
func (i *Imports) Fix(row int, heading, value string) error {
	return do(i.door, "Imports.Fix", func(context.Context, *Services) error {
		i.mu.Lock()
		defer i.mu.Unlock()
		switch {
		case i.file == nil:
			return errs.New(errs.NotFound, "No file is open. Choose one first.")
		case i.stop != nil:
			return errs.New(errs.Conflict, "An import is under way. Wait until it is done.")
		}
		return i.file.table.Fix(row, heading, value)
	})
}

// Try tries every row without buying. On the way the event "import" says "done/total" shipments. Conflict: a pass is under
// way.
func (i *Imports) Try(accountID string, m importing.Mapping) (ImportReport, error) {
	return ask(i.door, "Imports.Try", func(ctx context.Context, s *Services) (ImportReport, error) {
		return i.pass(ctx, accountID, m, s.Imports.Try)
	})
}

// Run saves the mapping and buys what can be bought; otherwise as Try.
func (i *Imports) Run(accountID string, m importing.Mapping) (ImportReport, error) {
	return ask(i.door, "Imports.Run", func(ctx context.Context, s *Services) (ImportReport, error) {
		return i.make(ctx, s, accountID, m, s.Imports.Run)
	})
}

// Keep saves the mapping and keeps what could be bought as drafts; otherwise as Try.
func (i *Imports) Keep(accountID string, m importing.Mapping) (ImportReport, error) {
	return ask(i.door, "Imports.Keep", func(ctx context.Context, s *Services) (ImportReport, error) {
		return i.make(ctx, s, accountID, m, s.Imports.Keep)
	})
}

func (i *Imports) make(ctx context.Context, s *Services, accountID string, m importing.Mapping, work pass) (ImportReport, error) {
	file, err := i.opened()
	if err == nil {
		err = s.Imports.Save(ctx, file.table, m)
	}
	if err != nil {
		return ImportReport{}, err
	}
	return i.pass(ctx, accountID, m, work)
}

type pass func(context.Context, importing.Job, importing.Progress) (importing.Report, error)

func (i *Imports) pass(ctx context.Context, accountID string, m importing.Mapping, work pass) (ImportReport, error) {
	file, err := i.opened()
	if err != nil {
		return ImportReport{}, err
	}
	i.mu.Lock()
	if i.stop != nil {
		i.mu.Unlock()
		return ImportReport{}, errs.New(errs.Conflict, "An import is under way already.")
	}
	ctx, stop := context.WithCancel(ctx)
	i.stop = stop
	i.mu.Unlock()
	defer func() {
		stop()
		i.mu.Lock()
		i.stop = nil
		i.mu.Unlock()
	}()
	job := importing.Job{AccountID: account.ID(accountID), Table: file.table, Mapping: m, Content: file.content}
	report, err := work(ctx, job, func(done, total int) { i.door.Changed("import", fmt.Sprintf("%d/%d", done, total)) })
	i.mu.Lock()
	file.report = report
	i.mu.Unlock()
	return file.seen(), err
}

// seen is the report as the screen shows it.
func (f *importFile) seen() ImportReport {
	out := ImportReport{Counts: f.report.Counts()}
	value := valuesOf(f.table)
	for _, line := range f.report.Lines {
		if len(line.Problems) == 0 || len(out.Lines) == shownLines {
			continue
		}
		shown := ImportLine{Rows: line.Rows, Reference: line.Reference, Recipient: line.Recipient, Result: string(line.Result), Number: line.Number}
		for _, p := range line.Problems {
			shown.Problems = append(shown.Problems, ImportProblem{Problem: p, Value: value(p)})
		}
		out.Lines = append(out.Lines, shown)
	}
	return out
}

// valuesOf gives what stands in the cell that a problem is about, "" where it is about none.
func valuesOf(t importing.Table) func(importing.Problem) string {
	cells := make(map[int][]string, len(t.Rows))
	for _, row := range t.Rows {
		cells[row.Number] = row.Cells
	}
	places := make(map[string]int, len(t.Headings))
	for at, heading := range t.Headings {
		places[heading] = at
	}
	return func(p importing.Problem) string {
		at, there := places[p.Column]
		if row := cells[p.Row]; there && at < len(row) {
			return row[at]
		}
		return ""
	}
}

// Stop ends the pass under way before its next shipment, if there is one.
func (i *Imports) Stop() error {
	_, err := answer(i.door, "Imports.Stop", func(context.Context) (struct{}, error) {
		i.mu.Lock()
		defer i.mu.Unlock()
		if i.stop != nil {
			i.stop()
		}
		return struct{}{}, nil
	})
	return err
}

// SaveResult asks where to and saves what came of each row as CSV.
func (i *Imports) SaveResult() (SavedFile, error) {
	return answer(i.door, "Imports.SaveResult", func(context.Context) (SavedFile, error) {
		file, err := i.opened()
		if err != nil {
			return SavedFile{}, err
		}
		i.mu.Lock()
		report := file.report
		i.mu.Unlock()
		path, err := i.door.saveAs("Save the result", "import-result.csv", FileKind{Name: "CSV table", Extension: "csv"}, report.Write)
		return SavedFile{Path: path, Rows: int64(report.Counts().Rows)}, err
	})
}

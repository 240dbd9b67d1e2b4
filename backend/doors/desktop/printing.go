package desktop

import (
	"context"

	"packbench/backend/base/page"
	"packbench/backend/core/printing"
)

// Printing is printers and print jobs.
type Printing struct{ door *Door }

// FoundPrinters is what this machine knows of printers; Troubles are sentences on what could not be asked.
type FoundPrinters struct {
	Printers []printing.Found `json:"printers"`
	Troubles []string         `json:"troubles"`
}

// PrintJobPage is a page of jobs. Next is "" on the last one.
type PrintJobPage struct {
	Items []printing.Job `json:"items"`
	Next  string         `json:"next"`
}

// Printers gives the printers by name.
func (p *Printing) Printers() ([]printing.Printer, error) {
	return ask(p.door, "Printing.Printers", func(ctx context.Context, s *Services) ([]printing.Printer, error) {
		return s.Printing.Printers(ctx)
	})
}

// Find looks for the printers that this machine knows.
func (p *Printing) Find() (FoundPrinters, error) {
	return ask(p.door, "Printing.Find", func(ctx context.Context, s *Services) (FoundPrinters, error) {
		found, troubles, err := s.Printing.Find(ctx)
		return FoundPrinters{Printers: found, Troubles: troubles}, err
	})
}

// Look asks the printer at an address how it is.
func (p *Printing) Look(kind printing.Kind, address string) (printing.Found, error) {
	return ask(p.door, "Printing.Look", func(ctx context.Context, s *Services) (printing.Found, error) {
		return s.Printing.Look(ctx, kind, address)
	})
}

// Add stores a printer.
func (p *Printing) Add(in printing.Printer) (printing.Printer, error) {
	return ask(p.door, "Printing.Add", func(ctx context.Context, s *Services) (printing.Printer, error) {
		return s.Printing.AddPrinter(ctx, in)
	})
}

// Update changes a printer.
func (p *Printing) Update(in printing.Printer) (printing.Printer, error) {
	return ask(p.door, "Printing.Update", func(ctx context.Context, s *Services) (printing.Printer, error) {
		return s.Printing.UpdatePrinter(ctx, in)
	})
}

// Remove forgets a printer.
func (p *Printing) Remove(id string) error {
	return do(p.door, "Printing.Remove", func(ctx context.Context, s *Services) error {
		return s.Printing.RemovePrinter(ctx, printing.PrinterID(id))
	})
}

// Defaults gives every use with its printer.
func (p *Printing) Defaults() ([]printing.Default, error) {
	return ask(p.door, "Printing.Defaults", func(ctx context.Context, s *Services) ([]printing.Default, error) {
		return s.Printing.Defaults(ctx)
	})
}

// SetDefault chooses the printer of a use.
func (p *Printing) SetDefault(in printing.Default) error {
	return do(p.door, "Printing.SetDefault", func(ctx context.Context, s *Services) error {
		return s.Printing.SetDefault(ctx, in)
	})
}

// Print puts a document into its printer's queue.
func (p *Printing) Print(in printing.Ask) (printing.Job, error) {
	return ask(p.door, "Printing.Print", func(ctx context.Context, s *Services) (printing.Job, error) {
		return s.Printing.Print(ctx, in)
	})
}

// Settled waits until a job has been printed or not, and gives it.
func (p *Printing) Settled(id string) (printing.Job, error) {
	return ask(p.door, "Printing.Settled", func(ctx context.Context, s *Services) (printing.Job, error) {
		return s.Printing.Settled(ctx, printing.JobID(id))
	})
}

// Retry prints a job again that failed or is unclear.
func (p *Printing) Retry(id string) (printing.Job, error) {
	return ask(p.door, "Printing.Retry", func(ctx context.Context, s *Services) (printing.Job, error) {
		return s.Printing.Retry(ctx, printing.JobID(id))
	})
}

// Cancel takes a job off the list.
func (p *Printing) Cancel(id string) (printing.Job, error) {
	return ask(p.door, "Printing.Cancel", func(ctx context.Context, s *Services) (printing.Job, error) {
		return s.Printing.Cancel(ctx, printing.JobID(id))
	})
}

// Jobs gives jobs, newest first.
func (p *Printing) Jobs(filter printing.Filter, page page.Request) (PrintJobPage, error) {
	return ask(p.door, "Printing.Jobs", func(ctx context.Context, s *Services) (PrintJobPage, error) {
		got, err := s.Printing.Jobs(ctx, filter, page)
		return PrintJobPage(got), err
	})
}

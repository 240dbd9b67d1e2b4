package sqldb

import (
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/printing"
)

const (
	printerColumns  = `id, name, kind, address, formats, dpi, version, created_ms, updated_ms`
	printJobColumns = `id, printer_id, printer_name, shipment_id, shipment_number, account_id, kind, format, document_key,
		reprint, state, attempts, said, who, created_ms, updated_ms`
)

var (
	insertPrinter = register(`INSERT INTO printers (` + printerColumns + `, name_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`)
	updatePrinter = register(`UPDATE printers SET name = $1, name_key = $2, kind = $3, address = $4, formats = $5, dpi = $6,
		updated_ms = $7, version = version + 1 WHERE id = $8 AND version = $9`)
	deletePrinter  = register(`DELETE FROM printers WHERE id = $1`)
	selectPrinter  = register(`SELECT ` + printerColumns + ` FROM printers WHERE id = $1`)
	selectPrinters = register(`SELECT ` + printerColumns + ` FROM printers ORDER BY name_key`)

	selectPrintDefaults = register(`SELECT kind, format, printer_id FROM print_defaults`)
	savePrintDefault    = register(`INSERT INTO print_defaults (kind, format, printer_id) VALUES ($1, $2, $3)
		ON CONFLICT (kind, format) DO UPDATE SET printer_id = excluded.printer_id`)
	deletePrintDefault       = register(`DELETE FROM print_defaults WHERE kind = $1 AND format = $2`)
	deletePrinterDefaults    = register(`DELETE FROM print_defaults WHERE printer_id = $1`)
	insertPrintJob           = register(`INSERT INTO print_jobs (` + printJobColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`)
	updatePrintJob           = register(`UPDATE print_jobs SET state = $1, attempts = $2, said = $3, who = $4, updated_ms = $5 WHERE id = $6 AND state = $7`)
	selectPrintJob           = register(`SELECT ` + printJobColumns + ` FROM print_jobs WHERE id = $1`)
	selectUnsettledPrintJobs = register(`SELECT ` + printJobColumns + ` FROM print_jobs WHERE state IN ('queued', 'sending') ORDER BY id`)
)

const (
	noPrinter    = "There is no such printer."
	noPrintJob   = "There is no such print job."
	printerTaken = "There is already a printer with this name or this address."
)

func scanPrinter(row scanner) (printing.Printer, error) {
	var p printing.Printer
	var formats string
	err := row.Scan(&p.ID, &p.Name, &p.Kind, &p.Address, &formats, &p.DPI, &p.Version, &p.CreatedMs, &p.UpdatedMs)
	for f := range strings.SplitSeq(formats, ",") {
		p.Formats = append(p.Formats, courier.Format(f))
	}
	return p, err
}

func formatsText(formats []courier.Format) string {
	words := make([]string, len(formats))
	for i, f := range formats {
		words[i] = string(f)
	}
	return strings.Join(words, ",")
}

// CreatePrinter stores a printer. Conflict: its name or its address is another's.
func (tx *Tx) CreatePrinter(p printing.Printer) error {
	return tx.create(printerTaken, insertPrinter, p.ID, p.Name, p.Kind, p.Address, formatsText(p.Formats), p.DPI, p.Version,
		p.CreatedMs, p.UpdatedMs, account.NameKey(p.Name))
}

// UpdatePrinter changes a printer by ID and Version. Conflict: its name or its address is another's, or Version is not the
// stored one.
func (tx *Tx) UpdatePrinter(p printing.Printer) error {
	exists := func() error { _, err := tx.Printer(p.ID); return err }
	return tx.update(exists, updatePrinter, p.Name, account.NameKey(p.Name), p.Kind, p.Address, formatsText(p.Formats), p.DPI,
		p.UpdatedMs, p.ID, p.Version)
}

// DeletePrinter deletes a printer and its defaults.
func (tx *Tx) DeletePrinter(id printing.PrinterID) error {
	if _, err := tx.exec(deletePrinterDefaults, id); err != nil {
		return err
	}
	return tx.must(noPrinter, deletePrinter, id)
}

// Printer gives a printer.
func (tx *Tx) Printer(id printing.PrinterID) (printing.Printer, error) {
	return one(tx, noPrinter, scanPrinter, selectPrinter, id)
}

// Printers gives the printers by name.
func (tx *Tx) Printers() ([]printing.Printer, error) { return all(tx, scanPrinter, selectPrinters) }

// PrintDefaults gives which printers were chosen for what.
func (tx *Tx) PrintDefaults() ([]printing.Default, error) {
	return all(tx, func(row scanner) (printing.Default, error) {
		var d printing.Default
		err := row.Scan(&d.Kind, &d.Format, &d.PrinterID)
		return d, err
	}, selectPrintDefaults)
}

// SavePrintDefault chooses a printer, or none where PrinterID is "".
func (tx *Tx) SavePrintDefault(d printing.Default) error {
	if d.PrinterID == "" {
		_, err := tx.exec(deletePrintDefault, d.Kind, d.Format)
		return err
	}
	_, err := tx.exec(savePrintDefault, d.Kind, d.Format, d.PrinterID)
	return err
}

func scanPrintJob(row scanner) (printing.Job, error) {
	var j printing.Job
	err := row.Scan(&j.ID, &j.PrinterID, &j.PrinterName, &j.ShipmentID, &j.ShipmentNumber, &j.AccountID, &j.Kind, &j.Format,
		&j.DocumentKey, &j.Reprint, &j.State, &j.Attempts, &j.Said, &j.By, &j.CreatedMs, &j.UpdatedMs)
	return j, err
}

// CreatePrintJob stores a job.
func (tx *Tx) CreatePrintJob(j printing.Job) error {
	_, err := tx.exec(insertPrintJob, j.ID, j.PrinterID, j.PrinterName, j.ShipmentID, j.ShipmentNumber, j.AccountID, j.Kind, j.Format,
		j.DocumentKey, j.Reprint, j.State, j.Attempts, j.Said, j.By, j.CreatedMs, j.UpdatedMs)
	return err
}

// UpdatePrintJob changes how a job stands. Conflict: it is no longer in the state from, or its printer is sending another.
func (tx *Tx) UpdatePrintJob(j printing.Job, from printing.State) error {
	n, err := tx.exec(updatePrintJob, j.State, j.Attempts, j.Said, j.By, j.UpdatedMs, j.ID, from)
	if errs.Is(err, errs.Conflict) {
		return conflict("The printer is busy with another job.")
	}
	if err != nil || n > 0 {
		return err
	}
	if _, err := tx.PrintJob(j.ID); err != nil {
		return err
	}
	return conflict("This print job has moved on in the meantime. Look at it again.")
}

// PrintJob gives a job.
func (tx *Tx) PrintJob(id printing.JobID) (printing.Job, error) {
	return one(tx, noPrintJob, scanPrintJob, selectPrintJob, id)
}

// PrintJobs gives jobs, newest first.
func (tx *Tx) PrintJobs(f printing.Filter, p page.Request) (page.Result[printing.Job], error) {
	var none page.Result[printing.Job]
	after, err := readCursor(p.Cursor, "print", 1)
	if err != nil {
		return none, err
	}
	q := printJobsQuery(f, after, p.Size()+1)
	list, err := all(tx, scanPrintJob, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(j printing.Job) string { return makeCursor("print", string(j.ID)) }), nil
}

func printJobsQuery(f printing.Filter, after cursor, limit int) *query {
	q := newQuery(`SELECT ` + printJobColumns + ` FROM print_jobs`)
	if len(f.States) > 0 {
		states := make([]any, len(f.States))
		for i, s := range f.States {
			states[i] = s
		}
		q.where("state IN (?"+strings.Repeat(", ?", len(states)-1)+")", states...)
	}
	q.equal("shipment_id", f.ShipmentID, f.ShipmentID != "")
	if after != nil {
		q.where("id < ?", after[0])
	}
	q.add(" ORDER BY id DESC LIMIT ?", limit)
	return q
}

// UnsettledPrintJobs gives the jobs that wait or are being sent, oldest first.
func (tx *Tx) UnsettledPrintJobs() ([]printing.Job, error) {
	return all(tx, scanPrintJob, selectUnsettledPrintJobs)
}

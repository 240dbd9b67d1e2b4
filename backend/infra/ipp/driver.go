// Package ipp reaches printers that speak the Internet Printing Protocol (RFC 8010, RFC 8011): network printers by their
// address, and the queues of the CUPS on this machine. Only what printing a finished file needs is here.
package ipp

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/printing"
)

// How long a printer is given. A busy printer has taken nothing, so that asking it again can't print twice.
const (
	busyTime   = 20 * time.Second       // until a busy one is given up
	followTime = 8 * time.Second        // how long an accepted job is followed
	pause      = 250 * time.Millisecond // between two questions
)

// Driver is printing.Driver for IPP.
type Driver struct {
	Local Server        // the CUPS of this machine
	Busy  time.Duration // how long a busy printer is waited for; 0 for busyTime
}

var _ printing.Driver = (*Driver)(nil)

// asked is what a printer is asked of itself.
var asked = text(tagKeyword, "requested-attributes",
	"printer-name", "printer-info", "printer-location", "printer-make-and-model", "printer-uri-supported", "printer-state",
	"printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs", "document-format-supported", "printer-resolution-supported",
	"print-scaling-supported", "media-supported")

// Find gives the queues of the CUPS on this machine; without a CUPS there are none.
func (d *Driver) Find(ctx context.Context) ([]printing.Found, error) {
	if d.Local.Network == "" {
		return nil, nil
	}
	answer, err := d.ask(ctx, "ipp://"+localHost+"/", request(opCUPSGetPrinters, "", asked), nil)
	if errs.Is(err, errs.Unavailable) {
		return nil, nil // nobody listens: this machine has no CUPS
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "CUPS did not tell its printers. Try again, or add the printer by its address.")
	}
	var found []printing.Found
	for _, g := range answer.groups {
		if name := g.text("printer-name"); g.tag == tagPrinter && name != "" {
			found = append(found, describe(g, (&url.URL{Scheme: "ipp", Host: localHost, Path: "/printers/" + name}).String()))
		}
	}
	return found, nil
}

// Look asks a printer for itself.
func (d *Driver) Look(ctx context.Context, address string) (printing.Found, error) {
	g, err := d.look(ctx, address)
	if err != nil {
		return printing.Found{}, errs.Wrap(err, errs.Unavailable, "%s", strings.TrimSuffix(errs.As(err).Message, " Nothing was printed."))
	}
	return describe(g, address), nil
}

// look gives a printer's attributes. Looking prints nothing, so that every error is Unavailable or Rejected.
func (d *Driver) look(ctx context.Context, address string) (group, error) {
	answer, err := d.ask(ctx, address, request(opGetPrinterAttributes, address, asked), nil)
	if errs.Is(err, errs.Unclear) {
		return group{}, errs.Wrap(err, errs.Unavailable, "The printer at %s was asked how it is and did not answer as an IPP printer does. Nothing was printed.", hostOf(address))
	}
	if err != nil {
		return group{}, err
	}
	if answer.code > statusOKUpTo {
		return group{}, errs.New(errs.Rejected, "The printer at %s refused: %s.", hostOf(address), spoken(answer))
	}
	return answer.group(tagPrinter), nil
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// media names the formats in MIME types, the best first. What a queue takes as it is goes through CUPS unchanged.
var media = map[courier.Format][]string{
	courier.PDF: {"application/pdf"},
	courier.PNG: {"image/png"},
	courier.ZPL: {"application/vnd.zebra-zpl", "application/zpl", "application/vnd.cups-raw", "application/octet-stream"},
}

// describe tells of a printer what it says of itself. A queue takes any bytes unchanged, so that ZPL counts only where it
// is named; the person who knows the printer says the rest.
func describe(g group, address string) printing.Found {
	types := g.texts("document-format-supported")
	f := printing.Found{
		Kind: printing.IPP, Address: address, Name: cmp.Or(g.text("printer-info"), g.text("printer-name"), hostOf(address)),
		Model: g.text("printer-make-and-model"), Place: g.text("printer-location"), Ready: true, Says: state(g),
	}
	if f.Model == rawQueue {
		types = nil
	}
	for _, format := range []courier.Format{courier.PDF, courier.ZPL, courier.PNG} {
		named := media[format]
		if format == courier.ZPL {
			named = named[:2]
		}
		if slices.ContainsFunc(named, func(t string) bool { return slices.Contains(types, t) }) {
			f.Formats = append(f.Formats, format)
		}
	}
	if dots := g.dotsPerInch("printer-resolution-supported"); len(dots) > 0 {
		f.DPI = slices.Max(dots)
	}
	f.Ready = g.integer("printer-state") != printerStopped && !g.no("printer-is-accepting-jobs")
	return f
}

// rawQueue is the model that CUPS gives a queue without a driver. It names every type that CUPS knows and passes each on
// as it is, whatever the printer behind it understands.
const rawQueue = "Local Raw Printer"

// printerStopped is the enum of printer-state (RFC 8011 §5.4.11).
const printerStopped = 5

// state tells what keeps a printer from printing, or what it warns of; "" for nothing.
func state(g group) string {
	var parts []string
	if g.no("printer-is-accepting-jobs") {
		parts = append(parts, "it takes no jobs now")
	}
	if said := g.text("printer-state-message"); said != "" {
		parts = append(parts, said)
	}
	return strings.Join(append(parts, reasons(g, "printer-state-reasons")...), ", ")
}

// Send gives a printer a file, and follows the job for a moment to hear how it went.
func (d *Driver) Send(ctx context.Context, p printing.Printer, sheet printing.Sheet) (string, error) {
	g, err := d.look(ctx, p.Address)
	if err != nil {
		return "", err
	}
	format, err := formatFor(p, g, sheet.Format)
	if err != nil {
		return "", err
	}
	if g.no("printer-is-accepting-jobs") {
		return "", errs.New(errs.Rejected, "%s takes no jobs now: %s. Nothing was printed.", p.Name, state(g))
	}
	answer, err := d.submit(ctx, p.Address, printJob(p.Address, g, format, sheet), sheet.Bytes)
	if err != nil {
		return "", err
	}
	if answer.code > statusOKUpTo {
		return "", errs.New(errs.Rejected, "%s refused: %s. Nothing was printed.", p.Name, spoken(answer))
	}
	return d.follow(ctx, p, answer.group(tagJob))
}

// formatFor gives the MIME type that a format is sent as. A printer that names no types is taken at its word.
func formatFor(p printing.Printer, g group, format courier.Format) (string, error) {
	types := g.texts("document-format-supported")
	for _, t := range media[format] {
		if len(types) == 0 || slices.Contains(types, t) {
			return t, nil
		}
	}
	return "", errs.New(errs.Rejected, "%s does not take %s; it takes %s. Choose another printer.", p.Name, strings.ToUpper(string(format)), strings.Join(types, ", "))
}

// printJob asks to print a file as it is: at its own size, on paper of that size. Only what the printer offers is asked
// for, because some refuse a job for the rest.
func printJob(address string, g group, format string, sheet printing.Sheet) message {
	m := request(opPrintJob, address,
		text(tagName, "requesting-user-name", cmp.Or(sheet.By, "packbench")), text(tagName, "job-name", sheet.Name),
		text(tagMimeType, "document-format", format))
	if sheet.Format == courier.ZPL {
		return m // the label says itself how it is printed
	}
	job := group{tag: tagJob}
	for name, wanted := range map[string]string{"print-scaling": "none", "media": pageSize(sheet.Bytes)} {
		if slices.Contains(g.texts(name+"-supported"), wanted) {
			job.attrs = append(job.attrs, text(tagKeyword, name, wanted))
		}
	}
	if len(job.attrs) > 0 {
		m.groups = append(m.groups, job)
	}
	return m
}

// submit sends a job, again while the printer is busy with another one: it has then taken nothing.
func (d *Driver) submit(ctx context.Context, address string, m message, document []byte) (message, error) {
	wait := d.Busy
	if wait == 0 {
		wait = busyTime
	}
	patience, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for {
		answer, err := d.ask(ctx, address, m, document)
		if err != nil || answer.code != statusServerErrorBusy || !sleep(patience, pause) {
			return answer, err
		}
	}
}

// The enums of job-state (RFC 8011 §5.3.7) that end a job.
const (
	jobCanceled  = 7
	jobAborted   = 8
	jobCompleted = 9
)

// follow asks after an accepted job until it has ended or followTime is over. The printer has the whole file by then.
func (d *Driver) follow(ctx context.Context, p printing.Printer, job group) (string, error) {
	patience, cancel := context.WithTimeout(ctx, followTime)
	defer cancel()
	number := job.integer("job-id")
	for {
		switch why := strings.Join(reasons(job, "job-state-reasons"), ", "); job.integer("job-state") {
		case jobCompleted:
			return fmt.Sprintf("Printed as job %d.", number), nil
		case jobAborted, jobCanceled:
			return "", errs.New(errs.Unclear, "%s took it as job %d and gave it up: %s. Look whether something came out before you print it again.",
				p.Name, number, cmp.Or(job.text("job-state-message"), why, "it gave no reason"))
		}
		if number == 0 || !sleep(patience, pause) {
			return accepted(p, job, number), nil
		}
		answer, err := d.ask(patience, p.Address, request(opGetJobAttributes, p.Address, integer("job-id", number),
			text(tagKeyword, "requested-attributes", "job-id", "job-state", "job-state-reasons", "job-state-message")), nil)
		if err != nil || answer.code > statusOKUpTo {
			return accepted(p, job, number), nil // some printers forget a job as soon as it is done
		}
		job = answer.group(tagJob)
	}
}

// accepted is what is said of a job that the printer has and has not ended yet.
func accepted(p printing.Printer, job group, number int32) string {
	said := fmt.Sprintf("%s has it as job %d.", p.Name, number)
	if why := reasons(job, "job-state-reasons"); len(why) > 0 {
		said += " It says: " + strings.Join(why, ", ") + "."
	}
	return said
}

// sleep waits, and reports whether there is time left.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

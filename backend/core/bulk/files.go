package bulk

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// drawnTogether is how many shipments' papers are drawn into one file before they are bound: fonts and logo are then worked
// on once, and a run still stops soon.
const drawnTogether = 100

// binding is what becomes a run's files.
type binding struct {
	binder   document.Binder
	warnings []courier.Warning
}

// documents makes the files of a run: the PDF, and the labels that are ZPL.
func (s *Service) documents(ctx context.Context, r *run) (why string) {
	if r.bound.binder == nil {
		r.bound = binding{binder: s.Drawer.NewBinder()}
	}
	for {
		rows := s.next(ctx, r, drawnTogether)
		if len(rows) == 0 {
			break
		}
		s.draw(ctx, r, rows)
	}
	if s.stopped(ctx, r) {
		return ""
	}
	if err := s.bind(r); err != nil {
		return errs.As(err).Message
	}
	return ""
}

// stopped tells that rows are left to do, and otherwise that the file is being put together.
func (s *Service) stopped(ctx context.Context, r *run) bool {
	s.mu.Lock()
	left := ctx.Err() != nil || slices.ContainsFunc(r.rows, func(w row) bool { return w.state == waiting })
	r.binding = !left
	s.mu.Unlock()
	s.tell()
	return left
}

// sheets is what is drawn of some shipments.
type sheets struct {
	rows     []int
	of       []shipment.Shipment
	slips    []document.PackingSlip
	invoices []document.CommercialInvoice
}

// draw takes the documents of some rows into the binder.
func (s *Service) draw(ctx context.Context, r *run, rows []int) {
	var ready sheets
	for _, i := range rows {
		if ctx.Err() != nil {
			return
		}
		w := &r.rows[i]
		w.pages, w.zpl = map[document.Kind][]int{}, nil
		sh, err := s.gather(ctx, r, w, &ready)
		if err != nil {
			s.settle(r, i, sh, err)
			continue
		}
		ready.rows, ready.of = append(ready.rows, i), append(ready.of, sh)
	}
	if err := s.drawTogether(ctx, r, ready); err == nil {
		for n, i := range ready.rows {
			s.settle(r, i, ready.of[n], nil)
		}
		return
	}
	for n, i := range ready.rows { // one of them can't be drawn: each alone shows which
		alone := ready.only(n)
		s.settle(r, i, alone.of[0], s.drawTogether(ctx, r, alone))
	}
}

func (x sheets) only(n int) sheets {
	alone := sheets{rows: x.rows[n : n+1], of: x.of[n : n+1]}
	if x.slips != nil {
		alone.slips = x.slips[n : n+1]
	}
	if x.invoices != nil {
		alone.invoices = x.invoices[n : n+1]
	}
	return alone
}

// gather finds what a shipment's documents say, and binds its label. A shipment of which one document can't be made gives
// none: a slip without its label would lie alone on the bench.
func (s *Service) gather(ctx context.Context, r *run, w *row, ready *sheets) (shipment.Shipment, error) {
	sh, err := s.Shipments.Get(ctx, "", shipment.Handle{ID: w.id})
	if err != nil {
		return sh, err
	}
	var slip document.PackingSlip
	var invoice document.CommercialInvoice
	if slices.Contains(r.Kinds, document.KindPackingSlip) {
		if slip, err = s.Shipments.SlipOf(ctx, sh); err != nil {
			return sh, err
		}
	}
	if slices.Contains(r.Kinds, document.KindInvoice) {
		if invoice, err = s.Shipments.InvoiceOf(ctx, sh); err != nil {
			return sh, err
		}
	}
	if slices.Contains(r.Kinds, document.KindLabel) {
		if err := s.label(ctx, r, w, sh); err != nil {
			return sh, err
		}
	}
	if err := s.courierPapers(ctx, r, w, sh); err != nil {
		return sh, err
	}
	if slices.Contains(r.Kinds, document.KindPackingSlip) {
		ready.slips = append(ready.slips, slip)
	}
	if slices.Contains(r.Kinds, document.KindInvoice) {
		ready.invoices = append(ready.invoices, invoice)
	}
	return sh, nil
}

// label takes the label as it was bought; one that is a picture is had as PDF.
func (s *Service) label(ctx context.Context, r *run, w *row, sh shipment.Shipment) error {
	format := sh.Consignment.LabelFormat
	if format != courier.ZPL {
		format = courier.PDF
	}
	file, err := s.Shipments.LabelOf(ctx, sh, format)
	if err != nil {
		return err
	}
	if format == courier.ZPL {
		w.zpl = file.Bytes
		return nil
	}
	w.pages[document.KindLabel], err = r.bound.binder.Add(file.Bytes)
	return err
}

// courierPapers binds the courier's own papers that are asked for; a picture among them has no page here.
func (s *Service) courierPapers(ctx context.Context, r *run, w *row, sh shipment.Shipment) error {
	for _, kind := range r.Kinds {
		if !kind.OfCourier() {
			continue
		}
		files, err := s.Shipments.PapersOf(ctx, sh, kind)
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.Media != "application/pdf" {
				r.bound.warnings = append(r.bound.warnings, courier.Warning{Message: fmt.Sprintf("%s of %d is a picture and is not in this file.", word(kind), sh.Number)})
				continue
			}
			pages, err := r.bound.binder.Add(f.Bytes)
			if err != nil {
				return err
			}
			w.pages[kind] = append(w.pages[kind], pages...)
		}
	}
	return nil
}

// drawTogether draws the papers of some shipments and binds them.
func (s *Service) drawTogether(ctx context.Context, r *run, x sheets) error {
	slips, err := s.papers(ctx, r, x, document.KindPackingSlip)
	if err != nil {
		return err
	}
	invoices, err := s.papers(ctx, r, x, document.KindInvoice)
	if err != nil {
		return err
	}
	r.bound.warnings = append(append(r.bound.warnings, slips...), invoices...)
	return nil
}

func (s *Service) papers(ctx context.Context, r *run, x sheets, kind document.Kind) ([]courier.Warning, error) {
	var drawn document.Drawn
	var err error
	switch {
	case kind == document.KindPackingSlip && len(x.slips) > 0:
		drawn, err = s.Drawer.DrawPackingSlips(ctx, x.slips)
	case kind == document.KindInvoice && len(x.invoices) > 0:
		drawn, err = s.Drawer.DrawCommercialInvoices(ctx, x.invoices)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	pages, err := r.bound.binder.Add(drawn.Bytes)
	if err != nil {
		return nil, err
	}
	for n, i := range x.rows {
		r.rows[i].pages[kind], pages = pages[:drawn.Pages[n]], pages[drawn.Pages[n]:]
	}
	return named(drawn.Warnings, x.of, kind), nil
}

// named puts the shipment's number where a warning's field has its place in the list.
func named(warnings []courier.Warning, of []shipment.Shipment, kind document.Kind) []courier.Warning {
	for i, w := range warnings {
		n, field := 0, w.Field
		if len(of) > 1 {
			place, rest, _ := strings.Cut(w.Field, ".")
			if _, err := fmt.Sscan(place, &n); err != nil || n >= len(of) {
				continue
			}
			field = rest
		}
		warnings[i] = courier.Warning{Field: field, Message: fmt.Sprintf("%s of %d: %s", word(kind), of[n].Number, w.Message)}
	}
	return warnings
}

// bind puts the files together from the rows that are in none yet.
func (s *Service) bind(r *run) error {
	var pdf, zpl File
	var pages []int
	var labels bytes.Buffer
	take := func(kinds ...document.Kind) {
		for i := range r.rows {
			for _, kind := range kinds {
				if w := &r.rows[i]; w.state == through && !w.filed {
					pages = append(pages, w.pages[kind]...)
				}
			}
		}
	}
	if r.Arrangement == ByKind {
		for _, kind := range r.Kinds {
			take(kind)
		}
	} else {
		take(r.Kinds...)
	}
	for i := range r.rows {
		w := &r.rows[i]
		if w.state != through || w.filed {
			continue
		}
		if len(w.zpl) > 0 {
			labels.Write(w.zpl)
			if !bytes.HasSuffix(w.zpl, []byte("\n")) {
				labels.WriteByte('\n')
			}
			zpl.rows = append(zpl.rows, i)
			zpl.left = append(zpl.left, shipment.Left{ID: w.id, Kinds: []document.Kind{document.KindLabel}})
		}
		if len(w.pages) > 0 {
			pdf.rows = append(pdf.rows, i)
			pdf.left = append(pdf.left, shipment.Left{ID: w.id, Kinds: slices.Collect(maps.Keys(w.pages))})
		}
	}
	if len(pages) > 0 {
		content, err := r.bound.binder.Bind("Documents of "+counted(len(pdf.left)), s.Clock.Now().UnixMilli(), pages)
		if err != nil {
			s.unbind(r)
			return err
		}
		pdf.Bytes, pdf.Pages, pdf.Media, pdf.Warnings = content, len(pages), "application/pdf", r.bound.warnings
		s.file(r, pdf, "documents", "pdf")
	}
	if labels.Len() > 0 {
		zpl.Bytes, zpl.Media = labels.Bytes(), "application/zpl"
		s.file(r, zpl, "labels", "zpl")
	}
	s.filed(r)
	return nil
}

// filed notes that what came through is in a file.
func (s *Service) filed(r *run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range r.rows {
		w := &r.rows[i]
		w.filed, w.zpl, w.pages = w.filed || w.state == through, nil, nil
	}
	r.bound = binding{}
}

// unbind makes what came through, and is in no file, wait again.
func (s *Service) unbind(r *run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range r.rows {
		if w := &r.rows[i]; w.state == through && !w.filed {
			w.state = waiting
		}
	}
	r.bound = binding{}
}

func counted(n int) string {
	if n == 1 {
		return "1 shipment"
	}
	return fmt.Sprintf("%d shipments", n)
}

// file adds a file to the run, named after the day and what it holds.
func (s *Service) file(r *run, f File, name, extension string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Size = int64(len(f.Bytes))
	f.Shipments = max(f.Shipments, len(f.left))
	f.Name = fmt.Sprintf("%s-%s", name, s.Clock.Now().Local().Format("2006-01-02-1504"))
	if n := len(r.files); n > 0 && slices.ContainsFunc(r.files, func(o File) bool { return o.Name == f.Name+"."+extension }) {
		f.Name = fmt.Sprintf("%s-%d", f.Name, n+1)
	}
	f.Name += "." + extension
	r.files = append(r.files, f)
}

package printing_test

import (
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/testkit"
)

func TestAddressesOfPrinters(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		kind        printing.Kind
		given, want string // want "" for a refusal
	}{
		{printing.Raw, " 192.168.1.50 ", "192.168.1.50:9100"}, {printing.Raw, "zebra.lan:6101", "zebra.lan:6101"},
		{printing.Raw, "[fe80::1]:9100", "[fe80::1]:9100"}, {printing.Raw, "fe80::1", "[fe80::1]:9100"},
		{printing.Raw, "", ""}, {printing.Raw, "host:0", ""}, {printing.Raw, "host:70000", ""}, {printing.Raw, "host:", ""}, {printing.Raw, ":9100", ""},
		{printing.Raw, "two words", ""}, {printing.Raw, "user@host", ""}, {printing.Raw, "a:b:c", ""}, {printing.Raw, "host/x:9100", ""}, {printing.Raw, "ho\x00st", ""},
		{printing.IPP, "ipp://10.0.0.9/ipp/print", "ipp://10.0.0.9/ipp/print"}, {printing.IPP, "ipps://host:443/p", "ipps://host:443/p"},
		{printing.IPP, "http://host/", ""}, {printing.IPP, "file:///etc/passwd", ""}, {printing.IPP, "ipp://", ""}, {printing.IPP, "ipp://user:secret@host/", ""},
		{printing.IPP, "ipp://host/?a=b", ""}, {printing.IPP, "ipp://host/#x", ""}, {printing.IPP, "host", ""}, {printing.IPP, "ipp://" + strings.Repeat("h", 500), ""},
		{printing.Spooler, "Zebra ZD421", "Zebra ZD421"}, {printing.Spooler, " ", ""},
		{"fax", "host", ""},
	} {
		found, err := w.printing.Look(w.ctx, c.kind, c.given)
		switch {
		case c.want == "":
			if !errs.Is(err, errs.Invalid) {
				t.Errorf("%s %q = %q, %v; want it refused", c.kind, c.given, found.Address, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the refusal repeats a password: %v", err)
			}
		case err != nil || found.Address != c.want:
			t.Errorf("%s %q = %q, %v; want %q", c.kind, c.given, found.Address, err, c.want)
		}
	}
}

func TestPrintersAreChecked(t *testing.T) {
	w := newWorld(t)
	good := printing.Printer{Name: "Dock", Kind: printing.Raw, Address: "10.0.0.1", Formats: []courier.Format{courier.ZPL}, DPI: 203}
	for name, c := range map[string]struct {
		change     func(*printing.Printer)
		path, says string
	}{
		"no name":          {func(p *printing.Printer) { p.Name = " " }, "name", "needed"},
		"no address":       {func(p *printing.Printer) { p.Address = "" }, "address", "like 192.168.1.50:9100"},
		"no kind":          {func(p *printing.Printer) { p.Kind = "" }, "kind", "no printers of the kind"},
		"no language":      {func(p *printing.Printer) { p.Formats = nil }, "formats", "PDF or ZPL"},
		"odd language":     {func(p *printing.Printer) { p.Formats = []courier.Format{"epl"} }, "formats", "PDF or ZPL"},
		"two, raw":         {func(p *printing.Printer) { p.Formats = []courier.Format{courier.PDF, courier.ZPL} }, "formats", "choose PDF or ZPL"},
		"PDF, spooler":     {func(p *printing.Printer) { p.Kind, p.Formats = printing.Spooler, []courier.Format{courier.PDF} }, "formats", "by its IPP address"},
		"no dots":          {func(p *printing.Printer) { p.DPI = 0 }, "dpi", "203 or 300"},
		"dots of no label": {func(p *printing.Printer) { p.DPI = 600 }, "dpi", "203 or 300"},
	} {
		t.Run(name, func(t *testing.T) {
			p := good
			c.change(&p)
			_, err := w.printing.AddPrinter(w.ctx, p)
			if !errs.Is(err, errs.Invalid) || errs.As(err).Fields[0].Path != c.path || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want it refused at %s with %q", err, c.path, c.says)
			}
		})
	}
	_, err := w.printing.AddPrinter(w.ctx, printing.Printer{})
	if len(errs.As(err).Fields) != 3 {
		t.Errorf("%v, want all that is wrong at once", err)
	}
	added, err := w.printing.AddPrinter(w.ctx, good)
	testkit.OK(t, err)
	_, err = w.printing.AddPrinter(w.ctx, good)
	testkit.Refused(t, err, errs.Conflict, "already a printer")

	testkit.OK(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: document.KindLabel, Format: courier.ZPL, PrinterID: added.ID}))
	added.Kind, added.Address, added.Formats, added.DPI = printing.IPP, "ipp://10.0.0.1/", []courier.Format{courier.PNG, courier.PDF, courier.PDF}, 300
	changed, err := w.printing.UpdatePrinter(w.ctx, added)
	testkit.OK(t, err)
	if changed.Version != 2 || changed.DPI != 0 || !slices.Equal(changed.Formats, []courier.Format{courier.PDF, courier.PNG}) {
		t.Errorf("changed to %+v", changed)
	}
	defaults, err := w.printing.Defaults(w.ctx)
	testkit.OK(t, err)
	for _, d := range defaults {
		if d.PrinterID != "" {
			t.Errorf("%+v goes to a printer that no longer takes it", d)
		}
	}
	_, err = w.printing.UpdatePrinter(w.ctx, added)
	testkit.Refused(t, err, errs.Conflict, "changed this in the meantime")
	testkit.OK(t, w.printing.RemovePrinter(w.ctx, added.ID))
	testkit.Refused(t, w.printing.RemovePrinter(w.ctx, added.ID), errs.NotFound, "no such printer")
	for action, want := range map[string]int{"printer.create": 1, "printer.update": 1, "printer.default": 1, "printer.delete": 1} {
		entries, err := w.Audit.List(w.ctx, audit.Filter{Action: action}, page.Request{})
		testkit.OK(t, err)
		if len(entries.Items) != want {
			t.Errorf("%d entries of %s, want %d", len(entries.Items), action, want)
		}
	}
}

func TestFindTellsWhatItCouldNotAsk(t *testing.T) {
	w := newWorld(t)
	w.driver.says(errs.New(errs.Unavailable, "CUPS is silent."))
	found, troubles, err := w.printing.Find(w.ctx)
	testkit.OK(t, err)
	if len(found) != 3 || len(troubles) != 3 || troubles[0] != "CUPS is silent." {
		t.Errorf("%+v, %v", found, troubles)
	}
}

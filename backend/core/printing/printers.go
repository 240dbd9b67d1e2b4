package printing

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
)

// lookTime is how long printers are waited for when they are asked about themselves.
const lookTime = 5 * time.Second

// addressLimit is the longest address of a printer, in bytes.
const addressLimit = 500

// Printers gives the printers by name. Only at this machine, as everything here.
func (s *Service) Printers(ctx context.Context) ([]Printer, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var out []Printer
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Printers(); return err })
	return out, err
}

// Find gives the printers that this machine knows, of every kind. What one kind could not tell is a sentence in troubles.
func (s *Service) Find(ctx context.Context) (found []Found, troubles []string, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	for _, kind := range []Kind{IPP, Spooler, Raw} {
		driver, can := s.Drivers[kind]
		if !can {
			continue
		}
		list, err := driver.Find(ctx)
		if err != nil {
			troubles = append(troubles, errs.As(err).Message)
		}
		found = append(found, list...)
	}
	return found, troubles, nil
}

// Look asks the printer at an address for itself. Invalid: the address; Unavailable: it does not answer.
func (s *Service) Look(ctx context.Context, kind Kind, address string) (Found, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Found{}, err
	}
	driver, address, err := s.reach(kind, address)
	if err != nil {
		return Found{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	return driver.Look(ctx, address)
}

// AddPrinter stores a printer. Invalid: its fields; Conflict: name or address is another's.
func (s *Service) AddPrinter(ctx context.Context, p Printer) (Printer, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Printer{}, err
	}
	p, err := s.checked(p)
	if err != nil {
		return Printer{}, err
	}
	now := s.Clock.Now()
	p.ID, p.Version, p.CreatedMs, p.UpdatedMs = PrinterID(ident.New(now)), 1, now.UnixMilli(), now.UnixMilli()
	err = s.Store.Write(ctx, func(r Repo) error {
		if err := r.CreatePrinter(p); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "printer.create", p.subject(), "", nil, p)
	})
	return p, err
}

// UpdatePrinter changes a printer; Version is the one that was read. Defaults that it no longer understands are taken
// from it. Invalid, Conflict, NotFound.
func (s *Service) UpdatePrinter(ctx context.Context, p Printer) (Printer, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Printer{}, err
	}
	p, err := s.checked(p)
	if err != nil {
		return Printer{}, err
	}
	now := s.Clock.Now()
	p.UpdatedMs = now.UnixMilli()
	err = s.Store.Write(ctx, func(r Repo) error {
		before, err := r.Printer(p.ID)
		if err != nil {
			return err
		}
		p.CreatedMs = before.CreatedMs
		if err := r.UpdatePrinter(p); err != nil {
			return err
		}
		if err := dropDefaults(r, p); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "printer.update", p.subject(), "", before, p)
	})
	if err != nil {
		return Printer{}, err
	}
	p.Version++
	return p, nil
}

// dropDefaults takes those defaults from a printer whose format it does not take.
func dropDefaults(r Repo, p Printer) error {
	defaults, err := r.PrintDefaults()
	if err != nil {
		return err
	}
	for _, d := range defaults {
		if d.PrinterID == p.ID && !p.takes(d.Format) {
			if err := r.SavePrintDefault(Default{Kind: d.Kind, Format: d.Format}); err != nil {
				return err
			}
		}
	}
	return nil
}

// RemovePrinter forgets a printer and its defaults; its jobs stay to be read. Conflict: jobs are on their way to it.
func (s *Service) RemovePrinter(ctx context.Context, id PrinterID) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		p, err := r.Printer(id)
		if err != nil {
			return err
		}
		waiting, err := r.UnsettledPrintJobs()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(waiting, func(j Job) bool { return j.PrinterID == id }) {
			return errs.New(errs.Conflict, "%s still has jobs to print. Wait for them or cancel them, then remove it.", p.Name)
		}
		if err := r.DeletePrinter(id); err != nil {
			return err
		}
		return audit.Record(ctx, r, s.Clock.Now(), "printer.delete", p.subject(), "", p, nil)
	})
}

func (p Printer) subject() audit.Subject {
	return audit.Subject{Kind: "printer", ID: string(p.ID), Name: p.Name}
}

func (p Printer) takes(f courier.Format) bool { return slices.Contains(p.Formats, f) }

// checked tells all that is wrong at once, and gives the printer as it is kept.
func (s *Service) checked(p Printer) (Printer, error) {
	var wrong errs.Fields
	name, err := account.CleanName("name", "The printer's name", p.Name)
	wrong.AddError("", err)
	p.Name = name
	_, address, err := s.reach(p.Kind, p.Address)
	wrong.AddError("", err)
	p.Address = address
	var formats []courier.Format
	for _, f := range []courier.Format{courier.PDF, courier.ZPL, courier.PNG} { // in one order, each once
		if p.takes(f) {
			formats = append(formats, f)
		}
	}
	switch {
	case len(formats) == 0:
		wrong.Add("formats", "Say what the printer understands: PDF or ZPL.")
	case p.Kind == Raw && len(formats) > 1:
		wrong.Add("formats", "A printer that takes raw bytes can't tell one language from another: choose PDF or ZPL.")
	case p.Kind == Spooler && (len(formats) > 1 || formats[0] != courier.ZPL):
		wrong.Add("formats", "Through the Windows spooler only ZPL is printed unchanged. For PDF, add the printer by its IPP address.")
	}
	p.Formats = formats
	switch {
	case !p.takes(courier.ZPL):
		p.DPI = 0
	case p.DPI != 203 && p.DPI != 300:
		wrong.Add("dpi", "Say how fine the label printer prints: 203 or 300 dots per inch.")
	}
	return p, wrong.Err()
}

// reach gives the driver of a kind, and the address as it is kept.
func (s *Service) reach(kind Kind, address string) (Driver, string, error) {
	driver, can := s.Drivers[kind]
	if !can {
		return nil, "", errs.OnField("kind", "This machine has no printers of the kind %q.", string(kind))
	}
	address = strings.TrimSpace(address)
	if len(address) > addressLimit || strings.ContainsFunc(address, unicode.IsControl) {
		return nil, "", errs.OnField("address", "A printer's address has at most %d plain characters.", addressLimit)
	}
	var err error
	switch kind {
	case Raw:
		address, err = rawAddress(address)
	case IPP:
		address, err = ippAddress(address)
	default:
		if address == "" {
			err = errs.OnField("address", "Say which printer: its name in the system.")
		}
	}
	return driver, address, err
}

// rawPort is where network printers take raw bytes unless told otherwise.
const rawPort = "9100"

// rawAddress takes "host" and "host:port".
func rawAddress(address string) (string, error) {
	wrong := errs.OnField("address", "%q is no address of a network printer. Give its name or number and port, like 192.168.1.50:9100.", address)
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		host, port = strings.Trim(address, "[]"), rawPort
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", wrong
	}
	if strings.Contains(host, ":") && net.ParseIP(host) == nil || !plainHost(host) {
		return "", wrong
	}
	return net.JoinHostPort(host, port), nil
}

// ippAddress takes ipp:// and ipps:// addresses without user, query and fragment.
func ippAddress(address string) (string, error) {
	if strings.ContainsAny(address, "@?#") {
		return "", errs.OnField("address", "Give the address without a user, a password, ? or #: it is kept in clear.")
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "ipp" && u.Scheme != "ipps" || !plainHost(u.Hostname()) {
		return "", errs.OnField("address", "%q is no address of an IPP printer. It begins with ipp:// or ipps://, like ipp://192.168.1.50/ipp/print.", address)
	}
	return u.String(), nil
}

func plainHost(host string) bool {
	return host != "" && !strings.ContainsAny(host, " /@?#\\\"'<>")
}

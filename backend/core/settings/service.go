package settings

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no IANA zones of its own
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// Default is what holds until a person says otherwise.
func Default() Settings {
	return Settings{BenchName: "Bench 1", CountryISO: "GB", TimeZone: "Europe/London"}
}

// Get gives the settings, Default before the first Update. Every part of the program may read them.
func (s *Service) Get(ctx context.Context) (Settings, error) {
	var out Settings
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = current(r); return err })
	return out, err
}

func current(r Repo) (Settings, error) {
	out, err := r.Settings()
	if errs.Is(err, errs.NotFound) {
		return Default(), nil
	}
	return out, err
}

// Update replaces the settings; Version is the one that was read. Invalid: every wrong field by its JSON path; Conflict:
// they were changed since. Only at this machine.
func (s *Service) Update(ctx context.Context, in Settings) (Settings, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Settings{}, err
	}
	in, err := checked(in)
	if err != nil {
		return Settings{}, err
	}
	now := s.Clock.Now()
	in.UpdatedMs = now.UnixMilli()
	err = s.Store.Write(ctx, func(r Repo) error {
		before, err := current(r)
		if err != nil {
			return err
		}
		if before.Version != in.Version {
			return errs.New(errs.Conflict, "The settings were changed meanwhile. Load them again and repeat your change.")
		}
		if err := r.SaveSettings(in); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "settings.update", audit.Subject{Kind: "settings", Name: in.BenchName}, "", before.told(), in.told())
	})
	if err != nil {
		return Settings{}, err
	}
	in.Version++
	return in, nil
}

// Location gives the site's time zone, UTC where its name is not known here.
func (s Settings) Location() *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// checked tells all that is wrong at once, and gives the settings as they are kept.
func checked(in Settings) (Settings, error) {
	var wrong errs.Fields
	name, err := account.CleanName("bench_name", "The bench's name", in.BenchName)
	wrong.AddError("", err)
	in.BenchName = name
	wrong.AddError("sender", in.Sender.Check())
	if !postal.KnownCountry(in.CountryISO) {
		wrong.Add("country_iso", "%q is not a country code of two capitals (ISO 3166-1), like GB.", in.CountryISO)
	}
	if _, err := time.LoadLocation(in.TimeZone); err != nil || in.TimeZone == "" || in.TimeZone == "Local" {
		wrong.Add("time_zone", "%q is not a time zone of the IANA list, like Europe/London.", in.TimeZone)
	}
	in.Business.check(&wrong)
	return in, wrong.Err()
}

func (b *Business) check(wrong *errs.Fields) {
	wrong.AddError("business.address", b.Address.Check())
	for _, f := range []struct {
		path  string
		text  *string
		limit int
		lines bool
	}{
		{"business.name", &b.Name, postal.LineLimit, false}, {"business.vat_number", &b.VATNumber, NameLimit, false},
		{"business.eori_number", &b.EORI, NameLimit, false}, {"business.company_number", &b.CompanyNumber, NameLimit, false},
		{"business.footer", &b.Footer, TextLimit, true}, {"business.returns", &b.Returns, TextLimit, true},
	} {
		*f.text = strings.TrimSpace(*f.text)
		if n := utf8.RuneCountInString(*f.text); n > f.limit {
			wrong.Add(f.path, "This has %d characters and may have at most %d.", n, f.limit)
		}
		odd := func(r rune) bool { return unicode.IsControl(r) && !(f.lines && r == '\n') }
		if strings.ContainsFunc(*f.text, odd) || !utf8.ValidString(*f.text) {
			wrong.Add(f.path, "Use plain text, without control characters.")
		}
	}
	switch {
	case len(b.Logo) == 0, bytes.HasPrefix(b.Logo, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(b.Logo, []byte("\xff\xd8\xff")):
	default:
		wrong.Add("business.logo", "The logo is neither a PNG nor a JPEG; save it as one of these.")
	}
	if len(b.Logo) > LogoLimit {
		wrong.Add("business.logo", "The logo has %d KiB and may have at most %d: it is part of every slip. Save it smaller; 1,000 pixels across are plenty.", len(b.Logo)>>10, LogoLimit>>10)
	}
}

// told is what the audit says of settings: everything, the logo by its digest.
func (s Settings) told() any {
	logo := ""
	if len(s.Business.Logo) > 0 {
		digest := sha256.Sum256(s.Business.Logo)
		logo = hex.EncodeToString(digest[:])
	}
	s.Business.Logo = nil
	return struct {
		Settings
		LogoSHA256 string `json:"logo_sha256"`
	}{s, logo}
}

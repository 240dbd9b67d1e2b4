package settings

import (
	"context"
	"time"
	_ "time/tzdata" // Windows has no IANA zones of its own

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
		return audit.Record(ctx, r, now, "settings.update", audit.Subject{Kind: "settings", Name: in.BenchName}, "", before, in)
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
	return in, wrong.Err()
}

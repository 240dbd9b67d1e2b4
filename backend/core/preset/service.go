package preset

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
)

// CodeLimit is the longest code, in characters.
const CodeLimit = 50

// Create stores a custom preset; a code that is left out is made of the name. Invalid: name, dc_service_id,
// service_code, options.…, rules.…; Conflict: the code is taken; NotFound: the account or the courier.
func (s *Service) Create(ctx context.Context, in Preset) (Preset, error) {
	if err := actor.Allow(ctx, string(in.AccountID), actor.Auths); err != nil {
		return Preset{}, err
	}
	adapter, err := s.Couriers.Find(in.Courier)
	if err != nil {
		return Preset{}, err
	}
	p, err := checked(adapter.Descriptor(), in)
	if err != nil {
		return Preset{}, err
	}
	now := s.Clock.Now()
	p.ID, p.Version, p.CreatedMs, p.UpdatedMs = ID(ident.New(now)), 1, now.UnixMilli(), now.UnixMilli()
	err = s.Store.Write(ctx, func(r Repo) error {
		if _, err := account.Living(r, p.AccountID); err != nil {
			return err
		}
		others, err := r.PresetsOf(p.AccountID, "")
		if err != nil {
			return err
		}
		for _, o := range append(others, system(adapter.Descriptor())...) {
			if strings.EqualFold(o.Code, p.Code) {
				message := "The code " + p.Code + " is taken by the preset “" + o.Name + "”. Choose another code."
				return &errs.Error{Code: errs.Conflict, Message: message, Fields: []errs.Field{{Path: "dc_service_id", Message: message}}}
			}
		}
		if p, err = r.CreatePreset(p); err != nil {
			return err
		}
		return s.record(ctx, r, "preset.create", p, nil, p)
	})
	if err != nil {
		return Preset{}, err
	}
	return p, nil
}

// checked checks what was entered, tells all that is wrong at once, and gives the preset as it is kept.
func checked(d *courier.Descriptor, in Preset) (Preset, error) {
	var wrong errs.Fields
	name, err := account.CleanName("name", "A preset's name", in.Name)
	wrong.AddError("", err)
	code := strings.TrimSpace(in.Code)
	if code == "" && err == nil {
		code = codeOf(name)
	}
	if (code != "" || err == nil) && (code == "" || len(code) > CodeLimit || strings.ContainsFunc(code, notInCode)) {
		wrong.Add("dc_service_id", "A code has 1 to %d letters (A–Z), digits, dots, hyphens or underscores.", CodeLimit)
	}
	service := in.ServiceCode
	if service == "" && len(d.Services) == 1 {
		service = d.Services[0].Code
	}
	if _, ok := d.Service(service); !ok {
		wrong.Add("service_code", "%s has no service %q. Choose one of: %s.", d.Name, service, serviceCodes(d))
	}
	options := map[string]string{}
	for key, value := range in.Options {
		if !known(d.Options, key) {
			wrong.Add(errs.Join("options", key), "%s has no option %q.", d.Name, key)
		}
		options[key] = courier.Clean(value)
	}
	for _, f := range d.Options { // an option that a preset leaves out may still come with the order
		if value, ok := options[f.Key]; ok {
			if sentence := f.Check(value); sentence != "" {
				wrong.Add(errs.Join("options", f.Key), "%s", sentence)
			}
		}
	}
	in.Rules.check(&wrong)
	return Preset{
		AccountID: in.AccountID, Name: name, Code: code, Courier: d.Key, ServiceCode: service, Options: options, Rules: in.Rules,
	}, wrong.Err()
}

func (r Rules) check(wrong *errs.Fields) {
	if r.WeightMin < 0 || r.WeightMax < 0 {
		wrong.Add("rules.weight_max_g", "Weights are whole grams from 0; 0 means no bound.")
	}
	if r.WeightMax > 0 && r.WeightMin > r.WeightMax {
		wrong.Add("rules.weight_min_g", "The smallest weight, %s, is above the largest, %s.", r.WeightMin, r.WeightMax)
	}
	if r.LongestMax < 0 {
		wrong.Add("rules.longest_max_mm", "The longest side is whole millimetres from 0; 0 means no bound.")
	}
	for _, code := range r.Countries {
		if !postal.KnownCountry(code) {
			wrong.Add("rules.countries", "%q is not a country code of two capitals (ISO 3166-1), like GB.", code)
		}
	}
}

// Delete removes a custom preset. Forbidden for system presets; NotFound.
func (s *Service) Delete(ctx context.Context, id ID) error {
	if strings.HasPrefix(string(id), systemID) {
		return errs.New(errs.Forbidden, "System presets come with their courier and can't be deleted.")
	}
	if _, ok := actor.From(ctx); !ok { // before anything is told of whether the preset exists
		return actor.AllowManager(ctx)
	}
	return s.Store.Write(ctx, func(r Repo) error {
		p, err := r.Preset(id)
		if err == nil {
			err = actor.Allow(ctx, string(p.AccountID), actor.Auths)
		}
		if errs.Is(err, errs.NotFound) {
			return errs.Wrap(err, errs.NotFound, "There is no such preset; it may have been deleted.")
		}
		if err != nil {
			return err
		}
		if err := r.DeletePreset(id); err != nil {
			return err
		}
		return s.record(ctx, r, "preset.delete", p, p, nil)
	})
}

// List gives an account's custom presets and the system presets of a courier (key "" for all). NotFound: the account or
// the courier.
func (s *Service) List(ctx context.Context, id account.ID, key courier.Key) (custom, system []Preset, err error) {
	if err := actor.Allow(ctx, string(id), actor.Auths); err != nil {
		return nil, nil, err
	}
	if system, err = s.system(key); err != nil {
		return nil, nil, err
	}
	err = s.Store.Read(ctx, func(r Repo) (err error) {
		if _, err = account.Living(r, id); err != nil {
			return err
		}
		custom, err = r.PresetsOf(id, key)
		return err
	})
	return custom, system, err
}

func (s *Service) record(ctx context.Context, r Repo, action string, p Preset, before, after any) error {
	subject := audit.Subject{Kind: "preset", ID: string(p.ID), Name: p.Name}
	return audit.Record(ctx, r, s.Clock.Now(), action, subject, string(p.AccountID), before, after)
}

// codeOf makes a code of a name: "Next day, small" becomes NEXT-DAY-SMALL.
func codeOf(name string) string {
	words := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return r == '-' || notInCode(r) })
	return strings.Join(words, "-")
}

func notInCode(r rune) bool {
	return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '.' && r != '-' && r != '_'
}

func known(fields []courier.Field, key string) bool {
	for _, f := range fields {
		if f.Key == key {
			return true
		}
	}
	return false
}

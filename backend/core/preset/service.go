package preset

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
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
	p, d, err := s.checked(in)
	if err != nil {
		return Preset{}, err
	}
	now := s.Clock.Now()
	p.ID, p.Version, p.CreatedMs, p.UpdatedMs = ID(ident.New(now)), 1, now.UnixMilli(), now.UnixMilli()
	err = s.Store.Write(ctx, func(r Repo) error {
		owner, err := account.Living(r, p.AccountID)
		if err != nil {
			return err
		}
		p.Account, p.APIUserID = owner.Name, owner.APIUserID
		if err := free(r, p, d); err != nil {
			return err
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

// Update changes a custom preset by ID and Version; its courier, owner and shares stay what they are. Errors as for
// Create; Conflict also where it was changed since Version was read; Forbidden for system presets.
func (s *Service) Update(ctx context.Context, in Preset) (Preset, error) {
	before, err := s.own(ctx, in.ID)
	if err != nil {
		return Preset{}, err
	}
	in.AccountID, in.Courier = before.AccountID, before.Courier
	p, d, err := s.checked(in)
	if err != nil {
		return Preset{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		before, err := load(r, in.ID)
		if err != nil {
			return err
		}
		if before.Version != in.Version {
			return errs.New(errs.Conflict, "The preset “%s” was changed meanwhile. Load it again and repeat your change.", before.Name)
		}
		after := before
		after.Name, after.Code, after.ServiceCode, after.Options, after.Rules = p.Name, p.Code, p.ServiceCode, p.Options, p.Rules
		after.UpdatedMs = s.Clock.Now().UnixMilli()
		if err := free(r, after, d); err != nil {
			return err
		}
		if err := r.UpdatePreset(after); err != nil {
			return err
		}
		after.Version++
		p = after
		return s.record(ctx, r, "preset.update", p, before, after)
	})
	if err != nil {
		return Preset{}, err
	}
	return p, nil
}

// Checked gives a preset as Create would keep it, without keeping it. Errors as for Create, but for what others have.
func (s *Service) Checked(in Preset) (Preset, error) {
	p, _, err := s.checked(in)
	return p, err
}

// checked checks what was entered, tells all that is wrong at once, and gives the preset as it is kept.
func (s *Service) checked(in Preset) (Preset, *courier.Descriptor, error) {
	adapter, err := s.Couriers.Find(in.Courier)
	if err != nil {
		return Preset{}, nil, err
	}
	d := adapter.Descriptor()
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
	rules := in.Rules.clean(&wrong)
	return Preset{
		AccountID: in.AccountID, Name: name, Code: code, Courier: d.Key, ServiceCode: service, Options: options, Rules: rules,
		Shares: []Share{},
	}, d, wrong.Err()
}

// Delete removes a custom preset and its shares. Forbidden for system presets; NotFound.
func (s *Service) Delete(ctx context.Context, id ID) error {
	if _, err := s.own(ctx, id); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		p, err := load(r, id)
		if err != nil {
			return err
		}
		if err := r.DeletePreset(id); err != nil {
			return err
		}
		return s.record(ctx, r, "preset.delete", p, p, nil)
	})
}

// List gives the custom presets an account may use, its own and then those that others share with it, and the system
// presets of a courier (key "" for all). NotFound: the account or the courier.
func (s *Service) List(ctx context.Context, id account.ID, key courier.Key) (custom, system []Preset, err error) {
	if err := actor.Allow(ctx, string(id), actor.Auths); err != nil {
		return nil, nil, err
	}
	if system, err = s.system(key); err != nil {
		return nil, nil, err
	}
	err = s.Store.Read(ctx, func(r Repo) error {
		if _, err := account.Living(r, id); err != nil {
			return err
		}
		if custom, err = r.PresetsFor(id, key); err != nil {
			return err
		}
		shares, err := r.PresetShares(id)
		for i := range custom {
			custom[i].Shares = append([]Share{}, shares[custom[i].ID]...)
		}
		return err
	})
	return custom, system, err
}

// own gives a custom preset that the actor may change. Forbidden for system presets; NotFound.
func (s *Service) own(ctx context.Context, id ID) (Preset, error) {
	if strings.HasPrefix(string(id), systemID) {
		return Preset{}, errs.New(errs.Forbidden, "System presets come with their courier and can't be changed. Copy it to a custom one.")
	}
	if _, ok := actor.From(ctx); !ok { // before anything is told of whether the preset exists
		return Preset{}, actor.AllowManager(ctx)
	}
	var p Preset
	err := s.Store.Read(ctx, func(r Repo) (err error) { p, err = load(r, id); return err })
	if err == nil {
		err = actor.Allow(ctx, string(p.AccountID), actor.Auths)
	}
	if errs.Is(err, errs.NotFound) {
		return Preset{}, errs.Wrap(err, errs.NotFound, "%s", noPreset)
	}
	return p, err
}

const noPreset = "There is no such preset; it may have been deleted."

// load gives a custom preset with its shares. NotFound.
func load(r Repo, id ID) (Preset, error) {
	p, err := r.Preset(id)
	if errs.Is(err, errs.NotFound) {
		return Preset{}, errs.Wrap(err, errs.NotFound, "%s", noPreset)
	}
	if err != nil {
		return Preset{}, err
	}
	shares, err := r.PresetShares(p.AccountID)
	p.Shares = append([]Share{}, shares[id]...)
	return p, err
}

// free refuses a code that another preset has which the owner, or one it shares this preset with, may use. Codes that
// differ in capitals only are the same to people.
func free(r Repo, p Preset, d *courier.Descriptor) error {
	owners := []Share{{AccountID: p.AccountID}}
	for _, who := range append(owners, p.Shares...) {
		others, err := r.PresetsFor(who.AccountID, "")
		if err != nil {
			return err
		}
		for _, o := range append(others, system(d)...) {
			if o.ID == p.ID || !strings.EqualFold(o.Code, p.Code) {
				continue
			}
			at := ""
			if who.Account != "" {
				at = " on the account “" + who.Account + "”, which shares this one"
			}
			return conflict("dc_service_id", "The code %s is taken by the preset “%s”%s. Choose another code.", p.Code, o.Name, at)
		}
	}
	return nil
}

func conflict(path, format string, args ...any) error {
	e := errs.New(errs.Conflict, format, args...)
	e.Fields = []errs.Field{{Path: path, Message: e.Message}}
	return e
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

package template

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// Get gives what holds for a group, "" for the site: its own template or, with Version 0, the one it follows. NotFound:
// there is no such group. Only at this machine, as everything here.
func (s *Service) Get(ctx context.Context, id account.GroupID) (Template, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Template{}, err
	}
	var out Template
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if _, err = name(r, id); err == nil {
			out, err = For(r, id)
		}
		return err
	})
	if out.GroupID != id {
		out.GroupID, out.Version, out.UpdatedMs = id, 0, 0
	}
	return out, err
}

// Finder finds the template that holds for a group.
type Finder interface {
	TemplateFor(account.GroupID) (Template, error)
}

// For gives the template that holds for a group within a transaction, Default where none is kept.
func For(r Finder, id account.GroupID) (Template, error) {
	out, err := r.TemplateFor(id)
	if errs.Is(err, errs.NotFound) {
		return Default(), nil
	}
	return out, err
}

// Groups lists the groups that have a template of their own.
func (s *Service) Groups(ctx context.Context) ([]account.GroupID, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var out []account.GroupID
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.TemplateGroups(); return err })
	return out, err
}

// Save keeps a template; Version is the one that was read. Invalid: every wrong field by its JSON path; NotFound: there is
// no such group; Conflict: it was changed since.
func (s *Service) Save(ctx context.Context, in Template) (Template, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Template{}, err
	}
	in, err := Checked(in)
	if err != nil {
		return Template{}, err
	}
	now := s.Clock.Now()
	in.UpdatedMs = now.UnixMilli()
	err = s.Store.Write(ctx, func(r Repo) error {
		of, err := name(r, in.GroupID)
		if err != nil {
			return err
		}
		before, err := For(r, in.GroupID)
		if err != nil {
			return err
		}
		if err := r.SaveTemplate(in); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "template.update", subject(in.GroupID, of), "", before.told(), in.told())
	})
	if err != nil {
		return Template{}, err
	}
	in.Version++
	return in, nil
}

// Reset makes a group follow the site again, or the site's papers look as at first; what the site's papers say of the
// business stays. It gives what holds then. Conflict: the template was changed since version was read, or none is kept.
func (s *Service) Reset(ctx context.Context, id account.GroupID, version int64) (Template, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Template{}, err
	}
	now := s.Clock.Now()
	err := s.Store.Write(ctx, func(r Repo) error {
		of, err := name(r, id)
		if err != nil {
			return err
		}
		before, err := r.Template(id)
		if errs.Is(err, errs.NotFound) {
			return errs.New(errs.Conflict, "There is nothing to set back: this has no template of its own.")
		}
		if err != nil {
			return err
		}
		kept := before
		before.Version = version
		if id != "" {
			err = r.DeleteTemplate(before)
		} else {
			first := Default()
			first.Business, first.Version, first.UpdatedMs = kept.Business, version, now.UnixMilli()
			err = r.SaveTemplate(first)
		}
		if err != nil {
			return err
		}
		after, err := For(r, id)
		if err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "template.reset", subject(id, of), "", kept.told(), after.told())
	})
	if err != nil {
		return Template{}, err
	}
	return s.Get(ctx, id)
}

// name gives the group's name, "" for the site. NotFound: there is no such group.
func name(r Repo, id account.GroupID) (string, error) {
	if id == "" {
		return "", nil
	}
	group, err := r.Group(id)
	return group.Name, err
}

func subject(id account.GroupID, name string) audit.Subject {
	if id == "" {
		name = "All accounts"
	}
	return audit.Subject{Kind: "template", ID: string(id), Name: name}
}

// told is what the audit says of a template: everything, the logo by its digest.
func (t Template) told() any {
	logo := ""
	if len(t.Business.Logo) > 0 {
		digest := sha256.Sum256(t.Business.Logo)
		logo = hex.EncodeToString(digest[:])
	}
	t.Business.Logo = nil
	return struct {
		Template
		LogoSHA256 string `json:"logo_sha256"`
	}{t, logo}
}

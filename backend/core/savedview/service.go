package savedview

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// List gives the views in the order of their tabs.
func (s *Service) List(ctx context.Context) ([]View, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var out []View
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Views(); return err })
	return out, err
}

// Create keeps a view, as the last tab. Invalid: name, query.…; Conflict: the name is taken, or there are Most already.
func (s *Service) Create(ctx context.Context, name string, q Query) (View, error) {
	now := s.Clock.Now()
	v := View{ID: ID(ident.New(now)), Name: name, Query: q}
	return s.add(ctx, "view.create", v, func(others []View) int64 {
		if len(others) == 0 {
			return 1
		}
		return others[len(others)-1].Place + 1
	})
}

// Restore puts a view back that was deleted, under its id and at its place. Errors as for Create; Conflict also where it
// is there.
func (s *Service) Restore(ctx context.Context, deleted View) (View, error) {
	if deleted.ID == "" {
		return View{}, errs.OnField("id", "Say which view is put back.")
	}
	return s.add(ctx, "view.restore", deleted, func([]View) int64 { return deleted.Place })
}

func (s *Service) add(ctx context.Context, action string, v View, place func(others []View) int64) (View, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return View{}, err
	}
	v, err := checked(v)
	if err != nil {
		return View{}, err
	}
	now := s.Clock.Now().UnixMilli()
	v.Version, v.CreatedMs, v.UpdatedMs = 1, now, now
	err = s.Store.Write(ctx, func(r Repo) error {
		others, err := r.Views()
		if err != nil {
			return err
		}
		if err := free(others, v); err != nil {
			return err
		}
		if len(others) >= Most {
			return errs.New(errs.Conflict, "There are %d saved views already, which is the most there may be. Delete one first.", Most)
		}
		v.Place = place(others)
		if err := r.CreateView(v); err != nil {
			return err
		}
		return s.record(ctx, r, action, v, nil, v)
	})
	if err != nil {
		return View{}, err
	}
	return v, nil
}

// Update changes name and query of a view by ID and Version; its place stays. Errors as for Create; NotFound; Conflict
// also where it was changed since Version was read.
func (s *Service) Update(ctx context.Context, in View) (View, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return View{}, err
	}
	in, err := checked(in)
	if err != nil {
		return View{}, err
	}
	var after View
	err = s.Store.Write(ctx, func(r Repo) error {
		before, err := load(r, in.ID)
		if err != nil {
			return err
		}
		if before.Version != in.Version {
			return errs.New(errs.Conflict, "The view “%s” was changed meanwhile. Look at it again and repeat your change.", before.Name)
		}
		others, err := r.Views()
		if err != nil {
			return err
		}
		if err := free(others, in); err != nil {
			return err
		}
		after = before
		after.Name, after.Query, after.UpdatedMs = in.Name, in.Query, s.Clock.Now().UnixMilli()
		if err := r.UpdateView(after); err != nil {
			return err
		}
		after.Version++
		return s.record(ctx, r, "view.update", after, before, after)
	})
	if err != nil {
		return View{}, err
	}
	return after, nil
}

// Arrange puts the views in this order; those that it does not name come behind, as they stood. NotFound.
func (s *Service) Arrange(ctx context.Context, ids []ID) ([]View, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var list []View
	err := s.Store.Write(ctx, func(r Repo) (err error) {
		if list, err = r.Views(); err != nil {
			return err
		}
		for _, id := range ids {
			if !slices.ContainsFunc(list, func(v View) bool { return v.ID == id }) {
				return errs.New(errs.NotFound, "%s", noView)
			}
		}
		before := names(list)
		rank := func(v View) int {
			if at := slices.Index(ids, v.ID); at >= 0 {
				return at
			}
			return len(ids)
		}
		slices.SortStableFunc(list, func(a, b View) int { return rank(a) - rank(b) })
		moved := false
		for i := range list {
			place := int64(i + 1)
			if list[i].Place == place {
				continue
			}
			moved = true
			list[i].Place, list[i].UpdatedMs = place, s.Clock.Now().UnixMilli()
			if err := r.UpdateView(list[i]); err != nil {
				return err
			}
			list[i].Version++
		}
		if !moved {
			return nil
		}
		return audit.Record(ctx, r, s.Clock.Now(), "view.arrange", audit.Subject{Kind: "view"}, "", before, names(list))
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Delete removes a view; what it listed stays. It gives the view as it was, for Restore. NotFound.
func (s *Service) Delete(ctx context.Context, id ID) (View, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return View{}, err
	}
	var v View
	err := s.Store.Write(ctx, func(r Repo) (err error) {
		if v, err = load(r, id); err != nil {
			return err
		}
		if err := r.DeleteView(id); err != nil {
			return err
		}
		return s.record(ctx, r, "view.delete", v, v, nil)
	})
	if err != nil {
		return View{}, err
	}
	return v, nil
}

const noView = "There is no such view; it may have been deleted."

func load(r Repo, id ID) (View, error) {
	v, err := r.View(id)
	if errs.Is(err, errs.NotFound) {
		return View{}, errs.Wrap(err, errs.NotFound, "%s", noView)
	}
	return v, err
}

// checked gives a view as it is kept, and tells all that is wrong at once.
func checked(v View) (View, error) {
	var wrong errs.Fields
	name, err := cleanName(v.Name)
	wrong.AddError("", err)
	v.Query.check(&wrong)
	v.Name = name
	return v, wrong.Err()
}

// free refuses a name that people would take for another view's.
func free(others []View, v View) error {
	for _, o := range others {
		if o.ID != v.ID && account.NameKey(o.Name) == account.NameKey(v.Name) {
			e := errs.New(errs.Conflict, "There is a view “%s” already. Choose another name.", o.Name)
			e.Fields = []errs.Field{{Path: "name", Message: e.Message}}
			return e
		}
	}
	return nil
}

func names(list []View) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.Name
	}
	return out
}

func (s *Service) record(ctx context.Context, r Repo, action string, v View, before, after any) error {
	subject := audit.Subject{Kind: "view", ID: string(v.ID), Name: v.Name}
	return audit.Record(ctx, r, s.Clock.Now(), action, subject, "", before, after)
}

package account

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// CreateGroup makes a group. Invalid: the name; Conflict: it is taken.
func (s *Service) CreateGroup(ctx context.Context, name string) (Group, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Group{}, err
	}
	name, err := CleanName("name", "A group's name", name)
	if err != nil {
		return Group{}, err
	}
	now := s.Clock.Now()
	g := Group{
		ID: GroupID(ident.New(now)), Name: name, NameKey: NameKey(name),
		Version: 1, CreatedMs: now.UnixMilli(), UpdatedMs: now.UnixMilli(),
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if err := r.CreateGroup(g); err != nil {
			return nameTaken(err, "an API group", name)
		}
		return s.record(ctx, r, "group.create", g.subject(), "", nil, g.told())
	})
	return g, err
}

// RenameGroup renames a group. Invalid: the name; Conflict: it is taken; NotFound.
func (s *Service) RenameGroup(ctx context.Context, id GroupID, name string) (Group, error) {
	var g Group
	if err := actor.AllowManager(ctx); err != nil {
		return g, err
	}
	name, err := CleanName("name", "A group's name", name)
	if err != nil {
		return g, err
	}
	err = s.Store.Write(ctx, func(r Repo) (err error) {
		if g, err = group(r, id); err != nil || g.Name == name {
			return err
		}
		before := g.told()
		g.Name, g.NameKey, g.UpdatedMs = name, NameKey(name), s.Clock.Now().UnixMilli()
		if err := r.UpdateGroup(g); err != nil {
			return nameTaken(err, "an API group", name)
		}
		g.Version++
		return s.record(ctx, r, "group.rename", g.subject(), "", before, g.told())
	})
	return g, err
}

// DeleteGroup deletes a group. Conflict while it holds accounts, unless moveTo names the group they go to. Invalid at
// move_to: that group is not there, or is the one being deleted.
func (s *Service) DeleteGroup(ctx context.Context, id GroupID, moveTo GroupID) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		g, err := group(r, id)
		if err != nil {
			return err
		}
		accounts, err := r.Accounts(Filter{GroupID: id})
		if err != nil {
			return err
		}
		if len(accounts) > 0 {
			if moveTo == "" {
				return errs.New(errs.Conflict, "The group %s still holds %s. Move them to another group, or delete them first.", quoted(g.Name), count(len(accounts), "API account"))
			}
			if err := s.moveAll(ctx, r, accounts, id, moveTo); err != nil {
				return err
			}
		}
		if err := r.DeleteGroup(id); err != nil {
			return err
		}
		return s.record(ctx, r, "group.delete", g.subject(), "", g.told(), nil)
	})
}

func (s *Service) moveAll(ctx context.Context, r Repo, accounts []Account, from, to GroupID) error {
	if to == from {
		return errs.OnField("move_to", "The accounts can't stay in the group that is deleted; choose another one.")
	}
	target, err := groupField(r, "move_to", to)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if _, err := s.move(ctx, r, a, target); err != nil {
			return err
		}
	}
	return nil
}

// Groups lists every group by name.
func (s *Service) Groups(ctx context.Context) ([]Group, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return nil, err
	}
	var list []Group
	err := s.Store.Read(ctx, func(r Repo) (err error) { list, err = r.Groups(); return err })
	return list, err
}

// GroupByName finds a group by its exact name. NotFound.
func (s *Service) GroupByName(ctx context.Context, name string) (Group, error) {
	var g Group
	if err := actor.AllowAccounts(ctx); err != nil {
		return g, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { g, err = r.GroupByName(exact(name)); return err })
	if errs.Is(err, errs.NotFound) {
		return g, errs.Wrap(err, errs.NotFound, "There is no API group %q.", name)
	}
	return g, err
}

func group(r Repo, id GroupID) (Group, error) {
	g, err := r.Group(id)
	if errs.Is(err, errs.NotFound) {
		return g, errs.Wrap(err, errs.NotFound, "There is no such API group; it may have been deleted.")
	}
	return g, err
}

// groupField finds a group that a field of a form names.
func groupField(r Repo, path string, id GroupID) (Group, error) {
	g, err := r.Group(id)
	if errs.Is(err, errs.NotFound) {
		return g, errs.OnField(path, "There is no such API group; it may have been deleted. Choose another one.")
	}
	return g, err
}

func (g Group) subject() audit.Subject {
	return audit.Subject{Kind: "group", ID: string(g.ID), Name: g.Name}
}

func (g Group) told() any { return map[string]any{"name": g.Name} }

package account

import (
	"context"
	"slices"

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
	var g Group
	err := s.Store.Write(ctx, func(r Repo) (err error) { g, err = s.newGroup(ctx, r, "name", name); return err })
	return g, err
}

// newGroup makes a group within a transaction; path is the field that its name stands in.
func (s *Service) newGroup(ctx context.Context, r Repo, path, name string) (Group, error) {
	name, err := CleanName(path, "A group's name", name)
	if err != nil {
		return Group{}, err
	}
	now := s.Clock.Now()
	g := Group{
		ID: GroupID(ident.New(now)), Name: name, NameKey: NameKey(name),
		Version: 1, CreatedMs: now.UnixMilli(), UpdatedMs: now.UnixMilli(),
	}
	if err := r.CreateGroup(g); err != nil {
		return Group{}, nameTaken(err, path, "an API group", name)
	}
	return g, s.record(ctx, r, "group.create", g.subject(), "", nil, g.told())
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
			return nameTaken(err, "name", "an API group", name)
		}
		g.Version++
		return s.record(ctx, r, "group.rename", g.subject(), "", before, g.told())
	})
	return g, err
}

// DeleteGroup deletes a group. Conflict while it holds accounts, unless moveTo names the group they go to. Invalid at
// move_to: that group is not there, or is the one being deleted.
func (s *Service) DeleteGroup(ctx context.Context, id GroupID, moveTo GroupID) error {
	if moveTo == "" {
		return s.deleteGroup(ctx, id, nil)
	}
	return s.deleteGroup(ctx, id, func(r Repo) (Group, error) {
		if moveTo == id {
			return Group{}, errs.OnField("move_to", "The accounts can't stay in the group that is deleted; choose another one.")
		}
		return groupField(r, "move_to", moveTo)
	})
}

// DeleteGroupInto deletes a group and makes another one for its accounts, or does neither. Invalid and Conflict at
// move_to: the new group's name.
func (s *Service) DeleteGroupInto(ctx context.Context, id GroupID, newGroup string) error {
	return s.deleteGroup(ctx, id, func(r Repo) (Group, error) { return s.newGroup(ctx, r, "move_to", newGroup) })
}

// deleteGroup deletes a group once its accounts have gone where target says; nil for nowhere.
func (s *Service) deleteGroup(ctx context.Context, id GroupID, target func(Repo) (Group, error)) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		g, err := group(r, id)
		if err != nil {
			return err
		}
		accounts, err := everyAccount(r, Filter{GroupID: id})
		if err != nil {
			return err
		}
		if len(accounts) > 0 {
			if target == nil {
				return errs.New(errs.Conflict, "The group %s still holds %s. Move them to another group, or delete them first.", quoted(g.Name), count(len(accounts), "API account"))
			}
			to, err := target(r)
			if err != nil {
				return err
			}
			for _, a := range accounts {
				if _, err := s.move(ctx, r, a, to); err != nil {
					return err
				}
			}
		}
		if err := r.DeleteGroup(id); err != nil {
			return err
		}
		return s.record(ctx, r, "group.delete", g.subject(), "", g.told(), nil)
	})
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

// GroupDays is how many shipments a group's accounts made in each span of an Activity.
type GroupDays struct {
	GroupID GroupID `json:"group_id"`
	Counts  []int64 `json:"counts"`
}

// maxDays bounds what Activity is asked for.
const maxDays = 31

// Activity counts, for every group by name, the shipments made between each two neighbours of moments (Unix ms, rising):
// three moments ask for two spans. The asker knows when its days begin. Invalid: moments.
func (s *Service) Activity(ctx context.Context, moments []int64) ([]GroupDays, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	if len(moments) < 2 || len(moments) > maxDays+1 || !slices.IsSorted(moments) {
		return nil, errs.OnField("moments", "Give 2 to %d moments, the earliest first.", maxDays+1)
	}
	var list []GroupDays
	err := s.Store.Read(ctx, func(r Repo) error {
		groups, err := r.Groups()
		if err != nil {
			return err
		}
		list = make([]GroupDays, len(groups))
		for i, g := range groups {
			list[i] = GroupDays{GroupID: g.ID, Counts: make([]int64, len(moments)-1)}
		}
		for day := range len(moments) - 1 {
			counts, err := r.GroupShipments(moments[day], moments[day+1])
			if err != nil {
				return err
			}
			for i := range list {
				list[i].Counts[day] = counts[list[i].GroupID]
			}
		}
		return nil
	})
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
		return g, errs.Wrap(err, errs.NotFound, "There is no API group %s.", quoted(name))
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

package cli

import (
	"context"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"packbench/backend/core/account"
)

type groupView struct {
	ID       account.GroupID `json:"id"`
	Name     string          `json:"name"`
	Accounts int             `json:"accounts"`
	LastUsed string          `json:"last_used_at"`
	Created  string          `json:"created_at"`
}

func viewGroup(g account.Group) groupView {
	return groupView{ID: g.ID, Name: g.Name, Accounts: g.Accounts, LastUsed: date(g.LastUsedMs), Created: date(g.CreatedMs)}
}

func (t *terminal) groupCommand() *cobra.Command {
	return parent("group", "API groups: a client, a brand, a department",
		t.groupCreate(), t.groupList(), t.groupRename(), t.groupDelete())
}

func (t *terminal) groupCreate() *cobra.Command {
	return &cobra.Command{
		Use: "create NAME", Short: "make a group", Args: oneArg("NAME"),
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			made, err := s.Accounts.CreateGroup(ctx, args[0])
			if err != nil {
				return err
			}
			return t.done(map[string]any{"group": viewGroup(made)}, "Group “%s” is made.", made.Name)
		}),
	}
}

func (t *terminal) groupList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "list the groups", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			groups, err := s.Accounts.Groups(ctx)
			if err != nil {
				return err
			}
			views, rows := []groupView{}, [][]string{}
			for _, g := range groups {
				views = append(views, viewGroup(g))
				rows = append(rows, []string{g.Name, strconv.Itoa(g.Accounts), when(g.LastUsedMs)})
			}
			return t.print(views, func(w io.Writer) {
				table(w, "No groups yet. Make one: packbench group create NAME", []string{"NAME", "ACCOUNTS", "LAST USED"}, rows)
			})
		}),
	}
}

func (t *terminal) groupRename() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "rename NAME --to NEW", Short: "rename a group", Args: oneArg("NAME"),
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			group, err := s.Accounts.GroupByName(ctx, args[0])
			if err != nil {
				return err
			}
			if group, err = s.Accounts.RenameGroup(ctx, group.ID, to); err != nil {
				return err
			}
			return t.done(map[string]any{"group": viewGroup(group)}, "Group “%s” is now “%s”.", args[0], group.Name)
		}),
	}
	cmd.Flags().StringVar(&to, "to", "", "the new `NAME`")
	return need(cmd, "to")
}

func (t *terminal) groupDelete() *cobra.Command {
	var moveTo string
	cmd := &cobra.Command{
		Use: "delete NAME [--move-to GROUP]", Short: "delete a group", Args: oneArg("NAME"),
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			group, err := s.Accounts.GroupByName(ctx, args[0])
			if err != nil {
				return err
			}
			var target account.Group
			if moveTo != "" {
				if target, err = s.Accounts.GroupByName(ctx, moveTo); err != nil {
					return err
				}
			}
			if err := s.Accounts.DeleteGroup(ctx, group.ID, target.ID); err != nil {
				return err
			}
			return t.done(map[string]any{"group": viewGroup(group), "deleted": true}, "Group “%s” is deleted.", group.Name)
		}),
	}
	cmd.Flags().StringVar(&moveTo, "move-to", "", "the `GROUP` its accounts go to")
	return cmd
}

package cli

import (
	"context"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"packbench/backend/base/postal"
	"packbench/backend/core/account"
)

type accountView struct {
	ID        account.ID `json:"id"`
	Name      string     `json:"name"`
	Group     string     `json:"group"`
	APIUserID int64      `json:"api_user_id"`
	Disabled  bool       `json:"disabled"`
	StrictIDs bool       `json:"strict_request_ids"`
	Tokens    int        `json:"tokens"`
	Auths     int        `json:"auths"`
	Shipments int64      `json:"shipments"`
	LastUsed  string     `json:"last_used_at"`
	Created   string     `json:"created_at"`
}

func viewAccount(a account.Account) accountView {
	return accountView{
		ID: a.ID, Name: a.Name, Group: a.GroupName, APIUserID: a.APIUserID, Disabled: a.Disabled, StrictIDs: a.StrictIDs,
		Tokens: a.Tokens, Auths: a.Auths, Shipments: a.Shipments, LastUsed: date(a.LastUsedMs), Created: date(a.CreatedMs),
	}
}

func (a accountView) status() string {
	if a.Disabled {
		return "disabled"
	}
	return "active"
}

func (t *terminal) accountCommand() *cobra.Command {
	return parent("account", "API accounts: the identities order systems act as",
		t.accountCreate(), t.accountList(),
		t.accountSwitch("disable", "refuse an account's key and tokens from now on", true),
		t.accountSwitch("enable", "admit a disabled account again", false),
		t.accountUpdate(), t.accountMove(), t.accountDelete())
}

// forAccount adds the flag that names the account.
func forAccount(cmd *cobra.Command, name *string, more ...string) *cobra.Command {
	cmd.Flags().StringVar(name, "account", "", "`NAME` of the API account")
	return need(cmd, append([]string{"account"}, more...)...)
}

func (t *terminal) accountCreate() *cobra.Command {
	var in account.CreateAccount
	var key, sender string
	cmd := &cobra.Command{
		Use: "create --group G --name N [--key -] [--sender FILE]", Short: "make an account, with its key", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) (err error) {
			if in.Key, err = t.secret("key", key); err != nil {
				return err
			}
			if in.DefaultSender, err = t.sender(sender); err != nil {
				return err
			}
			made, value, err := s.Accounts.Create(ctx, in)
			if err != nil {
				return err
			}
			return t.print(map[string]any{"account": viewAccount(made), "key": value.Expose()}, func(w io.Writer) {
				properties(w, "account", made.Name, "group", made.GroupName, "api_user_id", strconv.FormatInt(made.APIUserID, 10), "key", value.Expose())
			})
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&in.GroupName, "group", "", "`NAME` of the group it belongs to")
	flags.StringVar(&in.Name, "name", "", "`NAME` of the account, which order systems send as api-user")
	flags.StringVar(&key, "key", "", "`FILE` with a key to bring along, or - for standard input; without it one is made")
	flags.StringVar(&sender, "sender", "", "`FILE` with the default sender as a JSON address, or - for standard input")
	return need(cmd, "group", "name")
}

func (t *terminal) accountList() *cobra.Command {
	var group, search string
	cmd := &cobra.Command{
		Use: "list [--group G] [--search TEXT]", Short: "list the accounts", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			filter := account.Filter{Search: search}
			if group != "" {
				found, err := s.Accounts.GroupByName(ctx, group)
				if err != nil {
					return err
				}
				filter.GroupID = found.ID
			}
			list, err := s.Accounts.List(ctx, filter)
			if err != nil {
				return err
			}
			views, rows := []accountView{}, [][]string{}
			for _, a := range list {
				v := viewAccount(a)
				views = append(views, v)
				rows = append(rows, []string{
					v.Name, v.Group, v.status(), strconv.Itoa(v.Tokens), strconv.Itoa(v.Auths), strconv.FormatInt(v.Shipments, 10), when(a.LastUsedMs),
				})
			}
			return t.print(views, func(w io.Writer) {
				table(w, "No accounts here yet. Make one: packbench account create --group G --name N",
					[]string{"NAME", "GROUP", "STATUS", "TOKENS", "AUTHS", "SHIPMENTS", "LAST USED"}, rows)
			})
		}),
	}
	cmd.Flags().StringVar(&group, "group", "", "only those of this `GROUP`")
	cmd.Flags().StringVar(&search, "search", "", "only those with this `TEXT` in their name")
	return cmd
}

func (t *terminal) accountSwitch(verb, short string, disabled bool) *cobra.Command {
	var name string
	return forAccount(&cobra.Command{
		Use: verb + " --account N", Short: short, Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			if found, err = s.Accounts.SetDisabled(ctx, found.ID, disabled); err != nil {
				return err
			}
			return t.done(map[string]any{"account": viewAccount(found)}, "Account “%s” is %sd.", found.Name, verb)
		}),
	}, &name)
}

// sender reads an address from a file; the zero address for none.
func (t *terminal) sender(path string) (address postal.Address, err error) {
	if path != "" {
		err = t.object("sender", path, &address)
	}
	return address, err
}

func (t *terminal) accountUpdate() *cobra.Command {
	var name, to, sender string
	var strict bool
	cmd := &cobra.Command{
		Use: "update --account N [--to NEW] [--sender FILE] [--strict-request-ids]", Short: "rename an account, change its default sender or how it knows a repeated request", Args: noArgs,
	}
	cmd.RunE = t.on(func(ctx context.Context, s *Services, _ []string) error {
		address, err := t.sender(sender)
		if err != nil {
			return err
		}
		found, err := s.Accounts.ByName(ctx, name)
		if err != nil {
			return err
		}
		in := account.UpdateAccount{ID: found.ID, Version: found.Version}
		if cmd.Flags().Changed("to") {
			in.Name = &to
		}
		if sender != "" {
			in.DefaultSender = &address
		}
		if cmd.Flags().Changed("strict-request-ids") {
			in.StrictIDs = &strict
		}
		if found, err = s.Accounts.Update(ctx, in); err != nil {
			return err
		}
		return t.done(map[string]any{"account": viewAccount(found)}, "Account “%s” is changed.", found.Name)
	})
	flags := cmd.Flags()
	flags.StringVar(&to, "to", "", "the new `NAME`, which order systems send as api-user from then on")
	flags.StringVar(&sender, "sender", "", "`FILE` with the default sender as a JSON address, or - for standard input; {} for none")
	flags.BoolVar(&strict, "strict-request-ids", false, "whether request_id alone decides what a repeat is (=false takes it back)")
	return forAccount(cmd, &name)
}

func (t *terminal) accountMove() *cobra.Command {
	var name, group string
	cmd := &cobra.Command{
		Use: "move --account N --group G", Short: "put an account into another group", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			to, err := s.Accounts.GroupByName(ctx, group)
			if err != nil {
				return err
			}
			if found, err = s.Accounts.Move(ctx, found.ID, to.ID); err != nil {
				return err
			}
			return t.done(map[string]any{"account": viewAccount(found)}, "Account “%s” is in group “%s”.", found.Name, to.Name)
		}),
	}
	cmd.Flags().StringVar(&group, "group", "", "`NAME` of the group it goes to")
	return forAccount(cmd, &name, "group")
}

func (t *terminal) accountDelete() *cobra.Command {
	var name, confirm string
	cmd := &cobra.Command{
		Use: "delete --account N --confirm N", Short: "delete an account and its secrets for good; its shipments stay readable", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			if err := s.Accounts.Delete(ctx, found.ID, confirm); err != nil {
				return err
			}
			return t.done(map[string]any{"account": viewAccount(found), "deleted": true}, "Account “%s” is deleted; its shipments stay readable.", found.Name)
		}),
	}
	cmd.Flags().StringVar(&confirm, "confirm", "", "the account's `NAME` once more")
	return forAccount(cmd, &name, "confirm")
}

package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

type authView struct {
	ID           auth.ID           `json:"id"`
	Account      string            `json:"account"`
	Courier      courier.Key       `json:"courier"`
	Company      string            `json:"company"`
	Testing      bool              `json:"testing"`
	TrackingOnly bool              `json:"tracking_only"`
	Fields       map[string]string `json:"fields"` // secrets masked
	LastTest     string            `json:"last_test_at"`
	LastTestOK   bool              `json:"last_test_ok"`
	LastTestNote string            `json:"last_test_note"`

	version int64
}

func viewAuth(a auth.Auth, account string) authView {
	return authView{
		ID: a.ID, Account: account, Courier: a.Courier, Company: a.Company, Testing: a.Testing, TrackingOnly: a.TrackingOnly,
		Fields: a.Fields, LastTest: date(a.LastTestMs), LastTestOK: a.LastTestOK, LastTestNote: a.LastTestNote,
		version: a.Version,
	}
}

func (a authView) mode() string { return modeWord(a.Testing) }

func modeWord(testing bool) string {
	if testing {
		return "TEST"
	}
	return "LIVE"
}

func (t *terminal) authCommand() *cobra.Command {
	return parent("auth", "registered auths: a courier's credentials on an account",
		t.authAdd(), t.authList(), t.authUpdate(), t.authTest(), t.authReveal(), t.authDelete())
}

func (t *terminal) authAdd() *cobra.Command {
	var name, key, fields string
	var in auth.Save
	cmd := &cobra.Command{
		Use: "add --account N --courier KEY --company C [--testing] [--tracking-only] --fields -", Short: "register a courier's credentials", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			in.Fields = map[string]string{}
			if err := t.object("fields", fields, &in.Fields); err != nil {
				return err
			}
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			in.AccountID, in.Courier = found.ID, courier.Key(key)
			made, err := s.Auths.Register(ctx, in)
			if err != nil {
				return err
			}
			v := viewAuth(made, found.Name)
			return t.done(map[string]any{"auth": v}, "%s “%s” (%s) is registered on “%s”.", v.Courier, v.Company, v.mode(), v.Account)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&key, "courier", "", "the courier's `KEY` (packbench courier list)")
	flags.StringVar(&in.Company, "company", "", "`NAME` that tells several logins with one courier apart")
	flags.BoolVar(&in.Testing, "testing", false, "the courier's test system")
	flags.BoolVar(&in.TrackingOnly, "tracking-only", false, "never buy with it")
	flags.StringVar(&fields, "fields", "", "`FILE` with the courier's own fields as a JSON object, or - for standard input")
	return forAccount(cmd, &name, "courier", "company", "fields")
}

func (t *terminal) authList() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "list [--account N]", Short: "list the auths of an account, or of all, secrets masked", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			holders, err := holders(ctx, s, name)
			if err != nil {
				return err
			}
			views, rows := []authView{}, [][]string{}
			for _, holder := range holders {
				list, err := s.Auths.List(ctx, holder.ID)
				if err != nil {
					return err
				}
				for _, a := range list {
					v := viewAuth(a, holder.Name)
					views = append(views, v)
					rows = append(rows, []string{v.Account, string(v.Courier), v.Company, v.mode(), when(a.LastTestMs), v.LastTestNote})
				}
			}
			return t.print(views, func(w io.Writer) {
				table(w, "No auths yet. Register one: packbench auth add --account N --courier KEY --company C --fields -",
					[]string{"ACCOUNT", "COURIER", "COMPANY", "MODE", "TESTED", "RESULT"}, rows)
			})
		}),
	}
	cmd.Flags().StringVar(&name, "account", "", "only those of the account with this `NAME`")
	return cmd
}

// holders gives the account of a name, or all accounts for none.
func holders(ctx context.Context, s *Services, name string) ([]account.Account, error) {
	if name == "" {
		return s.Accounts.List(ctx, account.Filter{})
	}
	found, err := s.Accounts.ByName(ctx, name)
	return []account.Account{found}, err
}

// which names one auth of an account by what makes it unique.
type which struct {
	account, courier, company string
	testing                   bool
}

func (x *which) flags(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&x.courier, "courier", "", "the courier's `KEY`")
	cmd.Flags().StringVar(&x.company, "company", "", "the auth's company `NAME`")
	cmd.Flags().BoolVar(&x.testing, "testing", false, "the test auth of that name")
	return forAccount(cmd, &x.account, "courier", "company")
}

func (x *which) find(ctx context.Context, s *Services) (authView, error) {
	found, err := s.Accounts.ByName(ctx, x.account)
	if err != nil {
		return authView{}, err
	}
	a, err := s.Auths.Find(ctx, auth.Query{AccountID: found.ID, Courier: courier.Key(x.courier), Company: x.company, Testing: &x.testing})
	return viewAuth(a, found.Name), err
}

func (t *terminal) authUpdate() *cobra.Command {
	var x which
	var to, fields string
	var remove []string
	var trackingOnly bool
	cmd := &cobra.Command{
		Use: "update --account N --courier KEY --company C [--testing] [--to NEW] [--fields -] [--clear KEYS] [--tracking-only]", Short: "change an auth; what is not named stays", Args: noArgs,
	}
	cmd.RunE = t.on(func(ctx context.Context, s *Services, _ []string) error {
		values := map[string]string{}
		if fields != "" {
			if err := t.object("fields", fields, &values); err != nil {
				return err
			}
		}
		found, err := x.find(ctx, s)
		if err != nil {
			return err
		}
		if to == "" {
			to = found.Company
		}
		if !cmd.Flags().Changed("tracking-only") {
			trackingOnly = found.TrackingOnly
		}
		changed, err := s.Auths.Update(ctx, found.ID, found.version, auth.Save{
			Company: to, Testing: found.Testing, TrackingOnly: trackingOnly, Fields: values, Clear: remove,
		})
		if err != nil {
			return err
		}
		v := viewAuth(changed, found.Account)
		return t.done(map[string]any{"auth": v}, "%s “%s” (%s) is changed.", v.Courier, v.Company, v.mode())
	})
	flags := cmd.Flags()
	flags.StringVar(&to, "to", "", "the new company `NAME`")
	flags.StringVar(&fields, "fields", "", "`FILE` with the courier's own fields that change, as a JSON object, or - for standard input")
	flags.StringSliceVar(&remove, "clear", nil, "`KEYS` of secret fields to empty, separated by commas")
	flags.BoolVar(&trackingOnly, "tracking-only", false, "never buy with it (=false takes it back)")
	return x.flags(cmd)
}

func (t *terminal) authReveal() *cobra.Command {
	var x which
	var field string
	cmd := x.flags(&cobra.Command{
		Use: "reveal --account N --courier KEY --company C [--testing] --field KEY", Short: "show a secret field; the audit tells of it", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := x.find(ctx, s)
			if err != nil {
				return err
			}
			value, err := s.Auths.Reveal(ctx, found.ID, field)
			if err != nil {
				return err
			}
			return t.done(map[string]any{"value": value}, "%s", value)
		}),
	})
	cmd.Flags().StringVar(&field, "field", "", "`KEY` of the courier's own field (packbench courier show)")
	return need(cmd, "field")
}

func (t *terminal) authTest() *cobra.Command {
	var x which
	return x.flags(&cobra.Command{
		Use: "test --account N --courier KEY --company C [--testing]", Short: "prove an auth's credentials with a call that costs nothing", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := x.find(ctx, s)
			if err != nil {
				return err
			}
			verdict, err := s.Auths.Test(ctx, found.ID)
			if err != nil {
				return err
			}
			steps := []map[string]any{}
			for _, step := range verdict.Steps {
				steps = append(steps, map[string]any{"text": step.Text, "took_ms": step.Took.Milliseconds()})
			}
			view := map[string]any{"ok": true, "steps": steps, "warnings": append([]string{}, verdict.Warnings...)}
			return t.print(view, func(w io.Writer) {
				for _, step := range verdict.Steps {
					fmt.Fprintf(w, "ok  %s (%d ms)\n", step.Text, step.Took.Milliseconds())
				}
				for _, warning := range verdict.Warnings {
					fmt.Fprintf(w, "!   %s\n", warning)
				}
			})
		}),
	})
}

func (t *terminal) authDelete() *cobra.Command {
	var x which
	return x.flags(&cobra.Command{
		Use: "delete --account N --courier KEY --company C [--testing]", Short: "remove an auth and its secrets for good", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := x.find(ctx, s)
			if err != nil {
				return err
			}
			if err := s.Auths.Delete(ctx, found.ID); err != nil {
				return err
			}
			return t.done(map[string]any{"auth": found, "deleted": true}, "%s “%s” (%s) is deleted.", found.Courier, found.Company, found.mode())
		}),
	})
}

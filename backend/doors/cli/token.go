package cli

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

type tokenView struct {
	ID       account.TokenID `json:"id"`
	Name     string          `json:"name"`
	Hint     string          `json:"hint"`
	Scopes   []actor.Scope   `json:"scopes"`
	Testing  bool            `json:"testing"`
	Expires  string          `json:"expires_at"`
	Created  string          `json:"created_at"`
	LastUsed string          `json:"last_used_at"`
	LastFrom string          `json:"last_used_from"`
}

func viewToken(x account.Token) tokenView {
	return tokenView{
		ID: x.ID, Name: x.Name, Hint: x.Hint, Scopes: x.Scopes, Testing: x.Testing, Expires: date(x.ExpiresMs),
		Created: date(x.CreatedMs), LastUsed: date(x.LastUsedMs), LastFrom: x.LastUsedFrom,
	}
}

func (t *terminal) tokenCommand() *cobra.Command {
	return parent("token", "tokens: named secrets that authenticate API requests",
		t.tokenCreate(), t.tokenList(), t.tokenReveal(), t.tokenDelete())
}

func (t *terminal) tokenCreate() *cobra.Command {
	var name, label, expires, value string
	var scopes []string
	var testing bool
	cmd := &cobra.Command{
		Use: "create --account N --name T [--scopes a,b] [--expires DATE] [--testing] [--value -]", Short: "make a token, or bring one along", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			in := account.CreateToken{Name: label, Testing: testing}
			for _, scope := range scopes {
				in.Scopes = append(in.Scopes, actor.Scope(strings.TrimSpace(scope)))
			}
			var err error
			if in.ExpiresMs, err = expiry(expires); err != nil {
				return err
			}
			if in.Value, err = t.secret("value", value); err != nil {
				return err
			}
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			in.AccountID = found.ID
			made, text, err := s.Accounts.CreateToken(ctx, in)
			if err != nil {
				return err
			}
			return t.print(map[string]any{"token": viewToken(made), "value": text.Expose()}, func(w io.Writer) {
				properties(w, "token", made.Name, "account", found.Name, "scopes", joined(made.Scopes), "expires", when(made.ExpiresMs), "value", text.Expose())
			})
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&label, "name", "", "`NAME` of the token")
	flags.StringSliceVar(&scopes, "scopes", nil, "what it may do: `"+joined(actor.AllScopes())+"` (default "+joined(actor.DefaultScopes())+")")
	flags.StringVar(&expires, "expires", "", "`DATE` from which on it is refused: 2030-01-31 or RFC 3339")
	flags.BoolVar(&testing, "testing", false, "make a test token, which never buys live labels")
	flags.StringVar(&value, "value", "", "`FILE` with a value to bring along, or - for standard input; without it one is made")
	return forAccount(cmd, &name, "name")
}

// expiry reads a day (UTC) or a moment.
func expiry(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if moment, err := time.Parse(layout, text); err == nil {
			return moment.UnixMilli(), nil
		}
	}
	return 0, errs.OnField("expires", "“%s” is not a date such as 2030-01-31 or 2030-01-31T18:00:00Z.", text)
}

func joined[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, word := range list {
		words[i] = string(word)
	}
	return strings.Join(words, ",")
}

func (t *terminal) tokenList() *cobra.Command {
	var name string
	return forAccount(&cobra.Command{
		Use: "list --account N", Short: "list an account's tokens, new ones last", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			tokens, err := s.Accounts.Tokens(ctx, found.ID)
			if err != nil {
				return err
			}
			views, rows := []tokenView{}, [][]string{}
			for _, x := range tokens {
				v := viewToken(x)
				views = append(views, v)
				rows = append(rows, []string{v.Name, v.Hint, joined(v.Scopes), when(x.CreatedMs), when(x.LastUsedMs), when(x.ExpiresMs)})
			}
			return t.print(views, func(w io.Writer) {
				table(w, "No tokens yet. Make one: packbench token create --account N --name T",
					[]string{"NAME", "VALUE", "SCOPES", "CREATED", "LAST USED", "EXPIRES"}, rows)
			})
		}),
	}, &name)
}

// token finds a token by its name or id on an account.
func token(ctx context.Context, s *Services, accountName, name string) (account.Token, error) {
	found, err := s.Accounts.ByName(ctx, accountName)
	if err != nil {
		return account.Token{}, err
	}
	tokens, err := s.Accounts.Tokens(ctx, found.ID)
	if err != nil {
		return account.Token{}, err
	}
	for _, x := range tokens {
		if x.Name == name || string(x.ID) == name {
			return x, nil
		}
	}
	return account.Token{}, errs.New(errs.NotFound, "The account “%s” has no token “%s”. packbench token list --account names them.", accountName, name)
}

func (t *terminal) tokenReveal() *cobra.Command {
	var name, label string
	cmd := &cobra.Command{
		Use: "reveal --account N --token T", Short: "show a token's value; the audit tells of it", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := token(ctx, s, name, label)
			if err != nil {
				return err
			}
			value, err := s.Accounts.RevealToken(ctx, found.ID)
			if err != nil {
				return err
			}
			return t.done(map[string]any{"value": value.Expose()}, "%s", value.Expose())
		}),
	}
	cmd.Flags().StringVar(&label, "token", "", "`NAME` of the token")
	return forAccount(cmd, &name, "token")
}

func (t *terminal) tokenDelete() *cobra.Command {
	var name, label string
	cmd := &cobra.Command{
		Use: "delete --account N --token T", Short: "delete a token for good", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := token(ctx, s, name, label)
			if err != nil {
				return err
			}
			if err := s.Accounts.DeleteToken(ctx, found.ID); err != nil {
				return err
			}
			return t.done(map[string]any{"token": viewToken(found), "deleted": true}, "Token “%s” is deleted; it is refused from now on.", found.Name)
		}),
	}
	cmd.Flags().StringVar(&label, "token", "", "`NAME` of the token")
	return forAccount(cmd, &name, "token")
}

package cli

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"packbench/backend/base/secret"
	"packbench/backend/core/account"
)

type keyView struct {
	ID       account.KeyID `json:"id"`
	Hint     string        `json:"hint"`
	Created  string        `json:"created_at"`
	Ends     string        `json:"ends_at"` // "" for the current key
	LastUsed string        `json:"last_used_at"`
	LastFrom string        `json:"last_used_from"`
}

func viewKey(k account.Key) keyView {
	return keyView{
		ID: k.ID, Hint: k.Hint, Created: date(k.CreatedMs), Ends: date(k.EndsMs), LastUsed: date(k.LastUsedMs), LastFrom: k.LastUsedFrom,
	}
}

func (t *terminal) keyCommand() *cobra.Command {
	return parent("key", "the account key, for tools of the business itself",
		t.keyList(), t.keyRegenerate(), t.keyEnd(), t.keyReset(), t.keyReveal())
}

// newKey prints a key that has just been made.
func (t *terminal) newKey(k account.Key, value secret.Value, oldEndsMs int64) error {
	view := map[string]any{
		"key": viewKey(k), "value": value.Expose(), "old_key_ends_at": date(oldEndsMs),
	}
	return t.print(view, func(w io.Writer) { properties(w, "key", value.Expose(), "old key works until", when(oldEndsMs)) })
}

func (t *terminal) keyList() *cobra.Command {
	var name string
	return forAccount(&cobra.Command{
		Use: "list --account N", Short: "list the current key and, while it still works, the old one", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			keys, err := s.Accounts.Keys(ctx, found.ID)
			if err != nil {
				return err
			}
			views, rows := []keyView{}, [][]string{}
			for _, k := range keys {
				views = append(views, viewKey(k))
				rows = append(rows, []string{k.Hint, when(k.CreatedMs), when(k.LastUsedMs), k.LastUsedFrom, when(k.EndsMs)})
			}
			return t.print(views, func(w io.Writer) {
				table(w, "No key.", []string{"VALUE", "CREATED", "LAST USED", "FROM", "ENDS"}, rows)
			})
		}),
	}, &name)
}

func (t *terminal) keyEnd() *cobra.Command {
	var name string
	return forAccount(&cobra.Command{
		Use: "end --account N", Short: "end the old key now, before its grace time is over", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			if err := s.Accounts.EndOldKey(ctx, found.ID); err != nil {
				return err
			}
			return t.done(map[string]any{"account": viewAccount(found), "ended": true}, "The old key of “%s” is refused from now on.", found.Name)
		}),
	}, &name)
}

func (t *terminal) keyRegenerate() *cobra.Command {
	var name string
	var grace time.Duration
	cmd := &cobra.Command{
		Use: "regenerate --account N [--grace 24h]", Short: "make a new key; the old one works for the grace time", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			made, value, err := s.Accounts.RegenerateKey(ctx, found.ID, grace)
			if err != nil {
				return err
			}
			keys, err := s.Accounts.Keys(ctx, found.ID)
			if err != nil {
				return err
			}
			var oldEndsMs int64
			for _, k := range keys {
				if k.ID != made.ID {
					oldEndsMs = k.EndsMs
				}
			}
			return t.newKey(made, value, oldEndsMs)
		}),
	}
	cmd.Flags().DurationVar(&grace, "grace", account.DefaultGrace, "how long the old key works: `TIME` 1h, 24h, 72h or 168h")
	return forAccount(cmd, &name)
}

func (t *terminal) keyReset() *cobra.Command {
	var name, confirm string
	cmd := &cobra.Command{
		Use: "reset --account N --confirm N", Short: "replace the key at once; every user of the old one is refused", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			made, value, err := s.Accounts.ResetKey(ctx, found.ID, confirm)
			if err != nil {
				return err
			}
			return t.newKey(made, value, 0)
		}),
	}
	cmd.Flags().StringVar(&confirm, "confirm", "", "the account's `NAME` once more")
	return forAccount(cmd, &name, "confirm")
}

func (t *terminal) keyReveal() *cobra.Command {
	var name string
	return forAccount(&cobra.Command{
		Use: "reveal --account N", Short: "show the current key; the audit tells of it", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			value, err := s.Accounts.RevealKey(ctx, found.ID)
			if err != nil {
				return err
			}
			return t.done(map[string]any{"value": value.Expose()}, "%s", value.Expose())
		}),
	}, &name)
}

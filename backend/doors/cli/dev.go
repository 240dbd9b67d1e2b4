package cli

import (
	"context"

	"github.com/spf13/cobra"
)

func (t *terminal) devCommand() *cobra.Command {
	return parent("dev", "for trials and benchmarks", t.devSeed())
}

func (t *terminal) devSeed() *cobra.Command {
	var name string
	var count, groups, accounts int
	cmd := &cobra.Command{
		Use: "seed (--shipments N --account NAME | --groups N --accounts N)", Short: "make realistic shipments, or clients, for trials and benchmarks",
	}
	flags := cmd.Flags()
	flags.IntVar(&count, "shipments", 0, "how many shipments: `N`")
	flags.StringVar(&name, "account", "", "`NAME` of the API account they are made on")
	flags.IntVar(&groups, "groups", 0, "how many groups: `N`")
	flags.IntVar(&accounts, "accounts", 0, "how many accounts in them, each with a key, a token and an auth: `N`")
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		said := [4]bool{flags.Changed("shipments"), flags.Changed("account"), flags.Changed("groups"), flags.Changed("accounts")}
		if said != [4]bool{true, true, false, false} && said != [4]bool{false, false, true, true} {
			return usage(cmd, "Say --shipments and --account, or --groups and --accounts.")
		}
		return noArgs(cmd, args)
	}
	cmd.RunE = t.on(func(ctx context.Context, s *Services, _ []string) error {
		if flags.Changed("groups") {
			if err := s.Seed.Clients(ctx, groups, accounts); err != nil {
				return err
			}
			return t.done(map[string]any{"groups": groups, "accounts": accounts}, "%d groups with %d accounts are made.", groups, accounts)
		}
		found, err := s.Accounts.ByName(ctx, name)
		if err != nil {
			return err
		}
		if err := s.Seed.Shipments(ctx, found, count); err != nil {
			return err
		}
		return t.done(map[string]any{"shipments": count, "account": found.Name}, "%d shipments are made on “%s”.", count, found.Name)
	})
	return cmd
}

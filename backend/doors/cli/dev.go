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
	var count int
	cmd := &cobra.Command{
		Use: "seed --shipments N --account NAME", Short: "make realistic shipments for trials and benchmarks", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			if err := s.Seed.Shipments(ctx, found, count); err != nil {
				return err
			}
			return t.done(map[string]any{"shipments": count, "account": found.Name}, "%d shipments are made on “%s”.", count, found.Name)
		}),
	}
	cmd.Flags().IntVar(&count, "shipments", 0, "how many: `N`")
	return forAccount(cmd, &name, "shipments")
}

package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

func (t *terminal) presetCommand() *cobra.Command {
	return parent("preset", "presets: named bundles of courier service and options",
		t.presetList(), t.presetCreate(), t.presetDelete())
}

func (t *terminal) presetList() *cobra.Command {
	var name, key string
	cmd := &cobra.Command{
		Use: "list --account N [--courier KEY]", Short: "list an account's presets and the couriers' own", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			custom, system, err := s.Presets.List(ctx, found.ID, courier.Key(key))
			if err != nil {
				return err
			}
			list, rows := append(append([]preset.Preset{}, custom...), system...), [][]string{}
			for _, p := range list {
				kind := "custom"
				if p.System {
					kind = "system"
				}
				rows = append(rows, []string{p.Code, p.Name, string(p.Courier), p.ServiceCode, kind})
			}
			return t.print(list, func(w io.Writer) {
				table(w, "No presets.", []string{"DC_SERVICE_ID", "NAME", "COURIER", "SERVICE", "KIND"}, rows)
			})
		}),
	}
	cmd.Flags().StringVar(&key, "courier", "", "only those of the courier with this `KEY`")
	return forAccount(cmd, &name)
}

func (t *terminal) presetCreate() *cobra.Command {
	var name, key, options string
	var in preset.Preset
	cmd := &cobra.Command{
		Use:   "create --account N --courier KEY --service S --name NAME --code DC_SERVICE_ID [--options -]",
		Short: "make a preset", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			if options != "" {
				if err := t.object("options", options, &in.Options); err != nil {
					return err
				}
			}
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			in.AccountID, in.Courier = found.ID, courier.Key(key)
			made, err := s.Presets.Create(ctx, in)
			if err != nil {
				return err
			}
			return t.done(map[string]any{"preset": made}, "Preset %s is made.", made.Code)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&key, "courier", "", "the courier's `KEY`")
	flags.StringVar(&in.ServiceCode, "service", "", "the courier's service `CODE` (packbench courier show KEY)")
	flags.StringVar(&in.Name, "name", "", "`NAME` of the preset")
	flags.StringVar(&in.Code, "code", "", "the `CODE` order systems send as dc_service_id")
	flags.StringVar(&options, "options", "", "`FILE` with the courier's options as a JSON object, or - for standard input")
	return forAccount(cmd, &name, "courier", "service", "name", "code")
}

func (t *terminal) presetDelete() *cobra.Command {
	var name, code string
	cmd := &cobra.Command{
		Use: "delete --account N --code DC_SERVICE_ID", Short: "delete a custom preset", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			custom, system, err := s.Presets.List(ctx, found.ID, "")
			if err != nil {
				return err
			}
			for _, p := range append(custom, system...) {
				if p.Code != code {
					continue
				}
				if err := s.Presets.Delete(ctx, p.ID); err != nil {
					return err
				}
				return t.done(map[string]any{"preset": p, "deleted": true}, "Preset %s is deleted.", p.Code)
			}
			return errs.New(errs.NotFound, "The account “%s” has no preset “%s”. packbench preset list --account names them.", found.Name, code)
		}),
	}
	cmd.Flags().StringVar(&code, "code", "", "the preset's dc_service_id `CODE`")
	return forAccount(cmd, &name, "code")
}

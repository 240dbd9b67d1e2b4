package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
	"packbench/backend/core/shipment"
)

func (t *terminal) presetCommand() *cobra.Command {
	return parent("preset", "presets: named bundles of courier service, options and restrictions",
		t.presetList(), t.presetCreate(), t.presetDelete(), t.presetTry(), t.presetShare(), t.presetUnshare())
}

func (t *terminal) presetList() *cobra.Command {
	var name, key string
	cmd := &cobra.Command{
		Use: "list --account N [--courier KEY]", Short: "list the presets an account may use, and the couriers' own", Args: noArgs,
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
				rows = append(rows, []string{p.Code, p.Name, string(p.Courier), p.ServiceCode, kindOf(p, found.ID), strings.Join(p.Rules.Words(), "; ")})
			}
			return t.print(list, func(w io.Writer) {
				table(w, "No presets.", []string{"DC_SERVICE_ID", "NAME", "COURIER", "SERVICE", "KIND", "ONLY WHEN"}, rows)
			})
		}),
	}
	cmd.Flags().StringVar(&key, "courier", "", "only those of the courier with this `KEY`")
	return forAccount(cmd, &name)
}

// kindOf says whose a preset is, as the account sees it.
func kindOf(p preset.Preset, viewer account.ID) string {
	switch {
	case p.System:
		return "system"
	case p.AccountID != viewer:
		return "shared by " + p.Account
	case len(p.Shares) > 0:
		return "custom, shared with " + sharers(p)
	}
	return "custom"
}

func sharers(p preset.Preset) string {
	names := make([]string, len(p.Shares))
	for i, share := range p.Shares {
		names[i] = share.Account
	}
	return strings.Join(names, ", ")
}

func (t *terminal) presetCreate() *cobra.Command {
	var name, key, options, rules string
	var in preset.Preset
	cmd := &cobra.Command{
		Use:   "create --account N --courier KEY --service S --name NAME --code DC_SERVICE_ID [--options FILE] [--rules FILE]",
		Short: "make a preset", Args: noArgs,
		Long: "Makes a preset. --options is a JSON object of what GET courier-specifics lists; --rules one of the restrictions that\n" +
			"preset list --json shows: {\"weight_max_g\":2000,\"value_max\":{\"minor\":25000,\"currency\":\"GBP\"},\"countries\":[\"GB\"]}.",
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			if options != "" {
				if err := t.object("options", options, &in.Options); err != nil {
					return err
				}
			}
			if rules != "" {
				if err := t.object("rules", rules, &in.Rules); err != nil {
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
	flags.StringVar(&rules, "rules", "", "`FILE` with the restrictions as a JSON object, or - for standard input")
	return forAccount(cmd, &name, "courier", "service", "name", "code")
}

func (t *terminal) presetDelete() *cobra.Command {
	return t.onPreset("delete --account N --code DC_SERVICE_ID", "delete a custom preset",
		func(ctx context.Context, s *Services, p preset.Preset) error {
			if err := s.Presets.Delete(ctx, p.ID); err != nil {
				return err
			}
			return t.done(map[string]any{"preset": p, "deleted": true}, "Preset %s is deleted.", p.Code)
		})
}

func (t *terminal) presetTry() *cobra.Command {
	var number string
	cmd := t.onPreset("try --account N --code DC_SERVICE_ID --shipment NUMBER", "hold a shipment to a preset's restrictions; nothing is bought",
		func(ctx context.Context, s *Services, p preset.Preset) error {
			h, err := handle(number)
			if err != nil {
				return err
			}
			trial, err := s.Shipments.Try(ctx, p, shipment.Sample{Number: h.Number})
			if err != nil {
				return err
			}
			rows := [][]string{}
			for _, f := range trial.Findings {
				rows = append(rows, []string{fitWord(f.Fits), f.Sentence(p.Code)})
			}
			for _, sentence := range trial.Courier {
				rows = append(rows, []string{fitWord(false), sentence})
			}
			return t.print(trial, func(w io.Writer) {
				table(w, "It has no restrictions: every order fits.", []string{fitWord(trial.Fits), ""}, rows)
			})
		})
	cmd.Flags().StringVar(&number, "shipment", "", "the `NUMBER` of an existing shipment")
	return need(cmd, "shipment")
}

func fitWord(fits bool) string {
	if fits {
		return "fits"
	}
	return "DOES NOT FIT"
}

func (t *terminal) presetShare() *cobra.Command {
	return t.sharing("share", "let another account use a preset", func(now []account.ID, other account.ID) []account.ID {
		if slices.Contains(now, other) {
			return now
		}
		return append(now, other)
	})
}

func (t *terminal) presetUnshare() *cobra.Command {
	return t.sharing("unshare", "take a shared preset back from an account", func(now []account.ID, other account.ID) []account.ID {
		return slices.DeleteFunc(now, func(id account.ID) bool { return id == other })
	})
}

func (t *terminal) sharing(verb, short string, change func(now []account.ID, other account.ID) []account.ID) *cobra.Command {
	var with string
	cmd := t.onPreset(verb+" --account N --code DC_SERVICE_ID --with OTHER", short, func(ctx context.Context, s *Services, p preset.Preset) error {
		other, err := s.Accounts.ByName(ctx, with)
		if err != nil {
			return err
		}
		now := make([]account.ID, len(p.Shares))
		for i, share := range p.Shares {
			now[i] = share.AccountID
		}
		after, err := s.Presets.Share(ctx, p.ID, change(now, other.ID))
		if err != nil {
			return err
		}
		if len(after.Shares) == 0 {
			return t.done(map[string]any{"preset": after}, "Preset %s is shared with nobody.", after.Code)
		}
		return t.done(map[string]any{"preset": after}, "Preset %s is shared with %s.", after.Code, sharers(after))
	})
	cmd.Flags().StringVar(&with, "with", "", "`NAME` of the other account")
	return need(cmd, "with")
}

// onPreset is a command on one of an account's presets, named by its code.
func (t *terminal) onPreset(use, short string, run func(context.Context, *Services, preset.Preset) error) *cobra.Command {
	var name, code string
	cmd := &cobra.Command{
		Use: use, Short: short, Args: noArgs,
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
				if !p.System && p.AccountID != found.ID {
					return errs.New(errs.Forbidden, "The preset %s belongs to “%s”, which shares it. Name that account.", code, p.Account)
				}
				return run(ctx, s, p)
			}
			return errs.New(errs.NotFound, "The account “%s” has no preset “%s”. packbench preset list --account names them.", found.Name, code)
		}),
	}
	cmd.Flags().StringVar(&code, "code", "", "the preset's dc_service_id `CODE`")
	return forAccount(cmd, &name, "code")
}

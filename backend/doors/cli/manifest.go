package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/manifest"
)

func (t *terminal) manifestCommand() *cobra.Command {
	return parent("manifest", "end of day: hand over to couriers what was booked",
		t.manifestOpen(), t.manifestClose(), t.manifestList(), t.manifestShow(), t.manifestPaper(), t.manifestAgain(), t.manifestSettle())
}

func (t *terminal) manifestOpen() *cobra.Command {
	return &cobra.Command{
		Use: "open", Short: "list what is open, for each registered auth that has any", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			list, err := s.Manifests.Left(ctx)
			if err != nil {
				return err
			}
			rows := [][]string{}
			for _, l := range list {
				rows = append(rows, []string{
					l.AccountName, string(l.Courier), l.Company, modeWord(l.Testing), strconv.Itoa(l.Shipments), strconv.Itoa(l.Parcels), l.Weight.String(),
					blocked(l),
				})
			}
			return t.print(list, func(w io.Writer) {
				table(w, "Nothing is open: every booked shipment of the last 14 days is in a manifest.",
					[]string{"ACCOUNT", "COURIER", "COMPANY", "MODE", "SHIPMENTS", "PARCELS", "WEIGHT", "BLOCKED BY"}, rows)
			})
		}),
	}
}

// blocked says what has to be settled before a day can be closed.
func blocked(l manifest.Left) string {
	var why []string
	if n := len(l.Unknown); n > 0 {
		why = append(why, fmt.Sprintf("%d unknown purchases: packbench shipment unknown list", n))
	}
	if l.Pending != nil {
		why = append(why, fmt.Sprintf("manifest %d (%s)", l.Pending.Number, l.Pending.State))
	}
	return strings.Join(why, ", ")
}

func (t *terminal) manifestClose() *cobra.Command {
	var name, key, company string
	var testing bool
	var only []int64
	cmd := &cobra.Command{
		Use: "close --account N --courier KEY [--company C] [--testing] [--shipment NUMBER,…]", Short: "close the day for a registered auth", Args: noArgs,
		Long: "Closes the day for a registered auth: takes every shipment that is booked with it, not cancelled and in no\nmanifest, tells the courier where it wants to be told, and keeps a paper to sign.",
	}
	cmd.RunE = t.on(func(ctx context.Context, s *Services, _ []string) error {
		found, err := s.Accounts.ByName(ctx, name)
		if err != nil {
			return err
		}
		q := auth.Query{AccountID: found.ID, Courier: courier.Key(key), Company: company}
		if cmd.Flags().Changed("testing") {
			q.Testing = &testing
		}
		a, err := s.Auths.Find(ctx, q)
		if err != nil {
			return err
		}
		m, err := s.Manifests.Close(ctx, a.ID, only)
		if err != nil {
			return err
		}
		return t.closed(m)
	})
	flags := cmd.Flags()
	flags.StringVar(&key, "courier", "", "the courier's `KEY`")
	flags.StringVar(&company, "company", "", "the auth's `COMPANY`, where there are several")
	flags.BoolVar(&testing, "testing", false, "the test auth, where there is a live one too")
	flags.Int64SliceVar(&only, "shipment", nil, "only the shipments with these `NUMBERS`")
	return forAccount(cmd, &name, "courier")
}

func (t *terminal) closed(m manifest.Manifest) error {
	return t.print(m, func(w io.Writer) {
		properties(w, "manifest", strconv.FormatInt(m.Number, 10)+", "+string(m.State), "courier", string(m.Courier)+" “"+m.Company+"”, "+modeWord(m.Testing),
			"account", m.AccountName, "courier's number", m.CourierRef, "shipments", strconv.Itoa(m.Shipments),
			"parcels", fmt.Sprintf("%d, %s", m.Parcels, m.Weight), "begun", when(m.BegunMs)+" by "+m.By, "told", m.Told)
		if m.State == manifest.Closed {
			properties(w, "paper", fmt.Sprintf("packbench manifest paper %d --out FILE", m.Number))
		}
	})
}

func (t *terminal) manifestList() *cobra.Command {
	var limit int
	var cursor string
	cmd := &cobra.Command{
		Use: "list [--limit N] [--cursor C]", Short: "list manifests, newest first", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			got, err := s.Manifests.List(ctx, manifest.Filter{}, page.Request{Limit: limit, Cursor: cursor})
			if err != nil {
				return err
			}
			rows := [][]string{}
			for _, m := range got.Items {
				rows = append(rows, []string{
					strconv.FormatInt(m.Number, 10), when(m.BegunMs), m.AccountName, string(m.Courier), m.Company, modeWord(m.Testing),
					strconv.Itoa(m.Shipments), string(m.State), m.CourierRef, m.By,
				})
			}
			err = t.print(append([]manifest.Manifest{}, got.Items...), func(w io.Writer) {
				table(w, "No day was closed yet. See what is open: packbench manifest open",
					[]string{"NUMBER", "BEGUN", "ACCOUNT", "COURIER", "COMPANY", "MODE", "SHIPMENTS", "STATE", "COURIER'S NUMBER", "BY"}, rows)
			})
			if err == nil && got.Next != "" {
				t.note("There are more: --cursor " + got.Next)
			}
			return err
		}),
	}
	cmd.Flags().IntVar(&limit, "limit", page.DefaultLimit, "at most this `NUMBER` of rows, up to 500")
	cmd.Flags().StringVar(&cursor, "cursor", "", "where the page before ended")
	return cmd
}

// onManifest runs a job on the manifest whose number is the argument.
func (t *terminal) onManifest(do func(ctx context.Context, s *Services, m manifest.Manifest) error) func(*cobra.Command, []string) error {
	return t.on(func(ctx context.Context, s *Services, args []string) error {
		n, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil || n <= 0 {
			return errs.OnField("NUMBER", "“%s” is not the number of a manifest such as 12; packbench manifest list shows them.", args[0])
		}
		m, err := s.Manifests.Numbered(ctx, n)
		if err != nil {
			return err
		}
		return do(ctx, s, m)
	})
}

func (t *terminal) manifestShow() *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER", Short: "show a manifest", Args: oneArg("NUMBER"),
		RunE: t.onManifest(func(_ context.Context, _ *Services, m manifest.Manifest) error { return t.closed(m) }),
	}
}

func (t *terminal) manifestPaper() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "paper NUMBER --out FILE", Short: "write a closed manifest's paper, as it is kept", Args: oneArg("NUMBER"),
		RunE: t.onManifest(func(ctx context.Context, s *Services, m manifest.Manifest) error {
			_, f, err := s.Manifests.Paper(ctx, m.ID)
			if err != nil {
				return err
			}
			return t.write(f, out)
		}),
	}
	return intoFile(cmd, &out)
}

func (t *terminal) manifestAgain() *cobra.Command {
	return &cobra.Command{
		Use: "again NUMBER", Short: "ask the courier again for a manifest that is not known to be closed", Args: oneArg("NUMBER"),
		RunE: t.onManifest(func(ctx context.Context, s *Services, m manifest.Manifest) error {
			m, err := s.Manifests.Again(ctx, m.ID)
			if err != nil {
				return err
			}
			return t.closed(m)
		}),
	}
}

func (t *terminal) manifestSettle() *cobra.Command {
	var closed, open bool
	var ref string
	cmd := &cobra.Command{
		Use: "settle NUMBER --closed [--courier-number TEXT] | --open", Short: "say what became of a manifest that is not known to be closed", Args: oneArg("NUMBER"),
	}
	cmd.RunE = t.onManifest(func(ctx context.Context, s *Services, m manifest.Manifest) error {
		if closed == open {
			return usage(cmd, "Say one of the two: --closed or --open.")
		}
		var err error
		if closed {
			m, err = s.Manifests.SettleClosed(ctx, m.ID, ref)
		} else {
			m, err = s.Manifests.SettleOpen(ctx, m.ID)
		}
		if err != nil {
			return err
		}
		return t.closed(m)
	})
	cmd.Flags().BoolVar(&closed, "closed", false, "the courier's page shows that it is closed")
	cmd.Flags().BoolVar(&open, "open", false, "the courier's page shows that it is not: its shipments are open again")
	cmd.Flags().StringVar(&ref, "courier-number", "", "the `TEXT` that the courier calls it by")
	return cmd
}

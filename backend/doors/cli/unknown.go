package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"packbench/backend/core/shipment"
)

func (t *terminal) unknownCommand() *cobra.Command {
	return parent("unknown", "purchases whose outcome is not known: list them, ask the courier, settle them",
		t.unknownList(), t.unknownAsk(), t.unknownBought(), t.unknownNotBought())
}

func (t *terminal) unknownList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "list purchases whose outcome is not known, the oldest first", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			list, err := s.Shipments.Unknown(ctx)
			if err != nil {
				return err
			}
			rows := [][]string{}
			for _, q := range list {
				r := q.Shipment
				rows = append(rows, []string{
					strconv.FormatInt(r.Number, 10), when(r.CreatedMs), r.AccountName, s.Shipments.Carried(r.Courier), r.Reference, r.Recipient, string(r.ID), q.Failure,
				})
			}
			return t.print(list, func(w io.Writer) {
				table(w, "There is no purchase whose outcome is not known.",
					[]string{"NUMBER", "SENT", "ACCOUNT", "COURIER", "REFERENCE", "RECIPIENT", "SENT AS", "WHY"}, rows)
			})
		}),
	}
}

func (t *terminal) unknownAsk() *cobra.Command {
	return &cobra.Command{
		Use: "ask NUMBER", Short: "ask the courier what became of a purchase; nothing is bought again", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, told, err := s.Shipments.LookUp(ctx, h)
			if err != nil {
				return err
			}
			value := struct {
				Shipment shipment.Row `json:"shipment"`
				Told     string       `json:"told"`
			}{sh.Row, told}
			return t.print(value, func(w io.Writer) {
				if told != "" {
					fmt.Fprintf(w, "It is still unknown: %s\n", told)
					return
				}
				settledAs(w, sh)
			})
		}),
	}
}

func (t *terminal) unknownBought() *cobra.Command {
	var codes []string
	cmd := &cobra.Command{
		Use: "bought NUMBER --tracking CODE[,CODE]", Short: "it was bought: settle it with its tracking numbers", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, err := s.Shipments.SettleBought(ctx, h, codes)
			if err != nil {
				return err
			}
			return t.print(sh.Row, func(w io.Writer) { settledAs(w, sh) })
		}),
	}
	cmd.Flags().StringSliceVar(&codes, "tracking", nil, "the tracking `CODE` the courier shows, one for each parcel")
	return need(cmd, "tracking")
}

func (t *terminal) unknownNotBought() *cobra.Command {
	return &cobra.Command{
		Use: "not-bought NUMBER", Short: "it was not bought: settle it, so that its order can be bought", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, err := s.Shipments.SettleNotBought(ctx, h)
			if err != nil {
				return err
			}
			return t.print(sh.Row, func(w io.Writer) { settledAs(w, sh) })
		}),
	}
}

func settledAs(w io.Writer, sh shipment.Shipment) {
	fmt.Fprintf(w, "Shipment %d is settled: %s.\n", sh.Number, state(sh.Row))
}

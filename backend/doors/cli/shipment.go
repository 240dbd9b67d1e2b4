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
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

func (t *terminal) shipmentCommand() *cobra.Command {
	return parent("shipment", "shipments: buy a label, look it up, cancel it, buy it again",
		t.shipmentCreate(), t.shipmentPrice(), t.shipmentList(), t.shipmentShow(), t.shipmentCancel(), t.shipmentRedo(), t.shipmentDuplicate(),
		t.shipmentPack(), t.shipmentTrack(), t.shipmentScan(), t.unknownCommand())
}

func (t *terminal) shipmentCreate() *cobra.Command {
	var in orderFile
	cmd := &cobra.Command{
		Use: "create --account N --file order.json [--courier KEY]", Short: "buy a label for an order", Args: noArgs,
		Long: "Buys a label for an order, once. The file holds the courier API's create-label body; its courier stands in\n" +
			"the top-level field \"courier\", or is named by --courier.",
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			id, o, err := in.read(ctx, t, s)
			if err != nil {
				return err
			}
			made, err := s.Shipments.Create(ctx, id, o, shipment.Origin{})
			if err != nil {
				return err
			}
			return t.print(s.Shipments.Answer(ctx, o, made, s.Links), func(w io.Writer) { bought(w, made) })
		}),
	}
	return in.flags(cmd)
}

// orderFile is the order that a command is given, and whose it is.
type orderFile struct{ account, path, courier string }

func (f *orderFile) flags(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&f.path, "file", "", "`FILE` with the order as JSON, or - for standard input")
	cmd.Flags().StringVar(&f.courier, "courier", "", "the courier's `KEY`, instead of the order's own \"courier\"")
	return forAccount(cmd, &f.account, "file")
}

func (f *orderFile) read(ctx context.Context, t *terminal, s *Services) (account.ID, order.Order, error) {
	body, err := t.read("file", f.path)
	if err != nil {
		return "", order.Order{}, err
	}
	found, err := s.Accounts.ByName(ctx, f.account)
	if err != nil {
		return "", order.Order{}, err
	}
	o, err := order.Parse(body, courier.Key(f.courier))
	return found.ID, o, err
}

func bought(w io.Writer, made shipment.Created) {
	sh := made.Shipment
	if made.Duplicate {
		fmt.Fprintln(w, "This order had been bought before; nothing was bought now.")
	}
	properties(w, "shipment", strconv.FormatInt(sh.Number, 10), "courier", sh.Carried()+", "+sh.ServiceName,
		"tracking", strings.Join(sh.TrackingCodes, ", "), "label", fmt.Sprintf("packbench doc label %d --out FILE", sh.Number))
	for _, warning := range sh.Warnings {
		fmt.Fprintf(w, "!  %s: %s\n", warning.Field, warning.Message)
	}
}

func (t *terminal) shipmentList() *cobra.Command {
	var name, key, search, cursor string
	var states []string
	var limit int
	cmd := &cobra.Command{
		Use:   "list [--account N] [--courier KEY] [--state S] [--search TEXT] [--limit N] [--cursor C]",
		Short: "list shipments, newest first", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			filter := shipment.Filter{Courier: courier.Key(key), Search: search}
			for _, state := range states {
				filter.States = append(filter.States, shipment.State(state))
			}
			if name != "" {
				found, err := s.Accounts.ByName(ctx, name)
				if err != nil {
					return err
				}
				filter.AccountID = found.ID
			}
			got, err := s.Shipments.List(ctx, filter, page.Request{Limit: limit, Cursor: cursor})
			if err != nil {
				return err
			}
			rows := [][]string{}
			for _, r := range got.Items {
				rows = append(rows, []string{
					strconv.FormatInt(r.Number, 10), when(r.CreatedMs), r.AccountName, s.Shipments.Carried(r.Courier), r.Reference, r.Recipient,
					r.Postcode + " " + r.CountryISO, r.Weight.String(), strings.Join(r.TrackingCodes, " "), state(r),
				})
			}
			err = t.print(append([]shipment.Row{}, got.Items...), func(w io.Writer) {
				table(w, "No shipments here. Buy a label: packbench shipment create --account N --file order.json",
					[]string{"NUMBER", "CREATED", "ACCOUNT", "COURIER", "REFERENCE", "RECIPIENT", "PLACE", "WEIGHT", "TRACKING", "STATUS"}, rows)
			})
			if err == nil && got.Next != "" {
				t.note("There are more: --cursor " + got.Next)
			}
			return err
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&name, "account", "", "only those of the account with this `NAME`")
	flags.StringVar(&key, "courier", "", "only those of the courier with this `KEY`")
	flags.StringSliceVar(&states, "state", nil, "only those in these `STATES`: queued, sending, booked, rejected, unknown, not_bought, cancelled")
	flags.StringVar(&search, "search", "", "`TEXT` in number, reference, names, postcode, tracking code or SKU")
	flags.IntVar(&limit, "limit", page.DefaultLimit, "at most this `NUMBER` of rows, up to 500")
	flags.StringVar(&cursor, "cursor", "", "where the page before ended")
	return cmd
}

// state gives the word a list shows: the tracking status once it is booked.
func state(r shipment.Row) string {
	if word := r.Status.Word(); word != "" && r.State == shipment.Booked {
		return word
	}
	return string(r.State)
}

// handle reads a shipment number.
func handle(text string) (shipment.Handle, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64)
	if err != nil || n <= 0 {
		return shipment.Handle{}, errs.OnField("NUMBER", "“%s” is not a shipment number such as 1042; packbench shipment list shows them.", text)
	}
	return shipment.Handle{Number: n}, nil
}

// onShipment runs a job on the shipment whose number is the argument.
func (t *terminal) onShipment(do func(ctx context.Context, s *Services, h shipment.Handle) error) func(*cobra.Command, []string) error {
	return t.on(func(ctx context.Context, s *Services, args []string) error {
		h, err := handle(args[0])
		if err != nil {
			return err
		}
		return do(ctx, s, h)
	})
}

func (t *terminal) shipmentShow() *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER", Short: "show a shipment with its parcels, timeline and tracking", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, err := s.Shipments.Get(ctx, "", h)
			if err != nil {
				return err
			}
			until := s.Shipments.Cancellable(sh)
			return t.print(struct {
				shipment.Shipment
				Cancellable shipment.Cancellable `json:"cancellable"`
			}{sh, until}, func(w io.Writer) { show(w, sh, until) })
		}),
	}
}

func show(w io.Writer, sh shipment.Shipment, until shipment.Cancellable) {
	cancel := until.Why
	switch {
	case until.Yes && until.UntilMs > 0:
		cancel = "until " + when(until.UntilMs)
	case until.Yes:
		cancel = "until it is collected"
	}
	properties(w, "shipment", strconv.FormatInt(sh.Number, 10), "status", state(sh.Row), "account", sh.AccountName,
		"courier", sh.Carried()+", "+sh.ServiceName, "reference", sh.Reference,
		"to", strings.Join(sh.Consignment.To.Lines(""), ", "), "from", strings.Join(sh.Consignment.From.Lines(""), ", "),
		"tracking", strings.Join(sh.TrackingCodes, ", "), "can be cancelled", cancel, "failure", sh.Failure)
	for i, p := range sh.Consignment.Parcels {
		fmt.Fprintf(w, "\nparcel %d of %d: %s, %s × %s × %s cm\n", i+1, len(sh.Consignment.Parcels), p.Weight,
			p.Length.Centimetres(), p.Width.Centimetres(), p.Height.Centimetres())
		for _, item := range p.Items {
			fmt.Fprintf(w, "  %d × %s  %s\n", item.Quantity, item.Description, item.SKU)
		}
	}
	for _, l := range sh.Links {
		fmt.Fprintf(w, "\n%s shipment %d\n", linkWords[l.Kind], l.Number)
	}
	if sh.RedoDue {
		fmt.Fprintf(w, "\nIt was cancelled to be bought again, and no new label is bought yet. Go on: packbench shipment redo %d\n", sh.Number)
	}
	fmt.Fprintln(w)
	for _, m := range sh.Timeline {
		fmt.Fprintf(w, "%s  %s  %s\n", when(m.AtMs), m.Step, m.Note)
	}
}

func (t *terminal) shipmentCancel() *cobra.Command {
	return &cobra.Command{
		Use: "cancel NUMBER", Short: "cancel a shipment at its courier", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, already, err := s.Shipments.Cancel(ctx, "", h)
			if err != nil {
				return err
			}
			words := "Shipment %d is cancelled."
			if already {
				words = "Shipment %d had been cancelled before."
			}
			return t.done(map[string]any{"success": true, "already": already, "shipment": sh.Row}, words, sh.Number)
		}),
	}
}

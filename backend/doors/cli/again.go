package cli

import (
	"context"
	"crypto/rand"
	"io"

	"github.com/spf13/cobra"

	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// linkWords begin a sentence that ends with a shipment's number.
var linkWords = map[shipment.LinkKind]string{
	shipment.RedoOf: "Redo of", shipment.RedoneAs: "Redone as", shipment.DuplicateOf: "Duplicate of", shipment.DuplicatedAs: "Duplicated as",
}

func (t *terminal) shipmentRedo() *cobra.Command {
	return &cobra.Command{
		Use: "redo NUMBER", Short: "cancel a shipment at its courier and buy its order again", Args: oneArg("NUMBER"),
		Long: "Cancels a shipment at its courier and, only when that is certain, buys its order again as a new shipment.\n" +
			"Where it stopped between the two, it goes on; a second time it buys nothing.",
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			made, err := s.Shipments.Redo(ctx, h)
			if err != nil {
				return err
			}
			return t.boughtAgain(made)
		}),
	}
}

func (t *terminal) shipmentDuplicate() *cobra.Command {
	var confirm string
	cmd := &cobra.Command{
		Use: "duplicate NUMBER --confirm NUMBER", Short: "buy a second label for the order of a shipment", Args: oneArg("NUMBER"),
		Long: "Buys a second label for the order of a shipment, which stays as it is: two labels are paid for.\n" +
			"--confirm repeats the number, because this can't be taken back for nothing.",
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			again, err := handle(confirm)
			if err != nil {
				return err
			}
			made, err := s.Shipments.Duplicate(ctx, h, again.Number, rand.Text())
			if err != nil {
				return err
			}
			return t.boughtAgain(made)
		}),
	}
	cmd.Flags().StringVar(&confirm, "confirm", "", "the shipment's `NUMBER` once more")
	return need(cmd, "confirm")
}

func (t *terminal) boughtAgain(made shipment.Created) error {
	value := struct {
		Shipment  shipment.Row    `json:"shipment"`
		Links     []shipment.Link `json:"links"`
		Duplicate bool            `json:"duplicate"` // bought before, nothing was bought now
	}{made.Shipment.Row, made.Shipment.Links, made.Duplicate}
	return t.print(value, func(w io.Writer) { bought(w, made) })
}

func (t *terminal) shipmentPack() *cobra.Command {
	return &cobra.Command{
		Use: "pack NUMBER", Short: "note that a shipment is packed", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, err := s.Shipments.MarkPacked(ctx, "", h)
			if err != nil {
				return err
			}
			return t.done(sh.Row, "Shipment %d is packed.", sh.Number)
		}),
	}
}

func (t *terminal) shipmentTrack() *cobra.Command {
	return &cobra.Command{
		Use: "track NUMBER", Short: "ask the courier for news of a shipment and list what is known", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, err := s.Shipments.Track(ctx, "", h)
			if err != nil {
				return err
			}
			return t.events(sh)
		}),
	}
}

func (t *terminal) shipmentScan() *cobra.Command {
	var status int
	var place, note string
	cmd := &cobra.Command{
		Use: "scan NUMBER --status CODE [--place TEXT] [--note TEXT]", Short: "add what a driver or a counter saw", Args: oneArg("NUMBER"),
		RunE: t.onShipment(func(ctx context.Context, s *Services, h shipment.Handle) error {
			sh, err := s.Shipments.Scan(ctx, "", h, courier.Event{Status: courier.Status(status), Location: place, Description: note})
			if err != nil {
				return err
			}
			return t.events(sh)
		}),
	}
	cmd.Flags().IntVar(&status, "status", 0, "what happened, as a `CODE` of the courier API: 2 collected, 4 in transit, 5 out for delivery, 7 delivered")
	cmd.Flags().StringVar(&place, "place", "", "where, as `TEXT`")
	cmd.Flags().StringVar(&note, "note", "", "what else, as `TEXT`")
	return need(cmd, "status")
}

// events lists the tracking events of a shipment, oldest first.
func (t *terminal) events(sh shipment.Shipment) error {
	value := struct {
		Shipment shipment.Row    `json:"shipment"`
		Events   []courier.Event `json:"events"`
	}{sh.Row, append([]courier.Event{}, sh.Events...)}
	rows := [][]string{}
	for _, e := range sh.Events {
		rows = append(rows, []string{when(e.AtMs), e.Status.Word(), e.Location, e.Description, e.TrackingCode})
	}
	return t.print(value, func(w io.Writer) {
		table(w, "Nothing was scanned yet.", []string{"TIME", "STATUS", "PLACE", "NOTE", "TRACKING"}, rows)
	})
}

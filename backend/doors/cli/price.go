package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"packbench/backend/core/courier"
)

func (t *terminal) shipmentPrice() *cobra.Command {
	var in orderFile
	cmd := &cobra.Command{
		Use: "price --account N --file order.json [--courier KEY]", Short: "ask what a label for an order would cost", Args: noArgs,
		Long: "Asks the courier what it would carry an order for, by the order's service and by every other it offers, cheapest\n" +
			"first; nothing is bought. The file is the one that create takes. A service marked * is the order's own.",
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			id, o, err := in.read(ctx, t, s)
			if err != nil {
				return err
			}
			offers, err := s.Shipments.Quote(ctx, id, o)
			if err != nil {
				return err
			}
			return t.print(append([]courier.Offer{}, offers...), func(w io.Writer) { priced(w, offers) })
		}),
	}
	return in.flags(cmd)
}

func priced(w io.Writer, offers []courier.Offer) {
	var rows [][]string
	for _, o := range offers {
		mark, days := "", ""
		if o.Chosen {
			mark = "*"
		}
		if o.TransitDays > 0 {
			days = strconv.Itoa(o.TransitDays)
		}
		named := []string{o.Service}
		for _, key := range slices.Sorted(maps.Keys(o.Options)) {
			named = append(named, fmt.Sprintf("%s=%s", key, o.Options[key]))
		}
		rows = append(rows, []string{mark, o.Price.String(), days, o.Name, strings.Join(named, " ")})
	}
	table(w, "The courier offers no service for this order.", []string{"", "PRICE", "DAYS", "SERVICE", "ORDERED AS"}, rows)
}

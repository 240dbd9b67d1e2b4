package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"packbench/backend/core/courier"
)

func (t *terminal) courierCommand() *cobra.Command {
	return parent("courier", "the couriers this program knows", t.courierList(), t.courierShow(), t.courierHealth())
}

func (t *terminal) courierList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "list the couriers", Args: noArgs,
		RunE: t.on(func(_ context.Context, s *Services, _ []string) error {
			list, rows := s.Couriers.List(), [][]string{}
			for _, d := range list {
				rows = append(rows, []string{string(d.Key), d.Name, can(d.Capabilities)})
			}
			return t.print(list, func(w io.Writer) {
				table(w, "This program has no couriers.", []string{"KEY", "NAME", "CAN"}, rows)
			})
		}),
	}
}

func can(c courier.Capabilities) string {
	var words []string
	for _, x := range []struct {
		yes  bool
		word string
	}{
		{c.Cancel, "cancel"}, {c.Track, "track"}, {c.Manifest, "manifest"}, {c.Price, "price"},
		{c.PickupPoints, "pick-up points"}, {c.Collection, "collection"}, {c.Customs, "customs"},
	} {
		if x.yes {
			words = append(words, x.word)
		}
	}
	return strings.Join(words, ", ")
}

func (t *terminal) courierShow() *cobra.Command {
	return &cobra.Command{
		Use: "show KEY", Short: "show a courier's services and what its auths need", Args: oneArg("KEY"),
		RunE: t.on(func(_ context.Context, s *Services, args []string) error {
			adapter, err := s.Couriers.Find(courier.Key(args[0]))
			if err != nil {
				return err
			}
			d := adapter.Descriptor()
			return t.print(d, func(w io.Writer) { describe(w, d) })
		}),
	}
}

func describe(w io.Writer, d *courier.Descriptor) {
	properties(w, "courier", string(d.Key), "name", d.Name, "website", d.Website, "can", can(d.Capabilities),
		"labels", joined(d.Formats)+" in "+joined(d.Sizes))
	fmt.Fprintf(w, "\n%s\n\n", d.Description)
	rows := [][]string{}
	for _, x := range d.Services {
		rows = append(rows, []string{x.PresetCode, x.Code, x.Name, x.Description})
	}
	table(w, "No services.", []string{"DC_SERVICE_ID", "SERVICE", "NAME", ""}, rows)
	fmt.Fprintln(w)
	rows = [][]string{}
	for _, f := range d.Fields {
		needed := "optional"
		if f.Required {
			needed = "required"
		}
		rows = append(rows, []string{f.Key, string(f.Kind), needed, f.Label + ". " + f.Help})
	}
	table(w, "Its auths need no fields: {} is enough.", []string{"FIELD", "KIND", "", "WHAT"}, rows)
}

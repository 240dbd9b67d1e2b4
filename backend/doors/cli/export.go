package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/base/wholefile"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

func (t *terminal) exportCommand() *cobra.Command {
	return parent("export", "write what is kept to a file", t.exportShipments())
}

func (t *terminal) exportShipments() *cobra.Command {
	var name, key, format, out, since, until string
	var states []string
	var testing, printed bool
	var filter shipment.Filter
	cmd := &cobra.Command{
		Use: "shipments --out FILE [--format csv|json] [--account N] [filters]", Short: "write shipments as CSV, or as one JSON value a line", Args: noArgs,
	}
	flags := cmd.Flags()
	cmd.RunE = t.on(func(ctx context.Context, s *Services, _ []string) (err error) {
		filter.Courier = courier.Key(key)
		for _, state := range states {
			filter.States = append(filter.States, shipment.State(state))
		}
		if flags.Changed("testing") {
			filter.Testing = &testing
		}
		if flags.Changed("printed") {
			filter.Printed = &printed
		}
		if filter.FromMs, err = day("since", since); err != nil {
			return err
		}
		if filter.ToMs, err = day("until", until); err != nil {
			return err
		}
		if name != "" {
			found, err := s.Accounts.ByName(ctx, name)
			if err != nil {
				return err
			}
			filter.AccountID = found.ID
		}
		count := int64(0)
		write := func(to io.Writer) (err error) {
			count, err = s.Shipments.Export(ctx, filter, format, to, nil)
			return err
		}
		if out == "-" {
			buffered := bufio.NewWriter(t.Out)
			return errors.Join(write(buffered), buffered.Flush())
		}
		if err := writeFile(out, write); err != nil {
			return err
		}
		return t.done(map[string]any{"shipments": count, "out": out}, "%d shipments are written to %s.", count, out)
	})
	flags.StringVar(&out, "out", "", "`FILE` to write, or - for standard output")
	flags.StringVar(&format, "format", shipment.CSV, "csv or json")
	flags.StringVar(&name, "account", "", "only those of the account with this `NAME`")
	flags.StringVar(&key, "courier", "", "only those of the courier with this `KEY`")
	flags.StringSliceVar(&states, "state", nil, "only those in these `STATES`")
	flags.StringVar(&filter.Search, "search", "", "`TEXT` in number, reference, names, postcode, tracking code or SKU")
	flags.StringVar(&filter.CountryISO, "country", "", "only those to the country with this `CODE`")
	flags.BoolVar(&testing, "testing", false, "only test labels; --testing=false: only live ones")
	flags.BoolVar(&printed, "printed", false, "only those whose label was taken out; --printed=false: the others")
	flags.StringVar(&since, "since", "", "only those made on or after this `DAY`, like 2026-03-31")
	flags.StringVar(&until, "until", "", "only those made before this `DAY`")
	return need(cmd, "out")
}

// day reads the start of a day of this machine; 0 for none.
func day(flag, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	if err != nil {
		return 0, errs.OnField(flag, "“%s” is not a day, like 2026-03-31.", text)
	}
	return at.UnixMilli(), nil
}

// writeFile writes a file that only this user can read; nothing half-written stays behind.
func writeFile(path string, write func(io.Writer) error) error {
	err := wholefile.Write(path, write)
	var own *errs.Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	return errs.Wrap(err, errs.Unavailable, "The file %s can't be written.", path)
}

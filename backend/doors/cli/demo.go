package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
)

// demoName is what the demo's group and account are called.
const demoName = "Demo"

var demoSender = postal.Address{
	Name: "Dispatch", CompanyName: "North Dock", Address1: "1 Example Yard", City: "Quexbridge", Postcode: "QX1 0AA",
	CountryISO: "GB", Phone: "+44 20 7946 0000", Email: "dispatch@example.com", EORI: "GB000000000000",
}

type demoView struct {
	Shipment int64      `json:"shipment"`
	Tracking []string   `json:"tracking_codes"`
	Files    []fileView `json:"files"`
}

func (t *terminal) demoCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "demo [--out DIR]", Short: "from nothing to a label, a packing slip and an invoice, without a network", Args: noArgs,
		Long: "Makes a group, an account and an Own fleet auth, buys a label for a sample order and writes label.pdf, label.zpl,\n" +
			"packing-slip.pdf and commercial-invoice.pdf. Without --data-dir it works in a folder of its own, which it removes.",
		RunE: func(cmd *cobra.Command, _ []string) error { return t.demo(t.as(cmd.Context()), out) },
	}
	cmd.Flags().StringVar(&out, "out", "packbench-demo", "`DIR` the files are written to")
	return cmd
}

func (t *terminal) demo(ctx context.Context, out string) (err error) {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return errs.Wrap(err, errs.Unavailable, "The folder %s can't be made. Name another with --out.", out)
	}
	s, remove, err := t.demoOpen(ctx, filepath.Join(out, "passphrase"))
	if err != nil {
		return err
	}
	defer remove()
	defer func() { err = t.close(s, err) }()
	sh, err := demoShipment(ctx, s)
	if err != nil {
		return err
	}
	view := demoView{Shipment: sh.Number, Tracking: sh.TrackingCodes}
	if view.Files, err = demoFiles(ctx, s, shipment.Handle{ID: sh.ID}, out); err != nil {
		return err
	}
	return t.print(view, func(w io.Writer) {
		fmt.Fprintf(w, "Shipment %d by Own fleet, tracking %s. Nothing left this machine.\n", view.Shipment, view.Tracking[0])
		for _, f := range view.Files {
			fmt.Fprintln(w, f.Path)
		}
	})
}

// demoOpen opens the folder to work in: a temporary one under a passphrase of its own, so that nothing of a demo stays
// in the user's keyring, or the one that was named. Where that is new and there is no keyring, the demo makes a
// passphrase file of its own and says so.
func (t *terminal) demoOpen(ctx context.Context, passphraseFile string) (s *Services, remove func(), err error) {
	if t.folder.DataDir == "" {
		return t.demoTemporary(ctx)
	}
	remove = func() {}
	folder := t.folder
	if _, err := os.Stat(passphraseFile); err == nil && folder.PassphraseFile == "" {
		folder.PassphraseFile = passphraseFile // of the demo before
	}
	s, err = t.open(ctx, folder)
	if folder.PassphraseFile != "" || !errs.Is(err, errs.Unavailable) {
		return s, remove, err
	}
	if err := writePassphrase(passphraseFile); err != nil {
		return nil, nil, err
	}
	folder.PassphraseFile = passphraseFile
	s, again := t.open(ctx, folder)
	if again != nil { // a passphrase is not what was missing
		return nil, nil, errors.Join(err, os.Remove(passphraseFile))
	}
	t.note("There is no keyring here, so the demo made a passphrase of its own: " + passphraseFile)
	return s, remove, nil
}

func (t *terminal) demoTemporary(ctx context.Context) (s *Services, remove func(), err error) {
	dir, err := os.MkdirTemp("", "packbench-demo-")
	if err != nil {
		return nil, nil, errs.Wrap(err, errs.Unavailable, "The demo needs a temporary folder, and none can be made.")
	}
	remove = func() { _ = os.RemoveAll(dir) }
	folder := Folder{DataDir: filepath.Join(dir, "data"), PassphraseFile: filepath.Join(dir, "passphrase")}
	if err = writePassphrase(folder.PassphraseFile); err == nil {
		s, err = t.program.Open(ctx, folder) // without its notice: the key goes with the folder
	}
	if err != nil {
		remove()
	}
	return s, remove, err
}

func writePassphrase(path string) error {
	if err := os.WriteFile(path, []byte(rand.Text()+"\n"), 0o600); err != nil {
		return errs.Wrap(err, errs.Unavailable, "The demo's passphrase file %s can't be written.", path)
	}
	return nil
}

// demoShipment sets up what is missing and buys a label for the sample order.
func demoShipment(ctx context.Context, s *Services) (shipment.Shipment, error) {
	seller, err := s.Accounts.ByName(ctx, demoName)
	if errs.Is(err, errs.NotFound) {
		var begun setup.Begun
		begun, err = s.Setup.Begin(ctx, setup.Begin{Group: demoName, Account: demoName, Sender: demoSender})
		seller = begun.Account
	}
	if err != nil {
		return shipment.Shipment{}, err
	}
	return buySample(ctx, s, seller)
}

func buySample(ctx context.Context, s *Services, seller account.Account) (shipment.Shipment, error) {
	o, err := order.Parse([]byte(setup.SampleOrder), "")
	if err != nil {
		return shipment.Shipment{}, err
	}
	created, err := s.Shipments.Create(ctx, seller.ID, o, shipment.Origin{})
	return created.Shipment, err
}

// demoFiles writes the four documents.
func demoFiles(ctx context.Context, s *Services, h shipment.Handle, out string) ([]fileView, error) {
	var views []fileView
	for _, x := range []struct {
		name string
		make func() (document.File, error)
	}{
		{"label.pdf", func() (document.File, error) { return s.Shipments.Label(ctx, "", h, courier.PDF, 0) }},
		{"label.zpl", func() (document.File, error) { return s.Shipments.Label(ctx, "", h, courier.ZPL, 203) }},
		{"packing-slip.pdf", func() (document.File, error) { return s.Shipments.PackingSlip(ctx, "", h, 1) }},
		{"commercial-invoice.pdf", func() (document.File, error) { return s.Shipments.CommercialInvoice(ctx, "", h, 1) }},
	} {
		file, err := x.make()
		if err != nil {
			return nil, err
		}
		view, err := save(file, filepath.Join(out, x.name))
		if err != nil {
			return nil, err
		}
		views = append(views, view)
	}
	return views, nil
}

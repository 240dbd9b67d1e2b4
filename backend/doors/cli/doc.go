package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

type fileView struct {
	Kind     document.Kind     `json:"kind"`
	Path     string            `json:"path"`
	Media    string            `json:"media"`
	Bytes    int               `json:"bytes"`
	SHA256   string            `json:"sha256"`
	Warnings []courier.Warning `json:"warnings"`
}

func (t *terminal) docCommand() *cobra.Command {
	return parent("doc", "documents of a shipment: label, packing slip, commercial invoice, the courier's own papers",
		t.docLabel(),
		t.docPaper(document.KindPackingSlip, "write the packing slip", document.Papers),
		t.docPaper(document.KindInvoice, "write the commercial invoice", document.Papers),
		t.docCourierPapers())
}

func (t *terminal) docLabel() *cobra.Command {
	var out, format string
	var dpi int
	cmd := &cobra.Command{
		Use: "label NUMBER --out FILE [--format pdf|zpl|png] [--dpi 203|300]", Short: "write the label", Args: oneArg("NUMBER"),
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			h, err := handle(args[0])
			if err != nil {
				return err
			}
			file, err := s.Shipments.Label(ctx, "", h, courier.Format(format), dpi)
			if err != nil {
				return err
			}
			return t.write(file, out)
		}),
	}
	cmd.Flags().StringVar(&format, "format", "", "another `FORMAT` than the one that was bought: pdf, zpl or png")
	cmd.Flags().IntVar(&dpi, "dpi", 0, "the printer's resolution: 203 (default) or 300 `DPI`")
	return intoFile(cmd, &out)
}

func (t *terminal) docPaper(kind document.Kind, short string, papers []document.Paper) *cobra.Command {
	var out string
	var wish shipment.Wish
	cmd := &cobra.Command{
		Use:   string(kind) + " NUMBER --out FILE [--copies N] [--paper SIZE] [--language CODE]",
		Short: short, Args: oneArg("NUMBER"),
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			h, err := handle(args[0])
			if err != nil {
				return err
			}
			file, err := s.Shipments.Paper(ctx, "", h, kind, wish)
			if err != nil {
				return err
			}
			return t.write(file, out)
		}),
	}
	cmd.Flags().IntVar(&wish.Copies, "copies", 1, "`NUMBER` of copies, 1 to 100")
	cmd.Flags().StringVar((*string)(&wish.Paper), "paper", "", "another `SIZE` than the template's: "+listed(papers))
	cmd.Flags().StringVar((*string)(&wish.Language), "language", "", "headings in another `LANGUAGE` than the template's: "+listed(document.Languages))
	return intoFile(cmd, &out)
}

func listed[T ~string](values []T) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

func intoFile(cmd *cobra.Command, out *string) *cobra.Command {
	cmd.Flags().StringVar(out, "out", "", "`FILE` to write")
	return need(cmd, "out")
}

// write puts a document into a file and tells of it.
func (t *terminal) write(file document.File, path string) error {
	view, err := save(file, path)
	if err != nil {
		return err
	}
	return t.print(view, func(w io.Writer) {
		fmt.Fprintf(w, "%s (%d bytes)\n", view.Path, view.Bytes)
		for _, warning := range view.Warnings {
			fmt.Fprintf(w, "!  %s: %s\n", warning.Field, warning.Message)
		}
	})
}

// save writes a document whole or not at all.
func save(file document.File, path string) (fileView, error) {
	refused := func(err error) error {
		return errs.Wrap(err, errs.Unavailable, "The file %s can't be written. Check that its folder exists and is yours to write in.", path)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".packbench-*") // mode 0600
	if err != nil {
		return fileView{}, refused(err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(file.Bytes)
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fileView{}, refused(err)
	}
	return fileView{
		Kind: file.Kind, Path: path, Media: file.Media, Bytes: len(file.Bytes), SHA256: file.SHA256,
		Warnings: append([]courier.Warning{}, file.Warnings...),
	}, nil
}

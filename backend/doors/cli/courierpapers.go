package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

func (t *terminal) docCourierPapers() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "courier-papers NUMBER --out DIR", Short: "write the papers that the courier made beside the label", Args: oneArg("NUMBER"),
		Long: "Writes each paper that came with the purchase (invoice, customs form, waybill, receipt) into a folder, as it came.",
		RunE: t.on(func(ctx context.Context, s *Services, args []string) error {
			h, err := handle(args[0])
			if err != nil {
				return err
			}
			sh, err := s.Shipments.Get(ctx, "", h)
			if err != nil {
				return err
			}
			views := []fileView{}
			for _, kind := range courier.PaperKinds() {
				papers, err := s.Shipments.PapersOf(ctx, sh, document.Kind(kind))
				if err != nil {
					return err
				}
				for i, paper := range papers {
					file, err := s.Shipments.KeptFile(ctx, sh.ID, paper.Key)
					if err != nil {
						return err
					}
					view, err := save(file, filepath.Join(out, paperName(kind, sh.Number, i, file.Media)))
					if err != nil {
						return err
					}
					views = append(views, view)
				}
			}
			return t.print(views, func(w io.Writer) {
				if len(views) == 0 {
					fmt.Fprintf(w, "No paper came with shipment %d.\n", sh.Number)
				}
				for _, view := range views {
					fmt.Fprintf(w, "%s (%d bytes)\n", view.Path, view.Bytes)
				}
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "`FOLDER` to write into; it has to exist")
	return need(cmd, "out")
}

// paperName names a paper's file: "customs-form-1042.pdf", the second of a kind "customs-form-1042-2.pdf".
func paperName(kind courier.PaperKind, number int64, place int, media string) string {
	name := fmt.Sprintf("%s-%d", kind, number)
	if place > 0 {
		name += fmt.Sprintf("-%d", place+1)
	}
	if media == "image/png" {
		return name + ".png"
	}
	return name + ".pdf"
}

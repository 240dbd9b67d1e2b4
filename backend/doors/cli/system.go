package cli

import (
	"fmt"
	"io"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
)

func (t *terminal) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "print the version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			view := map[string]string{"version": t.program.Version(), "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH}
			return t.done(view, "packbench %s (%s, %s/%s)", view["version"], view["go"], view["os"], view["arch"])
		},
	}
}

func (t *terminal) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "look at the data folder and this machine; changes nothing", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := t.program.Doctor(t.as(cmd.Context()), t.folder)
			bad := 0
			for _, f := range findings {
				if !f.OK {
					bad++
				}
			}
			err := t.print(map[string]any{"ok": bad == 0, "findings": findings}, func(w io.Writer) {
				for _, f := range findings {
					mark := "ok "
					if !f.OK {
						mark = "BAD"
					}
					fmt.Fprintf(w, "%s  %-14s %s\n", mark, f.Name, f.Detail)
					if f.Advice != "" {
						fmt.Fprintf(w, "     %-14s %s\n", "", f.Advice)
					}
				}
			})
			if err == nil && bad > 0 {
				return &reported{errs.New(errs.Unavailable, "%s of %d checks failed.", strconv.Itoa(bad), len(findings))}
			}
			return err
		},
	}
}

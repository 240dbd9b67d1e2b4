package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func (t *terminal) serveCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use: "serve [--listen 127.0.0.1:0]", Short: "run the local API without a window", Args: noArgs,
		Long: "Runs the local API until it is told to stop (SIGINT, SIGTERM). The first line on standard output is\n" +
			`{"event":"ready","url":"http://127.0.0.1:PORT"}. Only one window or serve holds a data folder at a time.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(t.as(cmd.Context()), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return t.program.Serve(ctx, t.folder, listen, func(url, notice string) {
				line, err := json.Marshal(map[string]string{"event": "ready", "url": url})
				if err == nil {
					fmt.Fprintln(t.Out, string(line))
				}
				t.note(notice)
			})
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:47615", "loopback `ADDRESS` and port; port 0 takes a free one")
	return cmd
}

// Package cli is the door of the terminal: the same services as the window, as commands. Every command prints text for
// people, or with --json one JSON value; it ends with status 0 when it is done, 1 when it was refused or failed, 2 when
// it was called wrongly.
package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/health"
	"packbench/backend/core/importing"
	"packbench/backend/core/manifest"
	"packbench/backend/core/preset"
	"packbench/backend/core/seed"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
)

// Folder says which data folder a command works on and how it is unlocked. Zero fields take their defaults.
type Folder struct {
	DataDir        string
	PassphraseFile string
}

// Services is what commands work with, on an open data folder.
type Services struct {
	Accounts  *account.Service
	Auths     *auth.Service
	Couriers  *courier.Registry
	Health    *health.Service
	Imports   *importing.Service
	Manifests *manifest.Service
	Presets   *preset.Service
	Shipments *shipment.Service
	Setup     *setup.Service
	Seed      *seed.Service
	Links     shipment.Links // of create-label's answer
	Log       *slog.Logger
	// Verify reads everything that is kept and compares it with what proves it.
	Verify func(ctx context.Context) (Verified, error)
	// Notice is a sentence the user must read once, such as that a root key was made; "" for none.
	Notice string
	Close  func() error
}

// Finding is one thing the doctor looked at. Advice says what to do where it is not OK.
type Finding struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
	Advice string `json:"advice,omitempty"`
}

// Program is what the commands run; package app is one.
type Program interface {
	// Open opens a data folder beside whatever else uses it.
	Open(ctx context.Context, f Folder) (*Services, error)
	// Serve runs the local API on the address until ctx ends; it tells ready once it answers. notice is as Services.Notice.
	Serve(ctx context.Context, f Folder, listen string, ready func(url, notice string)) error
	// Doctor looks at the data folder and the machine; it changes nothing.
	Doctor(ctx context.Context, f Folder) []Finding
	// Window opens the window and returns when it is closed.
	Window(f Folder) error
	Version() string
}

// Streams are the program's standard streams.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// terminal is one run of the program.
type terminal struct {
	Streams
	program Program
	user    string
	folder  Folder
	json    bool
	stdin   bool // standard input has been read
}

// Main runs the program with arguments (without its name) and gives the exit status. user is the operating system's user,
// for the audit.
func Main(ctx context.Context, program Program, user string, args []string, s Streams) int {
	t := &terminal{Streams: s, program: program, user: user}
	root := t.root()
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	return t.finish(root.ExecuteContext(ctx), args)
}

func (t *terminal) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "packbench",
		Short: "Labels, packing slips and commercial invoices at the packing bench",
		Long: "Packbench turns an order into a paid-for label with its packing slip and commercial invoice, on this machine.\n" +
			"Without a command it opens the window.",
		Args:          noArgs,
		SilenceErrors: true, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error { return t.program.Window(t.folder) },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usage(cmd, "%s", sentence(err.Error())) })
	flags := root.PersistentFlags()
	flags.StringVar(&t.folder.DataDir, "data-dir", "", "`DIR` that holds everything (default: the user's data folder)")
	flags.StringVar(&t.folder.PassphraseFile, "passphrase-file", "", "`FILE` whose first line unlocks the data folder where there is no keyring")
	flags.BoolVar(&t.json, "json", false, "print one JSON value")
	root.AddCommand(
		t.serveCommand(), t.demoCommand(),
		t.groupCommand(), t.accountCommand(), t.tokenCommand(), t.keyCommand(),
		t.courierCommand(), t.authCommand(), t.presetCommand(),
		t.shipmentCommand(), t.docCommand(), t.manifestCommand(), t.importCommand(), t.exportCommand(),
		t.verifyCommand(), t.doctorCommand(), t.versionCommand(), t.devCommand(),
	)
	return root
}

// job is what a command does with the services; args are the positional arguments.
type job func(ctx context.Context, s *Services, args []string) error

// on runs a job on the open data folder, as the terminal's actor.
func (t *terminal) on(do job) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		s, err := t.open(cmd.Context(), t.folder)
		if err != nil {
			return err
		}
		defer func() { err = t.close(s, err) }()
		return do(t.as(cmd.Context()), s, args)
	}
}

func (t *terminal) open(ctx context.Context, f Folder) (*Services, error) {
	s, err := t.program.Open(ctx, f)
	if err != nil {
		return nil, err
	}
	t.note(s.Notice)
	return s, nil
}

// close closes the folder behind a command, after a failure of the program's own was logged with its cause.
func (t *terminal) close(s *Services, err error) error {
	if errs.Is(err, errs.Internal) {
		s.Log.Error("a command failed", "error", err, "cause", errors.Unwrap(errs.As(err)))
	}
	if closing := s.Close(); err == nil {
		err = closing
	}
	return err
}

func (t *terminal) as(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{Door: actor.Terminal, Name: t.user, From: "packbench " + t.program.Version()})
}

// parent makes a command that only holds others.
func parent(name, short string, children ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: name, Short: short, Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(cmd, "There is no command %q.", cmd.CommandPath()+" "+args[0])
			}
			return usage(cmd, "Say what to do: %s.", names(cmd))
		},
	}
	cmd.AddCommand(children...)
	return cmd
}

// date writes a moment for JSON: RFC 3339 in UTC, "" for none.
func date(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

// when writes a moment for people: this machine's time, to the minute, "" for none.
func when(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).Format("2006-01-02 15:04")
}

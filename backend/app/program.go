package app

import (
	"context"
	"os"
	"os/user"

	"packbench/backend/base/clock"
	"packbench/backend/doors/cli"
	"packbench/backend/doors/httpapi"
)

// Main runs the program with its arguments and gives the exit status. window opens the window.
func Main(ctx context.Context, version string, window func(Options) error, args []string, s cli.Streams) int {
	keepPrivate()
	return cli.Main(ctx, program{version, window}, userName(), args, s)
}

type program struct {
	version string
	window  func(Options) error
}

func (p program) options(f cli.Folder) Options {
	return Options{DataDir: f.DataDir, PassphraseFile: f.PassphraseFile, Version: p.version}
}

func (p program) Open(ctx context.Context, f cli.Folder) (*cli.Services, error) {
	a, err := Open(ctx, p.options(f))
	if err != nil {
		return nil, err
	}
	return a.Commands(), nil
}

// Commands gives what the terminal's commands work with; their Close closes the folder.
func (a *App) Commands() *cli.Services {
	return &cli.Services{
		Accounts: a.Accounts, Auths: a.Auths, Couriers: a.Couriers, Health: a.Health, Presets: a.Presets, Shipments: a.Shipments, Imports: a.Imports, Manifests: a.Manifests,
		Setup: a.Setup, Seed: a.Seed, Log: a.log, Notice: a.notice, Close: a.Close,
		Verify: a.verify,
		Links:  httpapi.NewLinks(a.vault, clock.System{}, a.log, "http://"+DefaultListen),
	}
}

func (p program) Serve(ctx context.Context, f cli.Folder, listen string, ready func(url, notice string)) error {
	return Serve(ctx, p.options(f), listen, ready)
}

func (p program) Doctor(ctx context.Context, f cli.Folder) []cli.Finding {
	return examine(ctx, p.options(f))
}

func (p program) Window(f cli.Folder) error { return p.window(p.options(f)) }

func (p program) Version() string { return p.version }

// userName gives the operating system's user, for the audit.
func userName() string {
	if who, err := user.Current(); err == nil {
		return who.Username
	}
	return os.Getenv("USER")
}

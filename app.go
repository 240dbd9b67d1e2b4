package main

import (
	"context"
	_ "embed"
	"io/fs"
	"log/slog"
	"os"
	"runtime"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	wailsruntime "github.com/wailsapp/wails/v2/pkg/runtime"

	"packbench/backend/app"
	"packbench/backend/base/errs"
	"packbench/backend/doors/desktop"
	"packbench/backend/infra/gtk"
)

//go:embed build/appicon.png
var icon []byte // frontend/public/icon.svg, drawn at 256 dots

// What this program was built for; the build tags say it.
const (
	forTerminal = iota // plain: Wails gives no window
	forWindow
	forBindings // only to write frontend/wailsjs: Wails runs main up to wails.Run
)

// openWindow runs the window until it is closed. Unavailable: there is no display, or a library is missing.
func openWindow(o app.Options) error {
	switch {
	case made == forBindings:
		return wails.Run(&options.App{Bind: app.NewWindow(o, "").Bound()})
	case made == forTerminal:
		return errs.New(errs.NotOffered, "This program was built without its window. make build makes it whole; packbench serve and the other commands work.")
	case !app.HasDisplay():
		return errs.New(errs.Unavailable, "There is no display here, so the window can't open. Try packbench demo, or packbench serve for the local API.")
	}
	if err := gtk.Load(); err != nil {
		return err
	}
	if runtime.GOOS == "linux" && os.Getenv("WEBKIT_DISABLE_DMABUF_RENDERER") == "" {
		// Without this, windows stay blank on machines with NVIDIA drivers.
		_ = os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
	}
	window := app.NewWindow(o, "")
	var closed error
	screens, err := fs.Sub(assets, "frontend/dist")
	if err != nil {
		return err
	}
	err = wails.Run(&options.App{
		Title: "Packbench", Width: 1366, Height: 768, MinWidth: 760, MinHeight: 560,
		BackgroundColour: options.NewRGB(246, 247, 248),
		AssetServer:      &assetserver.Options{Assets: screens, Middleware: desktop.Secure},
		Bind:             window.Bound(),
		OnStartup:        func(ctx context.Context) { window.Start(ctx, shell{ctx}) },
		OnShutdown:       func(context.Context) { closed = window.Close() },
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               "packbench-" + o.FolderID(),
			OnSecondInstanceLaunch: func(options.SecondInstanceData) { window.Focus() },
		},
		Logger:      wailsLog{},
		LogLevel:    logger.WARNING,
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true},
		Linux:       &linux.Options{Icon: icon, WebviewGpuPolicy: linux.WebviewGpuPolicyNever, ProgramName: "packbench"},
		Windows:     &windows.Options{DisablePinchZoom: true},
	})
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "The window could not be opened: %s", err)
	}
	return closed
}

// shell is desktop.Shell on Wails.
type shell struct{ ctx context.Context }

func (s shell) Emit(topic, id string) { wailsruntime.EventsEmit(s.ctx, topic, id) }

func (s shell) OpenURL(url string) { wailsruntime.BrowserOpenURL(s.ctx, url) }

func (s shell) Focus() {
	wailsruntime.WindowUnminimise(s.ctx)
	wailsruntime.Show(s.ctx)
}

func (s shell) OpenFile(title string, kinds ...desktop.FileKind) (string, error) {
	filters := make([]wailsruntime.FileFilter, 0, len(kinds))
	for _, kind := range kinds {
		filters = append(filters, filter(kind))
	}
	return wailsruntime.OpenFileDialog(s.ctx, wailsruntime.OpenDialogOptions{Title: title, Filters: filters})
}

func (s shell) SaveFile(title, suggestion string, kind desktop.FileKind) (string, error) {
	return wailsruntime.SaveFileDialog(s.ctx, wailsruntime.SaveDialogOptions{
		Title: title, DefaultFilename: suggestion, Filters: []wailsruntime.FileFilter{filter(kind)},
	})
}

func filter(kind desktop.FileKind) wailsruntime.FileFilter {
	return wailsruntime.FileFilter{DisplayName: kind.Name + " (*." + kind.Extension + ")", Pattern: "*." + kind.Extension}
}

// wailsLog hands Wails' own messages to the program's log. Wails logs calls with their arguments at the levels below
// warning, so these are dropped whatever the program's level: an argument may be a secret.
type wailsLog struct{}

func (wailsLog) Print(string)           {}
func (wailsLog) Trace(string)           {}
func (wailsLog) Debug(string)           {}
func (wailsLog) Info(string)            {}
func (wailsLog) Warning(message string) { slog.Warn("window", "message", message) }
func (wailsLog) Error(message string)   { slog.Error("window", "message", message) }
func (wailsLog) Fatal(message string)   { slog.Error("window", "message", message) }

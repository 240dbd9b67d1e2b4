// Packbench: from an order to a paid-for label, a packing slip and a commercial invoice, on this machine. Without a
// command it opens the window; with one it is a program for the terminal.
package main

import (
	"embed"
	"os"

	"packbench/backend/app"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set by the build.
var version = "dev"

func main() {
	if err := openWindow(app.Options{Version: version}); err != nil {
		os.Exit(1)
	}
}

// Packbench: from an order to a paid-for label, a packing slip and a commercial invoice, on this machine. Without a
// command it opens the window; with one it is a program for the terminal.
package main

import (
	"context"
	"embed"
	"log"
	"os"

	"packbench/backend/app"
	"packbench/backend/doors/cli"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set by the build.
var version = "dev"

func main() {
	if made == forBindings { // wails.Run reads the arguments itself and writes the files
		if err := openWindow(app.Options{}); err != nil {
			log.Fatal(err)
		}
		return
	}
	streams := cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	os.Exit(app.Main(context.Background(), version, openWindow, os.Args[1:], streams))
}

package app

import (
	"context"
	"log/slog"

	"packbench/backend/doors/desktop"
)

// Frame is what the window's frame does for the program: a desktop.Shell that can be brought to the front.
type Frame interface {
	desktop.Shell
	Focus()
}

// Window is the program behind a window.
type Window struct {
	options Options
	door    *desktop.Door
	frame   Frame
}

// NewWindow makes it; nothing is opened before Start, because the structs are bound first.
func NewWindow(o Options) *Window {
	return &Window{options: o, door: desktop.New(slog.Default(), "", o.Version)}
}

// Bound gives the structs to bind.
func (w *Window) Bound() []any { return w.door.Bound() }

// Start opens the data folder; ctx ends with the window.
func (w *Window) Start(ctx context.Context, frame Frame) {
	w.frame = frame
	w.door.Attach(ctx, frame)
}

// Focus brings the window to the front.
func (w *Window) Focus() {}

// Close ends everything.
func (w *Window) Close() {}

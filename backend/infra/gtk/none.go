//go:build !(lazygtk && linux && (amd64 || arm64))

package gtk

// Load has nothing to do where the window's libraries are linked in the usual way.
func Load() error { return nil }

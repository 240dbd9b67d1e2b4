// Package gtk loads GTK and WebKitGTK when a window is opened, and not before. Linked in the usual way they and the 160
// libraries below them cost every start of the program 100 ms and 50 MB, the terminal's commands and serve too, and none
// would run on a server without them.
//
// With the build tag lazygtk, forward.c defines each function that Wails' window calls as a jump through a table that Load
// fills. The linker then finds them here and needs no library: build/pkg-config, which go build is given as PKG_CONFIG,
// leaves the libraries out. Without the tag they are linked as usual.
package gtk

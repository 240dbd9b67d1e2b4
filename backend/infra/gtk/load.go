//go:build lazygtk && linux && (amd64 || arm64)

package gtk

/*
#cgo LDFLAGS: -ldl
#include <stdlib.h>
char *packbench_load_gtk(const char *library);
*/
import "C"

import (
	"errors"
	"unsafe"

	"packbench/backend/base/errs"
)

// library is WebKitGTK for GTK 3 and libsoup 3; it brings all others.
const library = "libwebkit2gtk-4.1.so.0"

// Load makes the window's libraries ready; it must have succeeded before Wails runs. Unavailable: they are not installed,
// or lack a function.
func Load() error {
	name := C.CString(library)
	defer C.free(unsafe.Pointer(name))
	problem := C.packbench_load_gtk(name)
	if problem == nil {
		return nil
	}
	defer C.free(unsafe.Pointer(problem))
	return errs.Wrap(errors.New(C.GoString(problem)), errs.Unavailable,
		"The window needs GTK 3 and WebKitGTK 4.1, and they can't be loaded (%s). Install them (Debian and Ubuntu: apt install libwebkit2gtk-4.1-0), or use packbench serve and the other commands, which work without.",
		C.GoString(problem))
}

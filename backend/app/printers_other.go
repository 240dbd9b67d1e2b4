//go:build !windows

package app

import (
	"packbench/backend/core/printing"
	"packbench/backend/infra/ipp"
	"packbench/backend/infra/rawprint"
)

// printerDrivers is how printers are reached from here: over the network, and through the CUPS of this machine.
func printerDrivers() map[printing.Kind]printing.Driver {
	return map[printing.Kind]printing.Driver{
		printing.Raw: rawprint.Driver{},
		printing.IPP: &ipp.Driver{Local: ipp.LocalServer()},
	}
}

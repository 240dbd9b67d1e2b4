package app

import (
	"packbench/backend/core/printing"
	"packbench/backend/infra/ipp"
	"packbench/backend/infra/rawprint"
	"packbench/backend/infra/winspool"
)

// printerDrivers is how printers are reached from here: over the network, and through the Windows spooler.
func printerDrivers() map[printing.Kind]printing.Driver {
	return map[printing.Kind]printing.Driver{
		printing.Raw:     rawprint.Driver{},
		printing.IPP:     &ipp.Driver{},
		printing.Spooler: winspool.Driver{},
	}
}

package winspool

import (
	"context"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"packbench/backend/base/errs"
	"packbench/backend/core/printing"
)

var (
	winspool         = windows.NewLazySystemDLL("winspool.drv")
	enumPrinters     = winspool.NewProc("EnumPrintersW")
	openPrinter      = winspool.NewProc("OpenPrinterW")
	closePrinter     = winspool.NewProc("ClosePrinter")
	startDocPrinter  = winspool.NewProc("StartDocPrinterW")
	endDocPrinter    = winspool.NewProc("EndDocPrinter")
	abortPrinter     = winspool.NewProc("AbortPrinter")
	startPagePrinter = winspool.NewProc("StartPagePrinter")
	endPagePrinter   = winspool.NewProc("EndPagePrinter")
	writePrinter     = winspool.NewProc("WritePrinter")
)

// What EnumPrinters is asked for, and what it says (winspool.h).
const (
	enumLocal                = 0x2
	enumConnections          = 0x4
	attributeWorkOffline     = 0x400
	infoLevel                = 2
	statusPaused             = 0x1
	statusError              = 0x2
	statusPaperJam           = 0x8
	statusPaperOut           = 0x10
	statusOffline            = 0x80
	statusNotReady           = statusPaused | statusError | statusPaperJam | statusPaperOut | statusOffline
	docInfoLevel             = 1
	printerMissing           = windows.Errno(1801) // ERROR_INVALID_PRINTER_NAME
	bufferTooSmall           = windows.ERROR_INSUFFICIENT_BUFFER
	enumTries            int = 4 // printers may be added between asking for the size and the list
)

// printerInfo2 is PRINTER_INFO_2W.
type printerInfo2 struct {
	server, name, share, port, driver, comment, location *uint16
	devMode                                              uintptr
	sepFile, processor, datatype, parameters             *uint16
	security                                             uintptr
	attributes, priority, defaultPriority                uint32
	startTime, untilTime, status, jobs, pagesPerMinute   uint32
}

// docInfo1 is DOC_INFO_1W.
type docInfo1 struct{ name, outputFile, datatype *uint16 }

// Driver is printing.Driver for the Windows spooler. Its address of a printer is the printer's name.
type Driver struct{}

var _ printing.Driver = Driver{}

// Find gives the printers of this machine and those it is connected to.
func (Driver) Find(context.Context) ([]printing.Found, error) {
	list, err := printers()
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "Windows did not tell its printers. Check that its print spooler runs.")
	}
	return list, nil
}

func printers() ([]printing.Found, error) {
	var need, count uint32
	size := uint32(64 << 10)
	for range enumTries {
		buffer := make([]byte, size)
		ok, _, err := enumPrinters.Call(enumLocal|enumConnections, 0, infoLevel, uintptr(unsafe.Pointer(&buffer[0])),
			uintptr(size), uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&count)))
		if ok != 0 {
			return describe(unsafe.Slice((*printerInfo2)(unsafe.Pointer(&buffer[0])), count)), nil
		}
		if err != bufferTooSmall { //nolint:errorlint // Call gives an Errno, never wrapped
			return nil, err
		}
		size = need
	}
	return nil, bufferTooSmall
}

func describe(list []printerInfo2) []printing.Found {
	var found []printing.Found
	for _, p := range list {
		name := windows.UTF16PtrToString(p.name)
		f := printing.Found{
			Kind: printing.Spooler, Address: name, Name: name, Model: windows.UTF16PtrToString(p.driver),
			Place: windows.UTF16PtrToString(p.location), Ready: p.status&statusNotReady == 0 && p.attributes&attributeWorkOffline == 0,
		}
		switch {
		case p.status&statusPaperOut != 0:
			f.Says = "out of paper"
		case p.status&statusPaperJam != 0:
			f.Says = "a paper jam"
		case p.status&statusPaused != 0:
			f.Says = "it is paused"
		case !f.Ready:
			f.Says = "it is offline or has a fault"
		}
		found = append(found, f)
	}
	return found
}

// Look finds one printer by its name.
func (d Driver) Look(ctx context.Context, address string) (printing.Found, error) {
	list, err := d.Find(ctx)
	if err != nil {
		return printing.Found{}, err
	}
	for _, f := range list {
		if f.Name == address {
			return f, nil
		}
	}
	return printing.Found{}, missing(address, nil)
}

func missing(name string, err error) error {
	return errs.Wrap(err, errs.Unavailable, "Windows knows no printer called %s. Look under Printers in its settings.", name)
}

// Send hands the spooler a whole document.
func (Driver) Send(_ context.Context, p printing.Printer, sheet printing.Sheet) (string, error) {
	printer, err := open(p.Address)
	if err != nil {
		return "", err
	}
	defer closePrinter.Call(uintptr(printer))
	job, err := start(printer, sheet.Name)
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "Windows did not take a job for %s: %v. Nothing was printed.", p.Name, err)
	}
	if err := write(printer, sheet.Bytes); err != nil {
		_, _, _ = abortPrinter.Call(uintptr(printer)) // a queue may print while it takes, so that this proves nothing
		return "", errs.Wrap(err, errs.Unclear, "Windows stopped taking the document for %s: %v. Look whether it came out before you print it again.", p.Name, err)
	}
	if ok, _, err := endDocPrinter.Call(uintptr(printer)); ok == 0 {
		return "", errs.Wrap(err, errs.Unclear, "Windows took the document for %s and did not confirm it: %v. Look whether it came out before you print it again.", p.Name, err)
	}
	return fmt.Sprintf("Windows has it as job %d.", job), nil
}

func open(name string) (windows.Handle, error) {
	wide, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, missing(name, err)
	}
	var printer windows.Handle
	ok, _, err := openPrinter.Call(uintptr(unsafe.Pointer(wide)), uintptr(unsafe.Pointer(&printer)), 0)
	switch {
	case ok != 0:
		return printer, nil
	case err == printerMissing: //nolint:errorlint // Call gives an Errno, never wrapped
		return 0, missing(name, err)
	}
	return 0, errs.Wrap(err, errs.Unavailable, "Windows did not open the printer %s: %v. Nothing was printed.", name, err)
}

func start(printer windows.Handle, name string) (job uint32, err error) {
	title, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, err
	}
	raw, err := windows.UTF16PtrFromString("RAW")
	if err != nil {
		return 0, err
	}
	number, _, err := startDocPrinter.Call(uintptr(printer), docInfoLevel, uintptr(unsafe.Pointer(&docInfo1{name: title, datatype: raw})))
	if number == 0 {
		return 0, err
	}
	return uint32(number), nil
}

func write(printer windows.Handle, data []byte) error {
	if ok, _, err := startPagePrinter.Call(uintptr(printer)); ok == 0 {
		return err
	}
	for len(data) > 0 {
		var written uint32
		ok, _, err := writePrinter.Call(uintptr(printer), uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)), uintptr(unsafe.Pointer(&written)))
		if ok == 0 {
			return err
		}
		if written == 0 {
			return windows.ERROR_WRITE_FAULT
		}
		data = data[written:]
	}
	if ok, _, err := endPagePrinter.Call(uintptr(printer)); ok == 0 {
		return err
	}
	return nil
}

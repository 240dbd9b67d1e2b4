// Package winspool reaches the printers of the Windows spooler and hands them bytes unchanged (data type RAW), which is
// right for label printers that understand ZPL. On other systems it has nothing.
package winspool

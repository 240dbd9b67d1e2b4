package pdf

import (
	"context"
	"syscall"
	"testing"

	"packbench/backend/core/document"
)

// The figure to read is docs/cpu-s: documents for each second of processor time, user and system,
// collector included, which other programs on the machine don't disturb. Run with GOMAXPROCS=1.

func cpuSeconds(b *testing.B) float64 {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

func measureCPU(b *testing.B, documents int, draw func() error) {
	b.ReportAllocs()
	if err := draw(); err != nil { // fonts and logo are read once
		b.Fatal(err)
	}
	before := cpuSeconds(b)
	for b.Loop() {
		if err := draw(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*documents)/(cpuSeconds(b)-before), "docs/cpu-s")
}

// BenchmarkPackingSlip draws a slip of 20 lines with logo and barcode on A4, one in each file.
func BenchmarkPackingSlip(b *testing.B) {
	slips := []document.PackingSlip{sampleSlip(20)}
	measureCPU(b, 1, func() error {
		_, err := PackingSlips(context.Background(), slips, 1)
		return err
	})
}

// BenchmarkPackingSlipBatch100 draws a hundred of them into one file, each for another recipient and of other articles.
func BenchmarkPackingSlipBatch100(b *testing.B) {
	slips := sampleOrders(100)
	measureCPU(b, len(slips), func() error {
		_, err := PackingSlips(context.Background(), slips, 1)
		return err
	})
}

// BenchmarkInvoice draws an invoice of 20 lines on A4.
func BenchmarkInvoice(b *testing.B) {
	invoices := []document.CommercialInvoice{sampleInvoice(20)}
	measureCPU(b, 1, func() error {
		_, err := CommercialInvoices(context.Background(), invoices, 1)
		return err
	})
}

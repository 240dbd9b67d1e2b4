package label

import (
	"syscall"
	"testing"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

func benchmark(b *testing.B, format courier.Format, l document.Label) {
	b.ReportAllocs()
	before := processorTime(b)
	for b.Loop() {
		if _, _, err := (Drawer{}).DrawLabels(b.Context(), []document.Label{l}, format, courier.Size4x6, 203); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/(processorTime(b)-before).Seconds(), "labels/cpu-s")
}

// processorTime gives what the process has used, by all its threads: the clock on the wall tells little on a busy machine.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func BenchmarkLabelPDF(b *testing.B) { benchmark(b, courier.PDF, sample()) }
func BenchmarkLabelZPL(b *testing.B) { benchmark(b, courier.ZPL, sample()) }
func BenchmarkLabelPNG(b *testing.B) { benchmark(b, courier.PNG, sample()) }

// A full label in another script: the bitmap route of ZPL and the outlines of PDF.
func BenchmarkLabelPDFJapanese(b *testing.B) { benchmark(b, courier.PDF, inScript("Japanese")) }
func BenchmarkLabelZPLJapanese(b *testing.B) { benchmark(b, courier.ZPL, inScript("Japanese")) }
func BenchmarkLabelZPLPolish(b *testing.B)   { benchmark(b, courier.ZPL, inScript("Polish")) }

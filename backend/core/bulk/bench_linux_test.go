package bulk_test

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"packbench/backend/core/bulk"
	"packbench/backend/core/document"
	"packbench/backend/testkit"
)

// BenchmarkDocuments1000 puts the labels and slips of a thousand shipments into one PDF. Its figures are cpu-s, seconds of
// processor time, user and system, collector included, for one file, and peak-MB, the most memory that the process had
// while it ran, database and cache included. Run it with -benchtime 1x.
func BenchmarkDocuments1000(b *testing.B) {
	w := newWorld(b)
	list := w.shipMany(b, 1000, "pdf")
	ask := bulk.Ask{Action: bulk.Documents, IDs: ids(list...), Kinds: []document.Kind{document.KindLabel, document.KindPackingSlip}}
	resetPeak(b)
	before := processorTime(b)
	for b.Loop() {
		if run := w.done(b, ask); run.Done != 1000 || len(run.Files) != 1 {
			b.Fatalf("%+v", run)
		}
	}
	b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-s")
	b.ReportMetric(peak(b), "peak-MB")
	b.ReportMetric(float64(w.file(b, 0).Size)/1e6, "file-MB")
}

func processorTime(b *testing.B) float64 {
	b.Helper()
	var usage syscall.Rusage
	testkit.OK(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

// resetPeak makes the kernel forget how much memory the process had so far.
func resetPeak(b *testing.B) {
	b.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil {
		b.Logf("the peak counts from the start: %v", err)
	}
}

// peak gives the most memory that the process had, in MB.
func peak(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	testkit.OK(b, err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	testkit.OK(b, err)
	return kilobytes * 1024 / 1e6
}

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// drawn is one drawing benchmark of the Go tests and what it should reach, in documents for each second of processor time.
type drawn struct {
	pkg, benchmark, name string
	goal                 float64
}

// drawing runs the benchmarks that draw, on one processor, and prints their figures.
func drawing() error {
	for _, d := range []drawn{
		{"./backend/infra/pdf", "BenchmarkPackingSlip", "packing slip, 20 lines, one by one", 350},
		{"./backend/infra/pdf", "BenchmarkPackingSlipBatch100", "packing slip, 20 lines, 100 in one file", 2000},
		{"./backend/infra/label", "BenchmarkLabelPDF", "label as PDF", 500},
		{"./backend/infra/label", "BenchmarkLabelZPL", "label as ZPL", 20000},
	} {
		perSecond, err := d.run()
		if err != nil {
			return err
		}
		if err := print(figure{
			Name: d.name, Value: perSecond, Unit: "/processor-second", Floor: d.goal, Ratio: perSecond / d.goal, Goal: 1,
		}); err != nil {
			return err
		}
	}
	return nil
}

func (d drawn) run() (perSecond float64, err error) {
	test := exec.Command("go", "test", "-run", "^$", "-bench", "^"+d.benchmark+"$", "-benchtime", "3s", d.pkg)
	test.Env = append(os.Environ(), "GOMAXPROCS=1")
	out, err := test.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", d.benchmark, err, out)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		for i, word := range words {
			if strings.HasSuffix(word, "/cpu-s") {
				return strconv.ParseFloat(words[i-1], 64)
			}
		}
	}
	return 0, fmt.Errorf("%s told no documents for each second of processor time:\n%s", d.benchmark, out)
}

package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// run gives the standard output of a program that reads PDF files. The test fails where the program
// is missing, unless PACKBENCH_TOOLS=optional.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		sentence := program + " is missing, so documents can't be read back. Run: make setup-test"
		if os.Getenv("PACKBENCH_TOOLS") == "optional" {
			t.Skip(sentence)
		}
		t.Fatal(sentence)
	}
	command := exec.Command(program, args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}

// keep puts a file into the test's folder, checks that it is sound and gives its path.
func keep(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if answer := run(t, "qpdf", "--check", path); strings.Contains(answer, "WARNING") {
		t.Errorf("qpdf: %s", answer)
	}
	return path
}

// marks of direction that pdftotext adds to right-to-left text.
var marks = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u200e", "", "\u200f", "")

// textOf gives the text of a file, a page each, with runs of space made one.
func textOf(t *testing.T, path string) []string {
	t.Helper()
	pages := strings.Split(strings.TrimSuffix(marks.Replace(run(t, "pdftotext", "-layout", path, "-")), "\f"), "\f")
	for i, page := range pages {
		pages[i] = strings.Join(strings.Fields(page), " ")
	}
	return pages
}

// scanned gives the barcode on the first page of a file, printed at a resolution.
func scanned(t *testing.T, path string, dpi int) string {
	t.Helper()
	sheet := filepath.Join(t.TempDir(), "sheet")
	run(t, "pdftoppm", "-r", strconv.Itoa(dpi), "-gray", "-singlefile", "-aa", "no", "-aaVector", "no", path, sheet)
	return strings.TrimSpace(run(t, "zbarimg", "--quiet", "--nodbus", "--raw", "-S*.disable", "-Scode128.enable", sheet+".pgm"))
}

// word is a word on a page with its box in points.
type word struct {
	page        int
	text        string
	left, right float64
	top, bottom float64
}

var boxed = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>`)

func words(t *testing.T, path string) []word {
	t.Helper()
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var found []word
	for page, answer := range strings.Split(run(t, "pdftotext", "-bbox", path, "-"), "<page ") {
		for _, m := range boxed.FindAllStringSubmatch(answer, -1) {
			found = append(found, word{page: page, text: m[5], left: number(m[1]), top: number(m[2]), right: number(m[3]), bottom: number(m[4])})
		}
	}
	return found
}

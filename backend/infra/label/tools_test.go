package label

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// need gives the path of a program the tests read labels with. It fails the test when the program is missing, unless
// PACKBENCH_TOOLS=optional.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		missing(t, program)
	}
	return path
}

func missing(t *testing.T, what string) {
	t.Helper()
	sentence := what + " is missing, so labels can't be read back. Run: make setup-test zpl-viewer"
	if os.Getenv("PACKBENCH_TOOLS") == "optional" {
		t.Skip(sentence)
	}
	t.Fatal(sentence)
}

// run gives the standard output of a program.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	command := exec.Command(need(t, program), args...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}

// write puts a file into the test's folder and gives its path.
func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// scan gives what zbarimg reads on a picture: "CODE-128 GS1 003…" for each symbol.
func scan(t *testing.T, path string) []string {
	t.Helper()
	answer := run(t, "zbarimg", "--quiet", "--nodbus", "--xml", "-S*.disable", "-Scode128.enable", path)
	var symbols []string
	for _, symbol := range strings.Split(answer, "<symbol ")[1:] {
		read := attribute(symbol, "type='")
		if modifiers := attribute(symbol, "modifiers='"); modifiers != "" {
			read += " " + modifiers
		}
		_, data, _ := strings.Cut(symbol, "<![CDATA[")
		data, _, _ = strings.Cut(data, "]]>")
		symbols = append(symbols, read+" "+data)
	}
	return symbols
}

func attribute(symbol, name string) string {
	_, value, _ := strings.Cut(symbol, name)
	value, _, found := strings.Cut(value, "'")
	if !found {
		return ""
	}
	return value
}

// rasterise turns the first page of a PDF into dots, as a portable grey map.
func rasterise(t *testing.T, pdf string, dpi int, smooth bool) string {
	t.Helper()
	answer := map[bool]string{true: "yes", false: "no"}[smooth]
	sheet := filepath.Join(t.TempDir(), "sheet")
	run(t, "pdftoppm", "-r", strconv.Itoa(dpi), "-gray", "-singlefile", "-aa", answer, "-aaVector", answer, pdf, sheet)
	return sheet + ".pgm"
}

// greyMap reads a portable grey map (P5).
func greyMap(t *testing.T, path string) image.Image {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var width, height, most int
	if _, err := fmt.Sscanf(string(data[:64]), "P5\n%d %d\n%d\n", &width, &height, &most); err != nil || most != 255 {
		t.Fatalf("%s is no grey map of 256 shades: %v", path, err)
	}
	return &image.Gray{Pix: data[len(data)-width*height:], Stride: width, Rect: image.Rect(0, 0, width, height)}
}

// viewer is the ZPL renderer, one process for all tests.
var viewer struct {
	sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

const viewerFolder = "testdata/zplview"

// printed gives the labels a ZPL printer with stock s would print.
func printed(t *testing.T, zpl []byte, s stock) [][]byte {
	t.Helper()
	viewer.Lock()
	defer viewer.Unlock()
	if viewer.in == nil {
		if _, err := os.Stat(viewerFolder + "/node_modules/zpl-renderer-js"); err != nil {
			missing(t, "the ZPL viewer")
		}
		command := exec.Command(need(t, "node"), viewerFolder+"/render.mjs")
		in, err := command.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		viewer.in, viewer.out = in, bufio.NewReader(out)
	}
	perMillimetre := map[int]int{203: 8, 300: 12}[s.dpi]
	err := json.NewEncoder(viewer.in).Encode(map[string]any{
		"zpl": string(zpl), "dpmm": perMillimetre,
		"width": float64(s.width) / float64(perMillimetre), "height": float64(s.height) / float64(perMillimetre),
	})
	if err != nil {
		t.Fatal(err)
	}
	line, err := viewer.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("the ZPL viewer ended: %v", err)
	}
	var answer struct {
		Pages [][]byte
		Error string
	}
	if err := json.Unmarshal(line, &answer); err != nil || answer.Error != "" {
		t.Fatalf("the ZPL viewer: %v %s", err, answer.Error)
	}
	return answer.Pages
}

// picture decodes a PNG.
func picture(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// dark reports whether a dot is nearer to black than to white.
func dark(img image.Image, x, y int) bool {
	r, _, _, _ := img.At(x, y).RGBA()
	return r < 0x8000
}

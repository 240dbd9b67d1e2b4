package typeset

// Memory remembers how texts were fitted, for the documents of one file, which say much the same. It is for one
// goroutine; a nil Memory remembers nothing.
type Memory struct{ fitted map[fitting]Block }

// fitting is what was asked of Fit.
type fitting struct {
	text  string
	style Style
	box   Box
}

// remembered is how many texts a Memory holds before it begins anew, some 2 MB.
const remembered = 8192

// NewMemory gives an empty one.
func NewMemory() *Memory { return &Memory{map[fitting]Block{}} }

// Fit is the function Fit; the lines it gives are shared and must not be changed.
func (m *Memory) Fit(text string, style Style, box Box) Block {
	if m == nil {
		return Fit(text, style, box)
	}
	asked := fitting{text, style, box}
	block, known := m.fitted[asked]
	if !known {
		block = Fit(text, style, box)
		if len(m.fitted) >= remembered {
			clear(m.fitted)
		}
		m.fitted[asked] = block
	}
	return block
}

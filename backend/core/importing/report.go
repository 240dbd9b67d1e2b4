package importing

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"packbench/backend/base/sheet"
	"packbench/backend/core/draft"
)

// Result is what came of one shipment of a file.
type Result string

// The results. A dry run gives Ready, Wrong and Before; the others never give Ready.
const (
	Ready   Result = "ready"   // can be bought
	Wrong   Result = "wrong"   // something has to be put right; nothing was bought
	Before  Result = "before"  // an earlier import of this file made it: a shipment by Number, or else a draft
	Made    Result = "made"    // the label was bought
	Kept    Result = "kept"    // it is a draft now
	Away    Result = "away"    // its courier could not be asked: nothing was sent, and it may wait as a draft
	Unclear Result = "unclear" // it is not known whether it was bought; never sent again
	Stopped Result = "stopped" // the import was stopped before it
)

// Line is one shipment of a file.
type Line struct {
	Rows      []int     `json:"rows"` // where its rows stand in the file
	Reference string    `json:"reference"`
	Recipient string    `json:"recipient"`
	Result    Result    `json:"result"`
	Number    int64     `json:"number"` // of the shipment; 0 for none
	Tracking  string    `json:"tracking"`
	Problems  []Problem `json:"problems"`

	draft draft.ID // of what was Kept
}

// Report is what came of a file, in its order.
type Report struct {
	Lines []Line
}

// Counts is how many shipments came to which end.
type Counts struct {
	Rows      int `json:"rows"`
	Shipments int `json:"shipments"`
	Ready     int `json:"ready"`
	Wrong     int `json:"wrong"`
	Before    int `json:"before"`
	Made      int `json:"made"`
	Kept      int `json:"kept"`
	Away      int `json:"away"`
	Unclear   int `json:"unclear"`
	Stopped   int `json:"stopped"`
}

// Counts counts.
func (r Report) Counts() Counts {
	c := Counts{Shipments: len(r.Lines)}
	for _, line := range r.Lines {
		c.Rows += len(line.Rows)
		switch line.Result {
		case Ready:
			c.Ready++
		case Wrong:
			c.Wrong++
		case Before:
			c.Before++
		case Made:
			c.Made++
		case Kept:
			c.Kept++
		case Away:
			c.Away++
		case Unclear:
			c.Unclear++
		case Stopped:
			c.Stopped++
		}
	}
	return c
}

// Sentence says for people what came of a line.
func (l Line) Sentence() string {
	switch l.Result {
	case Ready:
		return "Ready."
	case Kept:
		return "Kept as a draft."
	case Before:
		if l.Number == 0 {
			return "Kept as a draft before; nothing was made now."
		}
		return fmt.Sprintf("Made before as shipment %d; nothing was bought now.", l.Number)
	case Made:
		return "Label made."
	case Stopped:
		return "The import was stopped before this row; nothing was bought."
	}
	sentences := make([]string, len(l.Problems))
	for i, p := range l.Problems {
		sentences[i] = p.Message
		if p.Column != "" {
			sentences[i] = p.Column + ": " + p.Message
		}
	}
	return strings.Join(sentences, " ")
}

// Write writes the result file: one line for each row of the imported file, as a CSV table.
func (r Report) Write(to io.Writer) error {
	w, err := sheet.NewWriter(to, "row", "reference", "result", "shipment", "tracking_number", "sentence")
	if err != nil {
		return err
	}
	for _, line := range r.Lines {
		number := ""
		if line.Number != 0 {
			number = strconv.FormatInt(line.Number, 10)
		}
		for _, row := range line.Rows {
			if err := w.Write([]string{strconv.Itoa(row), line.Reference, string(line.Result), number, line.Tracking, line.sentenceOf(row)}); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// sentenceOf is Sentence for one row: of several, only the row's own problems are told where it has some.
func (l Line) sentenceOf(row int) string {
	own := l
	own.Problems = nil
	for _, p := range l.Problems {
		if p.Row == row {
			own.Problems = append(own.Problems, p)
		}
	}
	if len(own.Problems) == 0 && len(l.Problems) > 0 && len(l.Rows) > 1 {
		return fmt.Sprintf("Row %d of this shipment: %s", l.Problems[0].Row, l.Sentence())
	}
	return own.Sentence()
}

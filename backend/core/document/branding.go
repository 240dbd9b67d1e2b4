package document

import (
	"bytes"
	"fmt"

	"packbench/backend/base/errs"
)

// Paper is the size of a document's pages.
type Paper string

// The papers documents are drawn on. "" is A4.
const (
	PaperA4     Paper = "A4"     // 210 × 297 mm
	PaperLetter Paper = "Letter" // 8.5 × 11 in
	PaperA5     Paper = "A5"     // 148 × 210 mm, no manifests
	Paper4x6    Paper = "4x6"    // 4 × 6 in, no manifests: the roll that labels are printed on
)

// Papers are those of packing slips and invoices, OfficePapers those of manifests, whose tables need the width.
var (
	Papers       = []Paper{PaperA4, PaperLetter, PaperA5, Paper4x6}
	OfficePapers = []Paper{PaperA4, PaperLetter}
)

// Branding is what makes a document the business's own.
type Branding struct {
	Logo    []byte `json:"logo"`    // PNG or JPEG, at most MaxLogo bytes; nil for none
	Details string `json:"details"` // the business's name, address and numbers, at the foot of every page
	Footer  string `json:"footer"`  // stands under them: web address, what the law asks for
}

// MaxLogo is the largest logo file taken, in bytes.
const MaxLogo = 2 << 20

// Validate returns errs.Invalid for a logo that is too large or no PNG or JPEG by its first bytes. Whether the picture
// is whole is seen when it is drawn.
func (b Branding) Validate() error {
	if fault := b.fault(); fault != "" {
		return errs.OnField("branding.logo", "%s", fault)
	}
	return nil
}

// fault says what is wrong with the logo; "" for nothing.
func (b Branding) fault() string {
	switch {
	case len(b.Logo) == 0:
		return ""
	case len(b.Logo) > MaxLogo:
		return fmt.Sprintf("the logo has %d bytes; a file of at most 2 MiB is taken", len(b.Logo))
	case bytes.HasPrefix(b.Logo, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(b.Logo, []byte("\xff\xd8\xff")):
		return ""
	}
	return "the logo is neither a PNG nor a JPEG; save it as one of these"
}

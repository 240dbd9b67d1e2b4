package template

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/document"
)

// Checked tells all that is wrong at once, and gives the template as it is kept.
func Checked(in Template) (Template, error) {
	var wrong errs.Fields
	in.Business.check(&wrong)
	checkText(&wrong, "packing_slip.message", &in.Slip.Message, TextLimit, true)
	checkLook(&wrong, "packing_slip", in.Slip.Language, in.Slip.Paper, document.Papers)
	checkLook(&wrong, "commercial_invoice", in.Invoice.Language, in.Invoice.Paper, document.Papers)
	checkLook(&wrong, "manifest", in.Manifest.Language, in.Manifest.Paper, document.OfficePapers)
	return in, wrong.Err()
}

func checkLook(wrong *errs.Fields, path string, language document.Language, paper document.Paper, papers []document.Paper) {
	if !language.Known() {
		wrong.Add(path+".language", "There is no language %q; it is one of %s.", string(language), listed(document.Languages))
	}
	if paper != "" && !slices.Contains(papers, paper) {
		wrong.Add(path+".paper", "The paper %q is not one of %s.", string(paper), listed(papers))
	}
}

func listed[T ~string](values []T) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

func (b *Business) check(wrong *errs.Fields) {
	wrong.AddError("business.address", b.Address.Check())
	checkText(wrong, "business.name", &b.Name, postal.LineLimit, false)
	checkText(wrong, "business.vat_number", &b.VATNumber, NameLimit, false)
	checkText(wrong, "business.eori_number", &b.EORI, NameLimit, false)
	checkText(wrong, "business.company_number", &b.CompanyNumber, NameLimit, false)
	checkText(wrong, "business.footer", &b.Footer, TextLimit, true)
	checkText(wrong, "business.returns", &b.Returns, TextLimit, true)
	switch {
	case len(b.Logo) == 0, bytes.HasPrefix(b.Logo, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(b.Logo, []byte("\xff\xd8\xff")):
	default:
		wrong.Add("business.logo", "The logo is neither a PNG nor a JPEG; save it as one of these.")
	}
	if len(b.Logo) > LogoLimit {
		wrong.Add("business.logo", "The logo has %d KiB and may have at most %d: it is part of every slip. Save it smaller; 1,000 pixels across are plenty.", len(b.Logo)>>10, LogoLimit>>10)
	}
}

// checkText trims a text and refuses what is too long or can't be printed.
func checkText(wrong *errs.Fields, path string, text *string, limit int, lines bool) {
	*text = strings.TrimSpace(*text)
	if n := utf8.RuneCountInString(*text); n > limit {
		wrong.Add(path, "This has %d characters and may have at most %d.", n, limit)
	}
	odd := func(r rune) bool { return unicode.IsControl(r) && !(lines && r == '\n') }
	if strings.ContainsFunc(*text, odd) || !utf8.ValidString(*text) {
		wrong.Add(path, "Use plain text, without control characters.")
	}
}

package document

import (
	"fmt"
	"slices"
	"strings"

	"packbench/backend/base/errs"
)

// fields collects what is wrong with a document's content.
type fields []errs.Field

func (f *fields) add(path, format string, args ...any) {
	*f = append(*f, errs.Field{Path: path, Message: fmt.Sprintf(format, args...)})
}

func (f *fields) paper(paper Paper, known ...Paper) {
	if paper != "" && !slices.Contains(known, paper) {
		names := make([]string, len(known))
		for i, p := range known {
			names[i] = string(p)
		}
		f.add("paper", "paper %q is not one of %s", string(paper), strings.Join(names, ", "))
	}
}

func (f *fields) language(l Language) {
	if !l.Known() {
		names := make([]string, len(Languages))
		for i, known := range Languages {
			names[i] = string(known)
		}
		f.add("language", "there is no language %q; it is one of %s", string(l), strings.Join(names, ", "))
	}
}

func (f *fields) branding(b Branding) {
	if fault := b.fault(); fault != "" {
		f.add("branding.logo", "%s", fault)
	}
}

func (f *fields) lines(count int) {
	switch {
	case count == 0:
		f.add("lines", "there is no line; at least one article is needed")
	case count > maxLines:
		f.add("lines", "there are %d lines; at most %d are drawn, split the shipment", count, maxLines)
	}
}

// err gives errs.Invalid where anything is wrong, nil otherwise.
func (f fields) err(sentence string) error {
	if len(f) == 0 {
		return nil
	}
	return &errs.Error{Code: errs.Invalid, Message: sentence, Fields: f}
}

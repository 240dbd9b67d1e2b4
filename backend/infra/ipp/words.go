package ipp

import (
	"cmp"
	"fmt"
	"strings"
)

// plain are the keywords of printers in words that people use (RFC 8011 §5.4.12, §5.3.8; PWG 5100.9).
var plain = map[string]string{
	"media-empty": "out of paper", "media-needed": "it needs paper", "media-jam": "a paper jam", "media-low": "paper is low",
	"cover-open": "a cover is open", "door-open": "a door is open", "toner-empty": "out of toner", "toner-low": "toner is low",
	"marker-supply-empty": "out of ink or ribbon", "marker-supply-low": "ink or ribbon is low", "paused": "it is paused",
	"moving-to-paused": "it is being paused", "shutdown": "it is switched off", "connecting-to-device": "it is being connected",
	"timed-out": "it did not answer its queue", "offline": "it is offline", "job-printing": "printing", "job-incoming": "receiving",
	"processing-to-stop-point": "it is being stopped", "printer-stopped": "the printer is stopped",
	"job-canceled-by-user": "somebody cancelled it", "job-canceled-by-operator": "somebody cancelled it at the printer",
	"aborted-by-system": "the printer gave up", "document-format-error": "it could not read the document",
	"unsupported-document-format": "it does not take this kind of document", "job-data-insufficient": "the document ended too early",
	"queued-in-device": "it waits in the printer", "job-hold-until-specified": "it is held",
}

// reasons gives keywords in words, without their severity and without "none".
func reasons(g group, name string) []string {
	var out []string
	for _, keyword := range g.texts(name) {
		words, known := plain[keyword]
		if !known { // a reason of a printer has its severity behind it
			for _, severity := range []string{"-error", "-warning", "-report"} {
				keyword = strings.TrimSuffix(keyword, severity)
			}
			words = cmp.Or(plain[keyword], keyword)
		}
		if words != "" && words != "none" {
			out = append(out, words)
		}
	}
	return out
}

// statuses are the refusals that people meet (RFC 8011 §B.1).
var statuses = map[uint16]string{
	0x0400: "it did not understand the request", 0x0401: "printing is not allowed", 0x0402: "it wants somebody to sign in",
	0x0403: "this user may not print", 0x0406: "there is no such printer", 0x0408: "the document is too large",
	0x040a: "it does not take this kind of document", 0x040b: "it does not offer what was asked",
	0x0411: "it could not read the document", 0x0500: "something went wrong inside it", 0x0501: "it can't do this",
	0x0502: "it is not available", 0x0503: "it speaks another version of IPP", 0x0504: "the printer has a fault",
	0x0505: "it has a fault for the moment", 0x0506: "it takes no jobs now", 0x0507: "it is busy with another job", 0x0508: "the job was cancelled",
}

// spoken gives a refusal in words: ours, then the printer's own in quotes.
func spoken(m message) string {
	words, known := statuses[m.code]
	if !known {
		words = fmt.Sprintf("status 0x%04x", m.code)
	}
	if own := m.group(tagOperation).text("status-message"); own != "" {
		words += fmt.Sprintf(" (%q)", own)
	}
	return words
}

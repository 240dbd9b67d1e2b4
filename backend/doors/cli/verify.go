package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"packbench/backend/base/errs"
	"packbench/backend/core/audit"
)

// Verified is what verify found.
type Verified struct {
	Database  VerifiedPart
	Documents VerifiedPart
	Audit     audit.Verdict
}

// VerifiedPart is one part of it: Wrong names what is damaged, empty where nothing is.
type VerifiedPart struct {
	Checked int64
	Wrong   []string
}

type verifiedView struct {
	OK        bool             `json:"ok"`
	Verdict   string           `json:"verdict"`
	Database  verifiedPartView `json:"database"`
	Documents verifiedPartView `json:"documents"`
	Audit     verifiedAudit    `json:"audit"`
}

type verifiedPartView struct {
	OK      bool     `json:"ok"`
	Detail  string   `json:"detail"`
	Checked int64    `json:"checked,omitempty"`
	Wrong   []string `json:"wrong"`
}

type verifiedAudit struct {
	OK      bool          `json:"ok"`
	Detail  string        `json:"detail"`
	Checked int64         `json:"checked"`
	Found   int64         `json:"found"`
	Faults  []audit.Fault `json:"faults"`
}

func (t *terminal) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "check the database, the documents and the audit; changes nothing", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			found, err := s.Verify(ctx)
			if err != nil {
				return err
			}
			view := verified(found)
			err = t.print(view, func(w io.Writer) { writeVerified(w, view) })
			if err == nil && !view.OK {
				return &reported{errs.New(errs.Unavailable, "%s", view.Verdict)}
			}
			return err
		}),
	}
}

func verified(v Verified) verifiedView {
	out := verifiedView{
		Database:  partView(v.Database, "the file is whole", "the file is damaged"),
		Documents: partView(v.Documents, fmt.Sprintf("%d checked, each as it was kept", v.Documents.Checked), ""),
		Audit: verifiedAudit{
			OK: v.Audit.Whole, Detail: auditDetail(v.Audit), Checked: v.Audit.Checked, Found: v.Audit.Found, Faults: append([]audit.Fault{}, v.Audit.Faults...),
		},
	}
	if !out.Documents.OK {
		out.Documents.Detail = fmt.Sprintf("%d of %d are not as they were kept", len(v.Documents.Wrong), v.Documents.Checked)
	}
	var broken []string
	for _, part := range []struct {
		name string
		ok   bool
	}{{"the database", out.Database.OK}, {"documents", out.Documents.OK}, {"the audit", out.Audit.OK}} {
		if !part.ok {
			broken = append(broken, part.name)
		}
	}
	out.OK, out.Verdict = len(broken) == 0, "Everything is whole."
	if !out.OK {
		out.Verdict = "Not whole: " + strings.Join(broken, ", ") + ". Keep a copy of the data folder as it is, then restore the latest backup."
	}
	return out
}

func partView(p VerifiedPart, whole, damaged string) verifiedPartView {
	view := verifiedPartView{OK: len(p.Wrong) == 0, Detail: whole, Checked: p.Checked, Wrong: append([]string{}, p.Wrong...)}
	if !view.OK {
		view.Detail = damaged
	}
	return view
}

func writeVerified(w io.Writer, v verifiedView) {
	for _, part := range []struct {
		name, detail string
		ok           bool
		wrong        []string
	}{
		{"database", v.Database.Detail, v.Database.OK, v.Database.Wrong},
		{"documents", v.Documents.Detail, v.Documents.OK, v.Documents.Wrong},
		{"audit", v.Audit.Detail, v.Audit.OK, faultLines(v.Audit)},
	} {
		mark := "ok "
		if !part.ok {
			mark = "BAD"
		}
		fmt.Fprintf(w, "%s  %-10s %s\n", mark, part.name, part.detail)
		for _, line := range part.wrong {
			fmt.Fprintf(w, "     %-10s %s\n", "", line)
		}
	}
	fmt.Fprintln(w, v.Verdict)
}

func auditDetail(v audit.Verdict) string {
	entries := fmt.Sprintf("%d entries checked", v.Checked)
	if v.Checked == 1 {
		entries = "1 entry checked"
	}
	switch {
	case v.Whole:
		return entries + ", whole"
	case v.Found == 1:
		return entries + ", " + faultText(v.Faults[0])
	}
	return fmt.Sprintf("%s, %d things are wrong, first: %s", entries, v.Found, faultText(v.Faults[0]))
}

func faultLines(a verifiedAudit) []string {
	var lines []string
	if len(a.Faults) < 2 {
		return lines
	}
	for _, f := range a.Faults {
		lines = append(lines, faultText(f))
	}
	if a.Found > int64(len(a.Faults)) {
		lines = append(lines, fmt.Sprintf("and %d more", a.Found-int64(len(a.Faults))))
	}
	return lines
}

// faultText says what was found wrong with the audit, and where.
func faultText(f audit.Fault) string {
	which, verb := fmt.Sprintf("entry %d", f.From), "was"
	if f.To > f.From {
		which, verb = fmt.Sprintf("entries %d to %d", f.From, f.To), "were"
	}
	day := ""
	if f.AtMs != 0 {
		day = " of " + time.UnixMilli(f.AtMs).Format("2 January 2006")
	}
	switch f.Kind {
	case audit.Changed:
		return which + day + " " + verb + " changed outside Packbench"
	case audit.Forged:
		return which + day + " " + verb + " written outside Packbench"
	case audit.Missing:
		return which + " " + verb + " removed; the next one is" + day
	case audit.Cut:
		return which + " at the end " + verb + " removed; the last one was" + day
	case audit.Replaced:
		return "the end was removed and written anew, up to " + which + day
	}
	return "the note of where it ends, kept outside the database, is gone: whether entries were removed at the end can't be told"
}

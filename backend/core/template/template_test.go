package template_test

import (
	"encoding/json"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/document"
	"packbench/backend/core/template"
	"packbench/backend/testkit"
)

const png = "\x89PNG\r\n\x1a\n"

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestASiteAndAGroupEachHaveTheirTemplate(t *testing.T) {
	b := testkit.New(t)
	ctx := testkit.Manager(t)
	group, err := b.Accounts.CreateGroup(ctx, "Client")
	ok(t, err)

	site, err := b.Templates.Get(ctx, "")
	ok(t, err)
	if site.Version != 0 || site.Slip.Language != document.English || !site.Slip.SKU || !site.Slip.GiftNote || site.Slip.Prices {
		t.Errorf("at first %+v", site)
	}
	site.Business = template.Business{Name: " North Ltd ", Logo: []byte(png + "canary"), Footer: "Line 1\nLine 2", Returns: "Send it back."}
	site.Slip.Prices = true
	site, err = b.Templates.Save(ctx, site)
	ok(t, err)

	own, err := b.Templates.Get(ctx, group.ID)
	ok(t, err)
	if own.GroupID != group.ID || own.Version != 0 || own.Business.Name != "North Ltd" || !own.Slip.Prices {
		t.Errorf("a group without its own follows %+v", own)
	}
	own.Business.Name, own.Business.Logo, own.Slip.Language, own.Slip.Paper = "The client", nil, document.German, document.Paper4x6
	own, err = b.Templates.Save(ctx, own)
	ok(t, err)
	if own.Version != 1 {
		t.Errorf("saved as version %d", own.Version)
	}
	groups, err := b.Templates.Groups(ctx)
	ok(t, err)
	if len(groups) != 1 || groups[0] != group.ID {
		t.Errorf("groups with their own: %v", groups)
	}
	stale := own
	stale.Version = 0
	if _, err := b.Templates.Save(ctx, stale); !errs.Is(err, errs.Conflict) {
		t.Errorf("an old version was taken: %v", err)
	}

	if _, err := b.Templates.Reset(ctx, group.ID, 7); !errs.Is(err, errs.Conflict) {
		t.Errorf("a version that is not kept was set back: %v", err)
	}
	follows, err := b.Templates.Reset(ctx, group.ID, own.Version)
	ok(t, err)
	if follows.Version != 0 || follows.GroupID != group.ID || follows.Business.Name != "North Ltd" || follows.Slip.Language != document.English {
		t.Errorf("set back, the group has %+v", follows)
	}
	if _, err := b.Templates.Reset(ctx, group.ID, 1); !errs.Is(err, errs.Conflict) {
		t.Errorf("nothing was set back: %v", err)
	}
	first, err := b.Templates.Reset(ctx, "", site.Version)
	ok(t, err)
	if first.Slip.Prices || first.Business.Name != "North Ltd" || string(first.Business.Logo) != png+"canary" {
		t.Errorf("the site set back has %+v", first)
	}

	entries, err := b.Audit.List(ctx, audit.Filter{Action: "template"}, page.Request{})
	ok(t, err)
	raw, err := json.Marshal(entries)
	ok(t, err)
	var actions []string
	for _, e := range entries.Items {
		actions = append(actions, e.Action+" "+e.Subject.Name)
	}
	if got := strings.Join(actions, ", "); got != "template.reset All accounts, template.reset Client, template.update Client, template.update All accounts" {
		t.Errorf("the audit says %s", got)
	}
	if text := string(raw); !strings.Contains(text, "The client") || !strings.Contains(text, `"logo_sha256":"`) || strings.Contains(text, "Y2FuYXJ5") {
		t.Errorf("the audit holds %s", text)
	}
}

func TestWhoMayAndWhatIsNotThere(t *testing.T) {
	b := testkit.New(t)
	token := testkit.Caller(t, "a1", actor.AllScopes()...)
	for name, call := range map[string]func() error{
		"get":    func() error { _, err := b.Templates.Get(token, ""); return err },
		"groups": func() error { _, err := b.Templates.Groups(token); return err },
		"save":   func() error { _, err := b.Templates.Save(token, template.Default()); return err },
		"reset":  func() error { _, err := b.Templates.Reset(token, "", 1); return err },
	} {
		if err := call(); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s by a token: %v", name, err)
		}
	}
	ctx, nowhere := testkit.Manager(t), template.Default()
	nowhere.GroupID = "nowhere"
	if _, err := b.Templates.Get(ctx, "nowhere"); !errs.Is(err, errs.NotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := b.Templates.Save(ctx, nowhere); !errs.Is(err, errs.NotFound) {
		t.Errorf("got %v", err)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(*template.Template)
		path, says string
	}{
		"business address":     {func(t *template.Template) { t.Business.Address.City = "x" }, "business.address.address_1", "required"},
		"long name":            {func(t *template.Template) { t.Business.Name = strings.Repeat("x", 101) }, "business.name", "at most 100"},
		"name of two lines":    {func(t *template.Template) { t.Business.Name = "a\nb" }, "business.name", "control"},
		"long footer":          {func(t *template.Template) { t.Business.Footer = strings.Repeat("x", 1001) }, "business.footer", "at most 1000"},
		"odd returns":          {func(t *template.Template) { t.Business.Returns = "a\x1bb" }, "business.returns", "control"},
		"odd message":          {func(t *template.Template) { t.Slip.Message = "a\xffb" }, "packing_slip.message", "control"},
		"logo of another kind": {func(t *template.Template) { t.Business.Logo = []byte("GIF89a") }, "business.logo", "PNG nor a JPEG"},
		"large logo":           {func(t *template.Template) { t.Business.Logo = []byte(png + strings.Repeat("x", template.LogoLimit)) }, "business.logo", "at most 512"},
		"language of slips":    {func(t *template.Template) { t.Slip.Language = "sv" }, "packing_slip.language", "en, de, fr, es, it, pl, nl"},
		"language of invoices": {func(t *template.Template) { t.Invoice.Language = "EN" }, "commercial_invoice.language", "one of en"},
		"paper of slips":       {func(t *template.Template) { t.Slip.Paper = "A3" }, "packing_slip.paper", "A4, Letter, A5, 4x6"},
		"paper of invoices":    {func(t *template.Template) { t.Invoice.Paper = "A3" }, "commercial_invoice.paper", "A4, Letter, A5, 4x6"},
		"paper of manifests":   {func(t *template.Template) { t.Manifest.Paper = document.PaperA5 }, "manifest.paper", "A4, Letter"},
	} {
		in := template.Default()
		c.change(&in)
		_, err := template.Checked(in)
		if !errs.Is(err, errs.Invalid) || errs.As(err).Fields[0].Path != c.path || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want Invalid at %s that says %q", name, err, c.path, c.says)
		}
	}
}

func TestLetterhead(t *testing.T) {
	business := template.Business{
		Name: "North Ltd", Address: postal.Address{Address1: "1 Quay", City: "Leith", Postcode: "EH6 6AA", CountryISO: "GB", Phone: "0131 000 000"},
		VATNumber: "GB123", CompanyNumber: "SC1",
	}
	if got := business.Letterhead(document.English); got != "North Ltd · 1 Quay, EH6 6AA Leith · 0131 000 000 · VAT no. GB123 · Company no. SC1" {
		t.Errorf("got %q", got)
	}
	if got := business.Letterhead(document.German); !strings.Contains(got, "USt-IdNr. GB123") {
		t.Errorf("got %q", got)
	}
	if got := (template.Business{}).Letterhead(document.English); got != "" {
		t.Errorf("of nothing, %q", got)
	}
}

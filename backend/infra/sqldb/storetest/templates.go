package storetest

import (
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/template"
)

func templates(_ *testing.T, b *Bench) {
	of := func(id account.GroupID) template.Template {
		return get(b, func(r Repo) (template.Template, error) { return r.TemplateFor(id) })
	}
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.TemplateFor("g1"); return err })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Template(""); return err })

	site := template.Default()
	site.Business = template.Business{Name: "Riverside Goods", Logo: []byte{0, 1, 255}, Footer: "Line 1\nLine 2"}
	site.UpdatedMs = 5
	b.write(func(r Repo) error { return r.SaveTemplate(site) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.SaveTemplate(site) })
	site.Version, site.Slip.Prices = 1, true
	b.write(func(r Repo) error { return r.SaveTemplate(site) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.SaveTemplate(site) })

	group := b.group("Client")
	if got := of(group.ID); got.GroupID != "" || got.Version != 2 || !got.Slip.Prices || string(got.Business.Logo) != "\x00\x01\xff" || got.Business.Footer != "Line 1\nLine 2" || got.UpdatedMs != 5 {
		b.Fatalf("a group without its own follows %+v", got)
	}
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Template(group.ID); return err })
	own := template.Default()
	own.GroupID, own.Business.Name = group.ID, "The client"
	b.write(func(r Repo) error { return r.SaveTemplate(own) })
	if got := of(group.ID); got.GroupID != group.ID || got.Business.Name != "The client" || len(got.Business.Logo) != 0 || got.Version != 1 {
		b.Fatalf("its own is %+v", got)
	}
	if got := of(""); got.Business.Name != "Riverside Goods" {
		b.Fatalf("the site's is %+v", got)
	}
	if ids := get(b, func(r Repo) ([]account.GroupID, error) { return r.TemplateGroups() }); !slices.Equal(ids, []account.GroupID{group.ID}) {
		b.Fatalf("groups with their own: %v", ids)
	}

	b.refuse(errs.Conflict, func(r Repo) error { return r.DeleteTemplate(own) })
	own.Version = 1
	b.write(func(r Repo) error { return r.DeleteTemplate(own) })
	if got := of(group.ID); got.GroupID != "" {
		b.Fatalf("after it was deleted %+v holds", got)
	}
	own.Version = 0
	b.write(func(r Repo) error { return r.SaveTemplate(own) })
	b.write(func(r Repo) error { return r.DeleteGroup(group.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Template(group.ID); return err })
}

package contact_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/contact"
	"packbench/backend/core/importing"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/tabular"
	"packbench/backend/testkit"
)

type world struct {
	*contact.Service
	bench *testkit.Bench
	ctx   context.Context
}

func newWorld(t *testing.T) *world {
	b := testkit.New(t)
	return &world{&contact.Service{Store: sqldb.As[contact.Repo](b.DB), Reader: tabular.Reader{}, Clock: b.Clock}, b, testkit.Manager(t)}
}

func person(change func(*contact.Contact)) contact.Contact {
	c := contact.Contact{Kind: contact.Recipient, Address: postal.Address{
		Name: "Goods In", CompanyName: "Hillside Clinic", Address1: "12 Hill Road", City: "Bristol", Postcode: "BS8 1AA", CountryISO: "GB",
	}}
	if change != nil {
		change(&c)
	}
	return c
}

func (w *world) save(t *testing.T, c contact.Contact) contact.Saved {
	t.Helper()
	saved, err := w.Save(w.ctx, c)
	testkit.OK(t, err)
	return saved
}

func (w *world) actions(t *testing.T) (list []string) {
	t.Helper()
	entries, err := w.bench.Audit.List(w.ctx, audit.Filter{Action: "contact"}, page.Request{Limit: 100})
	testkit.OK(t, err)
	for _, e := range entries.Items {
		list = append(list, e.Action)
	}
	return list
}

func TestOneContactIsKeptOnce(t *testing.T) {
	w := newWorld(t)
	first := w.save(t, person(func(c *contact.Contact) { c.Address.Phone, c.Note = "0117 496 0000", "dock 2" }))
	if first.Result != contact.Added || first.Contact.ID == "" {
		t.Fatalf("%+v", first)
	}
	again := person(func(c *contact.Contact) {
		c.Address.Name, c.Address.Postcode, c.Address.CountryISO = " goods  IN ", "bs81aa", "United Kingdom"
		c.Address.Email = "dock@example.com"
	})
	if standing, err := w.Standing(w.ctx, contact.Recipient, again.Address); err != nil || standing != contact.Changed {
		t.Errorf("it would be %s, %v", standing, err)
	}
	second := w.save(t, again)
	if a := second.Contact.Address; second.Result != contact.Changed || second.Contact.ID != first.Contact.ID || a.Phone != "0117 496 0000" || a.Email != "dock@example.com" || second.Contact.Note != "dock 2" {
		t.Errorf("joined to %+v", second)
	}
	if third := w.save(t, again); third.Result != contact.Same || third.Contact.Version != 2 {
		t.Errorf("said again: %+v", third)
	}
	sender := w.save(t, person(func(c *contact.Contact) { c.Kind = contact.Sender }))
	if sender.Contact.Kind != contact.Both {
		t.Errorf("a recipient that sends is %s", sender.Contact.Kind)
	}
	if n, err := w.Count(w.ctx, contact.Filter{}); err != nil || n != 1 {
		t.Errorf("%d contacts, %v", n, err)
	}
	if got := strings.Join(w.actions(t), " "); got != "contact.update contact.update contact.create" {
		t.Errorf("the audit says %s", got)
	}
}

func TestEditDeleteAndUndo(t *testing.T) {
	w := newWorld(t)
	c := w.save(t, person(nil)).Contact
	other := w.save(t, person(func(c *contact.Contact) { c.Address.Name = "Reception" })).Contact
	c.Address.Phone = "0117 1"
	c = w.save(t, c).Contact
	stale := c
	stale.Version, stale.Note = 1, "x"
	_, err := w.Save(w.ctx, stale)
	testkit.Refused(t, err, errs.Conflict, "meantime")
	c.Address.Name = "RECEPTION"
	_, err = w.Save(w.ctx, c)
	testkit.Refused(t, err, errs.Conflict, "already")
	gone, err := w.Delete(w.ctx, other.ID)
	testkit.OK(t, err)
	_, err = w.Delete(w.ctx, other.ID)
	testkit.Refused(t, err, errs.NotFound, "no such contact")
	gone.ID = ""
	if back := w.save(t, gone); back.Result != contact.Added || back.Contact.Address != other.Address {
		t.Errorf("undone to %+v", back)
	}
}

func TestSaveRefusals(t *testing.T) {
	w := newWorld(t)
	w.save(t, person(func(c *contact.Contact) { c.Address.AddressName = "yard"; c.Address.Name = "Yard" }))
	for why, c := range map[string]struct {
		change     func(*contact.Contact)
		code       errs.Code
		path, says string
	}{
		"nobody":               {func(c *contact.Contact) { c.Address.Name, c.Address.CompanyName = "", " " }, errs.Invalid, "address.name", "required"},
		"nothing":              {func(c *contact.Contact) { c.Address = postal.Address{} }, errs.Invalid, "address.name", "required"},
		"no country":           {func(c *contact.Contact) { c.Address.CountryISO = "" }, errs.Invalid, "address.country_iso", "like GB"},
		"no such country":      {func(c *contact.Contact) { c.Address.CountryISO = "Atlantis" }, errs.Invalid, "address.country_iso", "Atlantis"},
		"another postcode":     {func(c *contact.Contact) { c.Address.Postcode = "75008" }, errs.Invalid, "address.postcode", "75008"},
		"no kind":              {func(c *contact.Contact) { c.Kind = "" }, errs.Invalid, "kind", "recipient"},
		"a long note":          {func(c *contact.Contact) { c.Note = strings.Repeat("é", 501) }, errs.Invalid, "note", "501"},
		"an odd note":          {func(c *contact.Contact) { c.Note = "a\x1bb" }, errs.Invalid, "note", "control"},
		"a name that is taken": {func(c *contact.Contact) { c.Address.AddressName = "yard" }, errs.Conflict, "address.address_name", "Yard"},
	} {
		_, err := w.Save(w.ctx, person(c.change))
		testkit.Refused(t, err, c.code, "")
		found := false
		for _, f := range errs.As(err).Fields {
			found = found || f.Path == c.path && strings.Contains(f.Message, c.says)
		}
		if !found {
			t.Errorf("%s: %+v", why, errs.As(err).Fields)
		}
	}
	if company := w.save(t, person(func(c *contact.Contact) { c.Address.Name = "" })); company.Contact.Title() != "Hillside Clinic" {
		t.Errorf("%+v", company)
	}
	caller := testkit.Caller(t, "a1", actor.AllScopes()...)
	for what, err := range map[string]error{
		"save":   func() error { _, err := w.Save(caller, person(nil)); return err }(),
		"list":   func() error { _, err := w.List(caller, contact.Filter{}, page.Request{}); return err }(),
		"count":  func() error { _, err := w.Count(caller, contact.Filter{}); return err }(),
		"delete": func() error { _, err := w.Delete(caller, "x"); return err }(),
		"export": func() error { _, err := w.Export(caller, contact.Filter{}, &bytes.Buffer{}); return err }(),
		"load":   func() error { _, err := w.Open(caller, "x"); return err }(),
		"try":    func() error { _, err := w.Try(caller, importing.Table{}, nil, contact.Both); return err }(),
		"keep":   w.SaveMapping(caller, importing.Table{}, nil, contact.Both),
		"import": func() error { _, err := w.Import(caller, importing.Table{}, nil, contact.Both); return err }(),
	} {
		if !errs.Is(err, errs.Forbidden) {
			t.Errorf("a token may %s: %v", what, err)
		}
	}
}

func (w *world) load(t *testing.T, text string) importing.Table {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.csv")
	testkit.OK(t, os.WriteFile(path, []byte(text), 0o600))
	opened, err := w.Open(w.ctx, path)
	testkit.OK(t, err)
	return opened.Table
}

func TestImport(t *testing.T) {
	w := newWorld(t)
	table := w.load(t, "Kunde;Firma;Straße;PLZ;Ort;Land;Telefon;Bemerkung\n"+
		"Anna Bauer;;Hauptstr. 1;10115;Berlin;Germany;'+49 30 1;klingeln\n"+
		";Lager Nord;Kai 2;20457;Hamburg;de;;\n"+
		"anna bauer;;HAUPTSTR. 1;10115;Berlin;DE;;\n"+
		"Ben Klein;;Weg 3;ABC;Bonn;DE;;\n"+
		"Eva;;Weg 4;53111;Bonn;Atlantis;;\n")
	columns := contact.Guess(table)
	for key, heading := range map[string]string{"address.name": "Kunde", "address.postcode": "PLZ", "note": "Bemerkung", "address.phone": "Telefon"} {
		if columns[key] != heading {
			t.Errorf("%s is taken from %q, want %q", key, columns[key], heading)
		}
	}
	tried, err := w.Try(w.ctx, table, columns, contact.Recipient)
	testkit.OK(t, err)
	if n, err := w.Count(w.ctx, contact.Filter{}); n != 0 || err != nil {
		t.Fatalf("a try kept %d contacts, %v", n, err)
	}
	report, err := w.Import(w.ctx, table, columns, contact.Recipient)
	testkit.OK(t, err)
	if !reflect.DeepEqual(tried, report) {
		t.Errorf("tried %+v, made %+v", tried, report)
	}
	if report.Added != 2 || report.Same != 1 || report.Wrong != 2 || report.Changed != 0 || len(report.Problems) != 2 {
		t.Fatalf("%+v", report)
	}
	if p := report.Problems[0]; p.Row != 5 || p.Column != "PLZ" || !strings.Contains(p.Message, "ABC") {
		t.Errorf("%+v", p)
	}
	if p := report.Problems[1]; p.Row != 6 || p.Column != "Land" || !strings.Contains(p.Message, "Atlantis") {
		t.Errorf("%+v", p)
	}
	found, err := w.List(w.ctx, contact.Filter{Search: "anna"}, page.Request{})
	testkit.OK(t, err)
	if len(found.Items) != 1 || found.Items[0].Address.Phone != "+49 30 1" || found.Items[0].Note != "klingeln" || found.Items[0].Address.CountryISO != "DE" {
		t.Errorf("%+v", found.Items)
	}
	report, err = w.Import(w.ctx, table, columns, contact.Recipient)
	testkit.OK(t, err)
	if report.Added+report.Changed != 0 || report.Same != 3 {
		t.Errorf("the same file again: %+v", report)
	}
	testkit.OK(t, table.Fix(5, "PLZ", "53111"))
	tried, err = w.Try(w.ctx, table, columns, contact.Recipient)
	testkit.OK(t, err)
	report, err = w.Import(w.ctx, table, columns, contact.Recipient)
	testkit.OK(t, err)
	if report.Added != 1 || report.Same != 3 || report.Wrong != 1 || !reflect.DeepEqual(tried, report) {
		t.Errorf("with a cell put right: tried %+v, made %+v", tried, report)
	}
	if got := strings.Join(w.actions(t), " "); got != "contact.import contact.import" {
		t.Errorf("the audit says %s", got)
	}
	for path, columns := range map[string]map[string]string{
		"columns.address.nose": {"address.nose": "Kunde"}, "columns.note": {"address.name": "Kunde", "note": "Nobody"}, "columns.address.name": {"note": "Bemerkung"},
	} {
		_, err := w.Import(w.ctx, table, columns, contact.Recipient)
		testkit.Refused(t, err, errs.Invalid, "")
		if errs.As(err).Fields[0].Path != path {
			t.Errorf("%v: %+v", columns, errs.As(err).Fields)
		}
	}
}

// What is exported comes back, whatever its cells begin with.
func TestExportComesBack(t *testing.T) {
	w := newWorld(t)
	for i, phone := range []string{"+44 117 1", "=1+1", "'quoted", "-5"} {
		w.save(t, person(func(c *contact.Contact) {
			c.Address.Name, c.Address.Phone, c.Kind = fmt.Sprint("Person ", i), phone, contact.Both
		}))
	}
	var out bytes.Buffer
	rows, err := w.Export(w.ctx, contact.Filter{}, &out)
	if err != nil || rows != 4 || strings.Contains(out.String(), ",=1+1") {
		t.Fatalf("%d %v\n%s", rows, err, out.String())
	}
	table := w.load(t, out.String())
	report, err := w.Import(w.ctx, table, contact.Guess(table), contact.Recipient)
	if err != nil || report.Same != 4 {
		t.Errorf("%+v %v", report, err)
	}
	if columns := contact.Guess(table); len(columns) != len(contact.Fields()) {
		t.Errorf("only %d columns are known again: %v", len(columns), columns)
	}
	if got := w.actions(t)[0]; got != "contact.export" { // the import changed nothing, and says nothing
		t.Errorf("the audit says %s", got)
	}
}

func TestAStoppedImportKeepsWholeRows(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(w.ctx)
	stop()
	report, err := w.Import(ctx, w.load(t, "Name,Address,City,Postcode,Country\nAda,1 Quay,Hull,HU1 1AA,GB\n"), map[string]string{"address.name": "Name"}, contact.Both)
	if err == nil || report.Added != 0 {
		t.Errorf("%+v %v", report, err)
	}
}

// Two people with one key are one, however their texts are spaced and written.
func TestKeyLooksThroughSpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-zÀ-ÿ0-9]{1,6}( [A-Za-z0-9]{1,4})?`)
		c := person(func(c *contact.Contact) {
			c.Address.Name, c.Address.CompanyName, c.Address.Address1 = text.Draw(t, "name"), text.Draw(t, "company"), text.Draw(t, "street")
		})
		other := c
		other.Address.Name = "  " + strings.ToUpper(strings.ReplaceAll(c.Address.Name, " ", "  "))
		other.Address.Postcode, other.Address.City, other.Note = "BS81AA", "elsewhere", "x"
		if c.Key() != other.Key() {
			t.Fatalf("%q and %q", c.Key(), other.Key())
		}
		other.Address.Address1 += " b"
		if c.Key() == other.Key() {
			t.Fatal("another street is the same contact")
		}
	})
}

// What columns hold is kept for files with the same headings, apart from that of files of orders.
func TestTheMappingOfAFileIsKept(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "book.csv")
	read := func(text string) contact.Opened {
		t.Helper()
		testkit.OK(t, os.WriteFile(path, []byte(text), 0o600))
		opened, err := w.Open(w.ctx, path)
		testkit.OK(t, err)
		return opened
	}
	first := read("Who,Where,Town,Code,Land\nAda,1 Quay,Hull,HU1 1AA,GB\n")
	if first.Saved || first.Kind != contact.Recipient {
		t.Errorf("%+v", first)
	}
	columns := map[string]string{"address.name": "Who", "address.address_1": "Where", "address.city": "Town", "address.postcode": "Code", "address.country_iso": "Land"}
	testkit.OK(t, w.SaveMapping(w.ctx, first.Table, columns, contact.Sender))
	testkit.OK(t, w.SaveMapping(w.ctx, first.Table, columns, contact.Sender))
	again := read("Who,Where,Town,Code,Land\nBo,2 Quay,Hull,HU1 1AB,GB\n")
	if !again.Saved || again.Kind != contact.Sender || !reflect.DeepEqual(again.Columns, columns) {
		t.Errorf("%+v", again)
	}
	if other := read("Who,Where,Town,Code,Country\nBo,2 Quay,Hull,HU1 1AB,GB\n"); other.Saved {
		t.Errorf("files with other headings have the same mapping: %+v", other)
	}
	err := w.SaveMapping(w.ctx, first.Table, map[string]string{"address.name": "Nobody"}, contact.Both)
	testkit.Refused(t, err, errs.Invalid, "no column")
	if got := strings.Join(w.actions(t), " "); got != "contact.mapping" {
		t.Errorf("the audit says %s", got)
	}
}

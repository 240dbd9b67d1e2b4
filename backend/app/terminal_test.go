package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/core/setup"
)

// A day at the terminal: everything from nothing to a deleted account, by the shapes scripts rely on.
func TestTerminalFromNothingToDeletion(t *testing.T) {
	folder := apptest.NewFolder(t)
	first := folder.Run(t, "", "group", "create", "North wing", "--json")
	if first.Status != 0 || !strings.Contains(first.Err, "root key was made") {
		t.Fatalf("the first command must make a key and say so: %+v", first)
	}
	f := folder.Terminal(t)
	var group struct{ Group struct{ ID, Name string } }
	decode(t, first.Out, &group)
	if group.Group.Name != "North wing" || group.Group.ID == "" {
		t.Fatalf("group create: %s", first.Out)
	}

	var made struct {
		Account struct {
			ID, Name, Group string
			APIUserID       int64 `json:"api_user_id"`
		}
		Key string
	}
	f.JSON(t, &made, `{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"}`,
		"account", "create", "--group", "North wing", "--name", "Web shop", "--sender", "-")
	if made.Account.Name != "Web shop" || made.Account.Group != "North wing" || made.Account.APIUserID == 0 ||
		!regexp.MustCompile(`^pka_live_[0-9A-Za-z]{49}$`).MatchString(made.Key) {
		t.Fatalf("account create: %+v", made)
	}

	var token struct {
		Token struct {
			ID, Name  string
			Scopes    []string
			ExpiresAt string `json:"expires_at"`
		}
		Value string
	}
	f.JSON(t, &token, "", "token", "create", "--account", "Web shop", "--name", "Orders", "--scopes", "ship,track,documents", "--expires", "2099-01-31")
	if !regexp.MustCompile(`^pkt_live_[0-9A-Za-z]{49}$`).MatchString(token.Value) || len(token.Token.Scopes) != 3 ||
		token.Token.ExpiresAt != "2099-01-31T00:00:00Z" {
		t.Fatalf("token create: %+v", token)
	}
	brought := "value-of-another-system-123"
	f.JSON(t, &token, brought+"\n", "token", "create", "--account", "Web shop", "--name", "Old system", "--value", "-")
	var revealed struct{ Value string }
	f.JSON(t, &revealed, "", "token", "reveal", "--account", "Web shop", "--token", "Old system")
	if revealed.Value != brought {
		t.Fatalf("token reveal gave %q", revealed.Value)
	}

	list := f.Run(t, "", "token", "list", "--account", "Web shop", "--json")
	var tokens []struct{ Name, Hint string }
	decode(t, list.Out, &tokens)
	if len(tokens) != 2 || tokens[0].Name != "Orders" || strings.Contains(list.Out, brought) || strings.Contains(list.Out, token.Value) {
		t.Fatalf("token list: %s", list.Out)
	}

	var key struct {
		Value      string
		OldKeyEnds string `json:"old_key_ends_at"`
		Key        struct{ Hint string }
	}
	f.JSON(t, &key, "", "key", "regenerate", "--account", "Web shop", "--grace", "72h")
	if key.Value == made.Key || key.OldKeyEnds == "" {
		t.Fatalf("key regenerate: %+v", key)
	}
	f.JSON(t, &revealed, "", "key", "reveal", "--account", "Web shop")
	if revealed.Value != key.Value {
		t.Fatal("key reveal does not give the new key")
	}
	f.JSON(t, &key, "", "key", "reset", "--account", "Web shop", "--confirm", "Web shop")

	var auth struct {
		Auth struct {
			ID, Courier, Company string
			Testing              bool
		}
	}
	f.JSON(t, &auth, "{}", "auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	if auth.Auth.Courier != "OwnFleet" || auth.Auth.Company != "Main" || auth.Auth.Testing || auth.Auth.ID == "" {
		t.Fatalf("auth add: %+v", auth)
	}
	var verdict struct{ OK bool }
	f.JSON(t, &verdict, "", "auth", "test", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main")
	if !verdict.OK {
		t.Fatal("auth test did not prove the credentials")
	}

	var bought struct {
		TrackingCodes []string `json:"tracking_codes"`
		URI, Key      string
		Shipment      int64                `json:"shipment_id"`
		Request       int64                `json:"dc_request_id"`
		Invoice       struct{ URL string } `json:"commercial_invoice"`
		Duplicate     bool
	}
	f.JSON(t, &bought, setup.SampleOrder, "shipment", "create", "--account", "Web shop", "--file", "-")
	if len(bought.TrackingCodes) != 1 || bought.URI == "" || bought.Key == "" || bought.Shipment != 1 || bought.Request == 0 || bought.Invoice.URL == "" {
		t.Fatalf("shipment create: %+v", bought)
	}

	out := t.TempDir()
	for _, doc := range [][]string{
		{"doc", "label", "1", "--out", filepath.Join(out, "label.pdf")},
		{"doc", "label", "1", "--format", "zpl", "--dpi", "300", "--out", filepath.Join(out, "label.zpl")},
		{"doc", "packing-slip", "1", "--copies", "2", "--out", filepath.Join(out, "slip.pdf")},
		{"doc", "commercial-invoice", "1", "--out", filepath.Join(out, "invoice.pdf")},
	} {
		var file struct {
			Path  string
			Bytes int64
		}
		f.JSON(t, &file, "", doc...)
		info, err := os.Stat(file.Path)
		if err != nil || info.Size() != file.Bytes || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v: %v %v", doc, info, err)
		}
	}

	var shown struct {
		Number      int64
		Cancellable struct{ Yes bool }
	}
	f.JSON(t, &shown, "", "shipment", "show", "1")
	if shown.Number != 1 || !shown.Cancellable.Yes {
		t.Fatalf("shipment show: %+v", shown)
	}
	var cancelled struct{ Success, Already bool }
	f.JSON(t, &cancelled, "", "shipment", "cancel", "1")
	if !cancelled.Success || cancelled.Already {
		t.Fatalf("first cancel: %+v", cancelled)
	}
	f.JSON(t, &cancelled, "", "shipment", "cancel", "1")
	if !cancelled.Success || !cancelled.Already {
		t.Fatalf("second cancel: %+v", cancelled)
	}

	f.JSON(t, &struct{}{}, "", "account", "disable", "--account", "Web shop")
	f.JSON(t, &struct{}{}, "", "account", "enable", "--account", "Web shop")
	f.JSON(t, &struct{}{}, "", "group", "create", "South wing")
	f.JSON(t, &struct{}{}, "", "account", "move", "--account", "Web shop", "--group", "South wing")
	f.JSON(t, &struct{}{}, "", "group", "rename", "North wing", "--to", "Old wing")
	f.JSON(t, &struct{}{}, "", "group", "delete", "Old wing")
	f.JSON(t, &struct{}{}, "", "auth", "delete", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main")
	f.JSON(t, &struct{}{}, "", "token", "delete", "--account", "Web shop", "--token", "Orders")
	f.JSON(t, &struct{}{}, "", "account", "delete", "--account", "Web shop", "--confirm", "Web shop")
	var left []struct{}
	f.JSON(t, &left, "", "account", "list")
	if len(left) != 0 {
		t.Fatalf("%d accounts are left", len(left))
	}
	f.JSON(t, &shown, "", "shipment", "show", "1") // stays readable
}

func TestDemoFromNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	var demo struct {
		Shipment int64
		Tracking []string `json:"tracking_codes"`
		Files    []struct{ Path, Kind string }
	}
	r := apptest.Run(t, "", "demo", "--out", out, "--json")
	if r.Status != 0 {
		t.Fatalf("demo: %+v", r)
	}
	decode(t, r.Out, &demo)
	var names []string
	for _, file := range demo.Files {
		names = append(names, filepath.Base(file.Path))
	}
	if strings.Join(names, " ") != "label.pdf label.zpl packing-slip.pdf commercial-invoice.pdf" {
		t.Fatalf("demo made %v", names)
	}
	zpl, err := os.ReadFile(filepath.Join(out, "label.zpl"))
	if err != nil || !strings.HasPrefix(string(zpl), "^XA") || !strings.Contains(string(zpl), demo.Tracking[0]) {
		t.Fatalf("label.zpl is no label of %s: %v %.40q", demo.Tracking[0], err, zpl)
	}
	for _, name := range []string{"label.pdf", "packing-slip.pdf", "commercial-invoice.pdf"} {
		path := filepath.Join(out, name)
		apptest.Tool(t, "qpdf", "--check", path)
		text := apptest.Tool(t, "pdftotext", "-layout", path, "-")
		for _, word := range []string{"Hillside Clinic", "4 Sample Rise"} {
			if !strings.Contains(text, word) {
				t.Errorf("%s does not say %q:\n%s", name, word, text)
			}
		}
	}
	for _, dpi := range []string{"203", "300"} {
		picture := filepath.Join(t.TempDir(), "label")
		apptest.Tool(t, "pdftoppm", "-r", dpi, "-png", "-singlefile", filepath.Join(out, "label.pdf"), picture)
		if codes := apptest.Tool(t, "zbarimg", "--quiet", "--raw", picture+".png"); !strings.Contains(codes, demo.Tracking[0]) {
			t.Errorf("at %s dpi the label's bars read %q, not %s", dpi, codes, demo.Tracking[0])
		}
	}
}

// A demo into a folder that was named goes on where the last one stopped.
func TestDemoTwiceInOneFolder(t *testing.T) {
	f := apptest.NewFolder(t)
	for range 2 {
		var demo struct{ Shipment int64 }
		f.JSON(t, &demo, "", "demo", "--out", t.TempDir())
	}
	var list []struct{ Number int64 }
	f.JSON(t, &list, "", "shipment", "list", "--account", "Demo")
	if len(list) != 2 || list[0].Number != 2 {
		t.Fatalf("two demos made %+v", list)
	}
}

// A folder that was named, and no keyring: the demo makes a passphrase of its own, once, and says where.
func TestDemoWithoutAKeyring(t *testing.T) {
	needNoKeyring(t)
	dir, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
	first := apptest.Run(t, "", "demo", "--data-dir", dir, "--out", out)
	if first.Status != 0 || !strings.Contains(first.Err, filepath.Join(out, "passphrase")) {
		t.Fatalf("%+v", first)
	}
	if second := apptest.Run(t, "", "demo", "--data-dir", dir, "--out", out); second.Status != 0 || second.Err != "" {
		t.Errorf("the second demo: %+v", second)
	}
	elsewhere := t.TempDir()
	if r := apptest.Run(t, "", "demo", "--data-dir", dir, "--out", elsewhere); r.Status != 1 || !strings.Contains(r.Err, "--passphrase-file") {
		t.Errorf("without its passphrase: %+v", r)
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 0 {
		t.Errorf("a demo that was refused left %v, %v", left, err)
	}
}

// needNoKeyring skips where a keyring may be: a test must not write into a person's keyring.
func needNoKeyring(t *testing.T) {
	t.Helper()
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "disabled:" {
		t.Skip("a keyring may be there, and must not be touched: run with DBUS_SESSION_BUS_ADDRESS=disabled:, as make test does")
	}
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

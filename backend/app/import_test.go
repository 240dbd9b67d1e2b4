package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/app/apptest"
)

// germanShop is a table as a German spreadsheet program saves it: semicolons, Windows-1252, decimal commas.
const germanShop = "Bestellnummer;Empf\xe4nger;Stra\xdfe;PLZ;Ort;Land;Gewicht (kg);Artikel;Menge;Einzelpreis (EUR)\r\n" +
	"A-1;J\xfcrgen Beispiel;Hauptstra\xdfe 1;10115;Berlin;DE;1,5;Schraube M4;12;2,50\r\n" +
	"A-2;Erika Beispiel;Nebenweg 2;20095;Hamburg;DE;0,8;Mutter M4;3;0,10\r\n" +
	"A-1;;;;;;;Unterlegscheibe;24;0,05\r\n" +
	"A-3;Ohne Postleitzahl;Weg 3;;Bonn;DE;zwei;Haken;1;4\r\n"

type imported struct {
	Encoding, Delimiter                   string
	Rows, Shipments, Ready, Wrong, Before int
	Made, Kept                            int
	Lines                                 []struct {
		Rows      []int
		Reference string
		Result    string
		Number    int64
		Tracking  string
		Problems  []struct {
			Row                    int
			Field, Column, Message string
		}
	}
}

func TestImportFromTheTerminal(t *testing.T) {
	o := apptest.NewFolder(t).Terminal(t)
	o.JSON(t, &struct{}{}, "", "group", "create", "Shops")
	o.JSON(t, &struct{}{}, "", "account", "create", "--group", "Shops", "--name", "north", "--sender", sender(t))
	o.JSON(t, &struct{}{}, "{}", "auth", "add", "--account", "north", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	file := filepath.Join(t.TempDir(), "shop.csv")
	if err := os.WriteFile(file, []byte(germanShop), 0o600); err != nil {
		t.Fatal(err)
	}
	fixed := `{"columns":{"reference":"Bestellnummer","ship_to.name":"Empfänger","ship_to.address_1":"Straße","ship_to.postcode":"PLZ","ship_to.city":"Ort",` +
		`"ship_to.country_iso":"Land","parcel.weight":"Gewicht (kg)","item.description":"Artikel","item.quantity":"Menge","item.value":"Einzelpreis (EUR)"},` +
		`"fixed":{"courier":"OwnFleet","dc_service_id":"OF-NEXTDAY","parcel.weight_unit":"kg","parcel.value_currency":"EUR"}}`
	run := func(more ...string) (out imported, stderr string) {
		t.Helper()
		got := o.Run(t, fixed, append([]string{"import", file, "--account", "north", "--mapping", "-", "--json"}, more...)...)
		if got.Status != 1 {
			t.Fatalf("status %d\n%s%s", got.Status, got.Out, got.Err)
		}
		decode(t, got.Out, &out)
		return out, got.Err
	}
	dry, told := run("--dry-run")
	if dry.Encoding != "Windows-1252" || dry.Delimiter != ";" || dry.Rows != 4 || dry.Shipments != 3 || dry.Ready != 2 || dry.Wrong != 1 || !strings.Contains(told, "1 of 3 shipments") {
		t.Fatalf("%+v\n%s", dry, told)
	}
	bad := dry.Lines[2].Problems
	if len(bad) != 2 || bad[0].Row != 5 || bad[0].Column != "Gewicht (kg)" || !strings.Contains(bad[0].Message, "zwei") || bad[1].Column != "PLZ" {
		t.Errorf("problems = %+v", bad)
	}
	if both := o.Run(t, fixed, "import", file, "--account", "north", "--dry-run", "--drafts"); both.Status != 2 {
		t.Errorf("both ways at once: status %d, %s", both.Status, both.Err)
	}
	result := filepath.Join(t.TempDir(), "result.csv")
	first, _ := run("--result", result)
	if first.Made != 2 || first.Wrong != 1 || len(first.Lines[0].Rows) != 2 || first.Lines[0].Tracking == "" {
		t.Fatalf("%+v", first)
	}
	kept, err := os.ReadFile(result)
	if err != nil || strings.Count(string(kept), "\r\n") != 5 || !strings.Contains(string(kept), fmt.Sprintf("2,A-1,made,%d,%s,Label made.", first.Lines[0].Number, first.Lines[0].Tracking)) {
		t.Errorf("%v\n%s", err, kept)
	}
	again, _ := run()
	if again.Made != 0 || again.Before != 2 || again.Lines[1].Number != first.Lines[1].Number {
		t.Errorf("the same file made something twice: %+v", again)
	}
	second := filepath.Join(t.TempDir(), "second.csv")
	if err := os.WriteFile(second, []byte(strings.ReplaceAll(germanShop, "A-", "B-")), 0o600); err != nil {
		t.Fatal(err)
	}
	file = second
	if kept, _ := run("--drafts"); kept.Kept != 2 || kept.Made != 0 || kept.Wrong != 1 || kept.Lines[0].Result != "kept" {
		t.Errorf("%+v", kept)
	}
	if bought, _ := run(); bought.Made != 0 || bought.Before != 2 {
		t.Errorf("what is a draft was bought besides: %+v", bought)
	}
	var list []struct{ Reference string }
	o.JSON(t, &list, "", "shipment", "list")
	if len(list) != 2 {
		t.Errorf("%d shipments, want 2", len(list))
	}
	export(t, o)
}

// sender writes an address into a file.
func sender(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sender.json")
	text := `{"name":"Dispatch Desk","address_1":"1 Sample Quay","city":"Bristol","postcode":"BS1 5AH","country_iso":"GB","phone":"+44 117 000 0000"}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func export(t *testing.T, o *apptest.Terminal) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.jsonl")
	got := o.Run(t, "", "export", "shipments", "--format", "json", "--out", out)
	lines, err := os.ReadFile(out)
	if got.Status != 0 || err != nil || strings.Count(string(lines), "\n") != 2 || !strings.Contains(string(lines), `"reference":"A-2"`) {
		t.Errorf("%+v, %v\n%s", got, err, lines)
	}
	table := o.Run(t, "", "export", "shipments", "--search", "A-1", "--out", "-")
	if table.Status != 0 || strings.Count(table.Out, "\r\n") != 2 || !strings.HasPrefix(table.Out, "\uFEFFnumber,created_utc,") {
		t.Errorf("%+v", table)
	}
	if wrong := o.Run(t, "", "export", "shipments", "--format", "xls", "--out", out+"2"); wrong.Status != 1 || !strings.Contains(wrong.Err, "csv or json") {
		t.Errorf("%+v", wrong)
	}
	if _, err := os.Stat(out + "2"); !os.IsNotExist(err) {
		t.Error("a refused export left a file")
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"packbench/backend/app"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/importing"
	"packbench/backend/core/setup"
)

// How many orders the imported file holds, how often it is tried, and how many rows a second are wanted.
const (
	importRows    = 20_000
	importTries   = 3
	dryPerSecond  = 15_000
	keptPerSecond = 5_000
)

// opened is a data folder with one account that ships with Own fleet.
type opened struct {
	*app.App
	ctx     context.Context
	account account.ID
	folder  *folder
}

func open(binary string) (*opened, error) {
	f, err := newFolder(binary)
	if err != nil {
		return nil, err
	}
	o := &opened{folder: f, ctx: actor.With(context.Background(), actor.Actor{Door: actor.Window, Name: "bench"})}
	if o.App, err = app.Open(o.ctx, app.Options{DataDir: f.data(), PassphraseFile: f.passphrase(), Version: "bench"}); err != nil {
		f.remove()
		return nil, err
	}
	made, err := o.Setup.Begin(o.ctx, setup.Begin{Group: "Bench", Account: accountName, Sender: postal.Address{
		Name: "Dispatch Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	o.account = made.Account.ID
	return o, err
}

func (o *opened) close() error {
	err := o.Close()
	o.folder.remove()
	return err
}

// imports measures a CSV file from its first byte: read, matched and tried, and then kept as drafts.
func imports(binary string) (err error) {
	o, err := open(binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	best := map[string]float64{}
	for try := range importTries {
		path := filepath.Join(o.folder.dir, fmt.Sprintf("orders-%d.csv", try))
		if err := os.WriteFile(path, []byte(ordersFile(try)), 0o600); err != nil {
			return err
		}
		for _, kind := range []struct {
			name string
			work func(context.Context, importing.Job, importing.Progress) (importing.Report, error)
			done func(importing.Counts) int
		}{
			{"dry", o.Imports.Try, func(c importing.Counts) int { return c.Ready }},
			{"stored", o.Imports.Keep, func(c importing.Counts) int { return c.Kept }},
		} {
			began := now()
			file, err := o.Imports.Open(o.ctx, path, importing.Format{})
			if err != nil {
				return err
			}
			file.Mapping.Fixed["courier"], file.Mapping.Fixed["dc_service_id"] = "OwnFleet", "OF-NEXTDAY"
			report, err := kind.work(o.ctx, importing.Job{AccountID: o.account, Table: file.Table, Mapping: file.Mapping}, nil)
			if err != nil {
				return err
			}
			if n := kind.done(report.Counts()); n != importRows {
				return fmt.Errorf("import %s: %d of %d rows, the first: %s", kind.name, n, importRows, report.Lines[0].Sentence())
			}
			best[kind.name] = max(best[kind.name], importRows/now().Sub(began).Seconds())
		}
	}
	return print(
		figure{Name: fmt.Sprintf("import of %d rows, dry", importRows), Value: best["dry"], Unit: "rows/s", Floor: dryPerSecond, Ratio: best["dry"] / dryPerSecond, Goal: 1},
		figure{Name: fmt.Sprintf("import of %d rows, stored as drafts", importRows), Value: best["stored"], Unit: "rows/s", Floor: keptPerSecond, Ratio: best["stored"] / keptPerSecond, Goal: 1},
	)
}

// ordersFile is a table of orders as a shop writes it; each number gives another one.
func ordersFile(number int) string {
	var text strings.Builder
	text.WriteString("Order number,Customer,Company,Street,City,Postcode,Country,Phone,Email,Weight (kg),Product,SKU,Quantity,Price (GBP)\n")
	names, towns := []string{"Amara Okafor", "Jürgen Groß", "Siân Llewellyn", "Noor Haddad"}, []string{"Leeds", "York", "Bath", "Truro", "Dover"}
	for i := range importRows {
		fmt.Fprintf(&text, "SO-%d-%06d,%s,,\"%d Mill Lane, Unit %d\",%s,LS%d %dAB,GB,0113 496 0%03d,buyer%d@example.com,%d.%d,\"Enamel mug, blue\",MUG-%d,%d,%d.99\n",
			number, i, names[i%len(names)], i%300+1, i%9+1, towns[i%len(towns)], i%90+1, i%9, i%1000, i, i%9, i%9+1, i%500, i%5+1, i%40+1)
	}
	return text.String()
}

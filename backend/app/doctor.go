package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/doors/cli"
	"packbench/backend/infra/label"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/vault"
)

// examine looks at the data folder and the machine without changing either; modes are looked at before the database is
// opened, because opening repairs them.
func examine(ctx context.Context, o Options) []cli.Finding {
	o, err := o.normal()
	if err != nil {
		return []cli.Finding{bad("data folder", err, "")}
	}
	findings := []cli.Finding{folderFinding(o.DataDir), modeFinding(o.DataDir), holderFinding(o.DataDir)}
	findings = append(findings, databaseFindings(ctx, o)...)
	return append(findings, diskFinding(o.DataDir), fontFinding(ctx), portFinding(), displayFinding())
}

func ok(name, format string, args ...any) cli.Finding {
	return cli.Finding{Name: name, OK: true, Detail: fmt.Sprintf(format, args...)}
}

func bad(name string, err error, advice string) cli.Finding {
	return cli.Finding{Name: name, Detail: errs.As(err).Message, Advice: advice}
}

func folderFinding(dir string) cli.Finding {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ok("data folder", "%s is not there yet; the first command makes it", dir)
	case err != nil || !info.IsDir():
		return cli.Finding{Name: "data folder", Detail: dir + " is not a folder that can be read", Advice: "Choose another: --data-dir DIR"}
	}
	return ok("data folder", "%s", dir)
}

// modeFinding looks for files that others than their owner may read.
func modeFinding(dir string) cli.Finding {
	if runtime.GOOS == "windows" {
		return ok("private", "the user's own folder keeps others out")
	}
	open, seen := "", 0
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // a folder that is not there is no finding
		}
		if info, err := entry.Info(); err == nil {
			seen++
			if info.Mode().Perm()&0o077 != 0 && open == "" {
				open = fmt.Sprintf("%s has mode %04o", path, info.Mode().Perm())
			}
		}
		return nil
	})
	if open != "" {
		return cli.Finding{Name: "private", Detail: open, Advice: "Take the rights from others: chmod -R go= " + dir}
	}
	return ok("private", "%d files and folders, their owner's only", seen)
}

func holderFinding(dir string) cli.Finding {
	path := filepath.Join(dir, lockFile)
	if _, err := os.Stat(path); err != nil {
		return ok("in use", "by nobody")
	}
	if lock, err := hold(dir, "doctor"); err == nil {
		_ = lock.Close()
		return ok("in use", "by nobody")
	}
	return ok("in use", "by %s; commands work beside it", heldBy(path))
}

func databaseFindings(ctx context.Context, o Options) []cli.Finding {
	path := filepath.Join(o.DataDir, databaseFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return []cli.Finding{ok("database", "not made yet"), ok("secrets", "no root key yet")}
	}
	db, err := sqldb.Open(ctx, path, sqldb.Options{Clock: clock.System{}})
	if err != nil {
		return []cli.Finding{bad("database", err, "")}
	}
	defer db.Close()
	findings := []cli.Finding{ok("database", "%s: WAL, synchronous=FULL, foreign keys, secure delete, read back", path)}
	return append(findings, vaultFinding(ctx, db, o))
}

func vaultFinding(ctx context.Context, db *sqldb.DB, o Options) cli.Finding {
	store := sqldb.As[account.VaultRepo](db)
	var meta account.VaultMeta
	err := store.Read(ctx, func(r account.VaultRepo) (err error) { meta, err = r.VaultMeta(); return err })
	if errs.Is(err, errs.NotFound) {
		return ok("secrets", "no root key yet")
	}
	if err != nil {
		return bad("secrets", err, "")
	}
	v := vault.New(vault.Config{Store: store, Clock: clock.System{}, DataDir: o.DataDir, PassphraseFile: o.PassphraseFile})
	if _, err := v.Unlock(ctx); err != nil {
		return bad("secrets", err, "")
	}
	return ok("secrets", "root key %s is kept by the %s and opens", meta.KeyID, meta.Holder)
}

func diskFinding(dir string) cli.Finding {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
	}
	free, err := freeSpace(dir)
	if err != nil {
		return bad("disk", err, "")
	}
	if free < reserve {
		return cli.Finding{Name: "disk", Detail: fmt.Sprintf("%d MB free", free>>20), Advice: fmt.Sprintf("No purchase starts with less than %d MB: make some room.", reserve>>20)}
	}
	return ok("disk", "%d MB free", free>>20)
}

// fontFinding draws a label in several scripts: a character that no font has would be reported.
func fontFinding(ctx context.Context) cli.Finding {
	sample := document.Label{
		CourierName: "OWN FLEET", Service: "Next day", ParcelIndex: 1, ParcelCount: 1, Weight: "1 kg", TrackingCode: "PB0000000001", Date: "2026-01-01",
	}
	sample.To.Name, sample.To.Address1, sample.To.City, sample.To.CountryISO = "Łódź Ελλάδα Москва", "中文 日本語 한국어", "עברית العربية", "GB"
	sample.From = sample.To
	_, warnings, err := label.Drawer{}.DrawLabels(ctx, []document.Label{sample}, courier.PDF, courier.Size4x6, 203)
	switch {
	case err != nil:
		return bad("fonts", err, "")
	case len(warnings) > 0:
		return cli.Finding{Name: "fonts", Detail: warnings[0].Message, Advice: "This build lacks fonts; build it again with make build."}
	}
	return ok("fonts", "Latin, Greek, Cyrillic, Hebrew, Arabic, Chinese, Japanese and Korean are drawn")
}

func portFinding() cli.Finding {
	listener, err := net.Listen("tcp", DefaultListen)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return ok("local API", "%s is taken: by the window or serve of this or another folder, or by another program", DefaultListen)
	case err != nil:
		return cli.Finding{Name: "local API", Detail: DefaultListen + " can't be listened on: " + err.Error(), Advice: "Choose another port: packbench serve --listen 127.0.0.1:PORT"}
	}
	_ = listener.Close()
	return ok("local API", "%s is free", DefaultListen)
}

func displayFinding() cli.Finding {
	if HasDisplay() {
		return ok("window", "there is a display")
	}
	return ok("window", "no display here: use packbench serve and the other commands")
}

// HasDisplay reports whether a window could be shown.
func HasDisplay() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

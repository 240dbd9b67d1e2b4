package sqldb

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/pressly/goose/v3"

	"packbench/backend/base/errs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date. Each step is one transaction; before the first step on a database that holds
// something, a verified copy is put beside it. The caller keeps other processes away (alone).
func migrate(ctx context.Context, pool *sql.DB, path string, now time.Time) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("sqldb: %w", err)
	}
	return migrateTo(ctx, pool, path, now, files)
}

func migrateTo(ctx context.Context, pool *sql.DB, path string, now time.Time, files fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("sqldb: %w", err)
	}
	current, target, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return classify(err)
	case current == target:
		return nil
	case current > target:
		return errs.New(errs.Unavailable, "A newer Packbench has written this database (schema %d; this program knows %d). Start that one, or restore a backup of before.",
			current, target)
	case current > 0:
		if err := copyBeside(ctx, pool, path, current, now); err != nil {
			return err
		}
	}
	_, err = provider.Up(ctx)
	return classify(err)
}

// copyBeside writes the database as it is to "…before-schema-N-TIME" beside it, and proves the copy whole.
func copyBeside(ctx context.Context, pool *sql.DB, path string, schema int64, now time.Time) error {
	to := fmt.Sprintf("%s.before-schema-%d-%s", path, schema+1, now.UTC().Format("20060102T150405Z"))
	if err := makeFile(to); err != nil { // VACUUM INTO takes an empty file, and this one is ours alone
		return fileTrouble(err, to)
	}
	if _, err := pool.ExecContext(ctx, "VACUUM INTO $1", to); err != nil {
		return errors.Join(classify(err), os.Remove(to))
	}
	copied := openPool(to, nil, reading, 1)
	var verdict string
	err := copied.QueryRowContext(ctx, "PRAGMA quick_check").Scan(&verdict)
	if err = errors.Join(err, copied.Close()); err != nil {
		return classify(err)
	}
	if verdict != "ok" {
		return errs.New(errs.Unavailable, "The database is damaged (%s). It was not changed; restore the latest backup.", verdict)
	}
	return nil
}

package app

import (
	"context"

	"packbench/backend/doors/cli"
)

// verify reads everything that is kept and compares it with what proves it.
func (a *App) verify(ctx context.Context) (cli.Verified, error) {
	var v cli.Verified
	wrong, err := a.db.Check(ctx)
	if err != nil {
		return v, err
	}
	v.Database.Wrong = wrong
	if v.Documents.Checked, v.Documents.Wrong, err = a.db.CheckFiles(ctx); err != nil {
		return v, err
	}
	v.Audit, err = a.Audit.Verify(ctx, nil)
	return v, err
}

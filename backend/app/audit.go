package app

import (
	"context"
	"errors"
	"log/slog"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/audit"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/vault"
)

// anchoring moves the audit's anchor behind the commits, beside everything else.
type anchoring struct {
	stop context.CancelFunc
	done chan struct{}
}

// keepAudit makes the audit ready for its next entry, and its anchor follow.
func keepAudit(ctx context.Context, db *sqldb.DB, v *vault.Vault, now clock.Clock, log *slog.Logger) (*anchoring, error) {
	first, err := v.AuditKey(ctx)
	if err != nil {
		return nil, err
	}
	keeper := &audit.Keeper{Store: sqldb.As[audit.Repo](db), Vault: v, Clock: now, Keys: audit.NewRatchet(first)}
	db.UseAuditKeys(keeper.Keys)
	if err := keeper.Start(ctx); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	a := &anchoring{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		keeper.Run(ctx, db.AuditAppended(), func(err error) {
			log.Error("the audit's anchor could not be moved", "error", err, "cause", errors.Unwrap(errs.As(err)))
		})
	}()
	return a, nil
}

// close ends it once the anchor is where the entries end.
func (a *anchoring) close() {
	a.stop()
	<-a.done
}

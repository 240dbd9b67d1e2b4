package audit

import (
	"context"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/actor"
)

// actionStart is the entry that a chain begins with.
const actionStart = "audit.start"

// Anchor is the end of the chain as it is noted outside the database. Seq is 0 from the start until the first entry.
type Anchor struct {
	Seq  int64  `json:"seq"`
	AtMs int64  `json:"at_ms"`
	Hash []byte `json:"hash"`
}

// Vault keeps what the chain rests on.
type Vault interface {
	// AuditKey gives the ratchet's first key, which is the caller's to erase.
	AuditKey(ctx context.Context) ([]byte, error)
	// Anchor gives the anchor. NotFound: there is none, or not one that this program wrote.
	Anchor(ctx context.Context) (Anchor, error)
	// MoveAnchor replaces the anchor (nil for none) by what move makes of it, unless that is nil. One process does so at a
	// time.
	MoveAnchor(ctx context.Context, move func(now *Anchor) (*Anchor, error)) error
}

// Keeper starts the chain and moves the anchor after its end. The anchor can't be written in the transaction of an entry:
// it follows within moments, so that it is at the end or behind it, and never ahead.
type Keeper struct {
	Store store.Store[Repo]
	Vault Vault
	Clock clock.Clock
	Keys  *Ratchet
}

// Start makes the keys ready for the next entry. Where there is no chain yet, it seals the entries that stand there from
// before and adds one that tells of it; this happens once in the life of a database.
func (k *Keeper) Start(ctx context.Context) error {
	head, err := k.head(ctx)
	if err != nil {
		return err
	}
	if len(head.Hash) > 0 {
		return k.Keys.Forget(head.Seq)
	}
	fresh := false
	err = k.Vault.MoveAnchor(ctx, func(now *Anchor) (*Anchor, error) {
		if now == nil {
			fresh = true
			return &Anchor{}, nil
		}
		fresh = now.Seq == 0 // else what was sealed is gone: sealing what is left would hide it
		return nil, nil
	})
	if err != nil || !fresh {
		return err
	}
	if err := k.begin(system(ctx)); err != nil {
		return err
	}
	return k.Advance(ctx)
}

// system is the context in which the program acts by itself.
func system(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
}

func (k *Keeper) head(ctx context.Context) (head Link, err error) {
	err = k.Store.Read(ctx, func(r Repo) (err error) { head, err = r.AuditHead(); return err })
	return head, err
}

// sealedAtOnce is how many entries of before are sealed in one transaction.
const sealedAtOnce = 500

// begin seals the entries of before, in order, and adds the one that tells of it.
func (k *Keeper) begin(ctx context.Context) error {
	var last Link
	for done := false; !done; {
		err := k.Store.Write(ctx, func(r Repo) error {
			rows, err := r.AuditRows(last.Seq, sealedAtOnce)
			if err != nil {
				return err
			}
			reached := last
			for _, row := range rows {
				if len(row.Hash) == 0 {
					if row, err = row.sealed(reached.Hash, k.Keys); err != nil {
						return err
					}
					if err := r.SealAudit(row); err != nil {
						return err
					}
				}
				reached = row.Link()
			}
			if len(rows) == sealedAtOnce {
				last = reached
				return nil
			}
			done = true
			head, err := r.AuditHead()
			if err != nil {
				return err
			}
			began, err := r.ListAudit(Filter{Action: actionStart}, page.Request{Limit: 1})
			if err != nil || len(began.Items) > 0 { // another process was quicker
				return err
			}
			return Record(ctx, r, k.Clock.Now(), actionStart, Subject{Kind: "audit"}, "", nil, map[string]any{"entries_before": head.Seq})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Advance moves the anchor to the end of the chain, and erases the keys of before. An anchor that the chain no longer
// holds stays: it is the proof that something was removed. A missing one is never made anew.
func (k *Keeper) Advance(ctx context.Context) error {
	return k.Vault.MoveAnchor(ctx, func(now *Anchor) (*Anchor, error) {
		var head Link
		holds := now != nil
		err := k.Store.Read(ctx, func(r Repo) (err error) {
			if head, err = r.AuditHead(); err != nil || now == nil || now.Seq == 0 {
				return err
			}
			held, err := r.AuditLink(now.Seq)
			holds = err == nil && same(held.Hash, now.Hash)
			if errs.Is(err, errs.NotFound) {
				return nil
			}
			return err
		})
		if err == nil {
			err = k.Keys.Forget(head.Seq)
		}
		if err != nil || !holds || head.Seq <= now.Seq {
			return nil, err
		}
		return &Anchor{Seq: head.Seq, AtMs: head.AtMs, Hash: head.Hash}, nil
	})
}

// Run advances the anchor after every tell of appended until ctx ends, and once more where something is left then.
// failed is told what went wrong; the next entry tries again.
func (k *Keeper) Run(ctx context.Context, appended <-chan struct{}, failed func(error)) {
	lasting := context.WithoutCancel(ctx)
	for {
		select {
		case <-appended:
		case <-ctx.Done():
			select {
			case <-appended:
			default:
				return
			}
		}
		if err := k.Advance(lasting); err != nil {
			failed(err)
		}
	}
}

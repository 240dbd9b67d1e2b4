package draft

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/order"
)

// Save keeps a new draft (no ID), or another order for one by ID and Version. An order need not be complete: what could not
// be bought as it is comes back as Problems. Only AccountID, Order and, of a new or an unfinished one, Source are taken. One that waited for its
// courier waits no longer: a person is at it.
// Invalid: account_id; Malformed, TooLarge: order; Conflict: somebody changed it meanwhile; NotFound: it is bought or deleted.
func (s *Service) Save(ctx context.Context, in Draft) (Draft, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Draft{}, err
	}
	if err := in.look(); err != nil {
		return Draft{}, err
	}
	in.Problems, in.WaitsFor, in.WaitsCourier, in.WaitingMs = s.problems(ctx, in), "", "", 0
	now := s.Clock.Now()
	var out Draft
	err := s.Store.Write(ctx, func(r Repo) error {
		out = in
		acc, err := r.AccountRecord(in.AccountID)
		if errs.Is(err, errs.NotFound) || err == nil && acc.DeletedMs != 0 {
			return errs.OnField("account_id", "There is no such API account. Choose another one.")
		}
		if err != nil {
			return err
		}
		out.Account, out.UpdatedMs = acc.Name, now.UnixMilli()
		if in.ID == "" {
			out.ID, out.CreatedMs, out.Version, out.From = ID(ident.New(now)), out.UpdatedMs, 1, Imported{}
			if out.Source == "" {
				out.Source = Window
			}
			if err := r.CreateDraft(out); err != nil {
				return err
			}
			return audit.Record(ctx, r, now, "draft.create", out.subject(), string(out.AccountID), nil, out.told())
		}
		before, err := r.Draft(in.ID)
		if err != nil {
			return err
		}
		out.CreatedMs, out.Source, out.From = before.CreatedMs, before.Source, before.From
		if before.Source == Unfinished && in.Source == Window {
			out.Source = Window
		}
		if len(before.From.Rows) > 0 && out.AccountID != before.AccountID {
			return errs.OnField("account_id", "This draft came from a file that was imported for the account %q, and stays there.", before.Account)
		}
		if err := r.UpdateDraft(out); err != nil {
			return err
		}
		out.Version++
		return audit.Record(ctx, r, now, "draft.change", out.subject(), string(out.AccountID), before.told(), out.told())
	})
	if err != nil {
		return Draft{}, err
	}
	return out, nil
}

// problems tries an order without buying it. What can't be told by a field is told of the whole order, with the path "".
func (s *Service) problems(ctx context.Context, d Draft) []errs.Field {
	o, err := order.Parse([]byte(d.Order), "")
	if err == nil {
		err = s.Shipments.Check(ctx, d.AccountID, o)
	}
	return fieldsOf(err)
}

func fieldsOf(err error) []errs.Field {
	if err == nil {
		return []errs.Field{}
	}
	e := errs.As(err)
	if len(e.Fields) > 0 {
		return e.Fields
	}
	return []errs.Field{{Message: e.Message}}
}

// Keep stores drafts of an imported file, all at once, as they are: the importer has tried them. It tells of each whether it
// is new; the others are kept or bought already.
func (s *Service) Keep(ctx context.Context, accountID account.ID, list []Draft) (isNew []bool, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	err = s.Store.Write(ctx, func(r Repo) error {
		isNew = make([]bool, len(list))
		made := 0
		for i, d := range list {
			d.AccountID, d.CreatedMs, d.UpdatedMs, d.Version = accountID, now.UnixMilli(), now.UnixMilli(), 1
			err := r.CreateDraft(d)
			if errs.Is(err, errs.Conflict) {
				continue
			}
			if err != nil {
				return err
			}
			isNew[i] = true
			made++
		}
		if made == 0 {
			return nil
		}
		first, last := list[0], list[len(list)-1]
		return audit.Record(ctx, r, now, "draft.import", audit.Subject{Kind: "import", ID: first.From.File, Name: first.Source[len(FromImport):]},
			string(accountID), nil, map[string]any{"drafts": made, "first_row": first.From.Rows[0], "last_row": last.From.Rows[0]})
	})
	return isNew, err
}

// Get gives a draft. NotFound: there is none, or it was bought.
func (s *Service) Get(ctx context.Context, id ID) (Draft, error) {
	var d Draft
	if err := actor.AllowManager(ctx); err != nil {
		return d, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { d, err = r.Draft(id); return err })
	return d, err
}

// List gives drafts, newest first; those of one file in the order of the file.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Draft], error) {
	var out page.Result[Draft]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Drafts(f, p); return err })
	return out, err
}

// Count gives how many drafts a filter has, counted up to 1,000 and then "more".
func (s *Service) Count(ctx context.Context, f Filter) (count int64, more bool, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, false, err
	}
	err = s.Store.Read(ctx, func(r Repo) (err error) { count, more, err = r.CountDrafts(f); return err })
	return count, more, err
}

// Limit is how many drafts Pick gives.
const Limit = 20_000

// Pick gives the drafts of a filter in the order of the list; more says that Limit left others out.
func (s *Service) Pick(ctx context.Context, f Filter) (ids []ID, more bool, err error) {
	for next := (page.Request{Limit: page.MaxLimit}); ; {
		got, err := s.List(ctx, f, next)
		if err != nil {
			return nil, false, err
		}
		for _, d := range got.Items {
			if len(ids) == Limit {
				return ids, true, nil
			}
			ids = append(ids, d.ID)
		}
		if next.Cursor = got.Next; next.Cursor == "" {
			return ids, false, nil
		}
	}
}

// together is how many drafts are deleted in one transaction.
const together = 100

// Delete deletes drafts and gives how many; one that is gone, or that was bought meanwhile, is passed over.
func (s *Service) Delete(ctx context.Context, ids []ID) (deleted int, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, err
	}
	for len(ids) > 0 {
		some := ids[:min(together, len(ids))]
		ids = ids[len(some):]
		count := 0
		err := s.Store.Write(ctx, func(r Repo) error {
			count = 0
			for _, id := range some {
				d, err := r.Draft(id)
				if errs.Is(err, errs.NotFound) {
					continue
				}
				if err == nil {
					err = r.DeleteDraft(id)
				}
				if err == nil {
					err = audit.Record(ctx, r, s.Clock.Now(), "draft.delete", d.subject(), string(d.AccountID), d.told(), nil)
				}
				if err != nil {
					return err
				}
				count++
			}
			return nil
		})
		if err != nil {
			return deleted, err
		}
		deleted += count
	}
	return deleted, nil
}

func (d Draft) subject() audit.Subject {
	name := d.Reference
	if name == "" {
		name = d.Recipient
	}
	return audit.Subject{Kind: "draft", ID: string(d.ID), Name: name}
}

// told is what the audit says of a draft.
func (d Draft) told() map[string]any {
	return map[string]any{"reference": d.Reference, "recipient": d.Recipient, "country_iso": d.CountryISO, "source": d.Source, "problems": len(d.Problems)}
}

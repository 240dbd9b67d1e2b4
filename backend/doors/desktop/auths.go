package desktop

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

// Auths is registered auths: a courier's credentials on an account, secrets masked.
type Auths struct{ door *Door }

// AuthForm is the register and edit dialog. A secret field left out keeps its stored value on an edit, one named in Clear
// loses it.
type AuthForm struct {
	AccountID    account.ID        `json:"account_id"`
	Courier      courier.Key       `json:"courier"`
	Company      string            `json:"company"`
	Testing      bool              `json:"testing"`
	TrackingOnly bool              `json:"tracking_only"`
	Fields       map[string]string `json:"fields"`
	Clear        []string          `json:"clear,omitempty"`
}

// Verdict is what a connection check proved, as far as it came, and how it ended. Refusal is null where the credentials
// work; its code is "rejected" where the courier said no, "unavailable" where it could not be asked.
type Verdict struct {
	Steps    []VerdictStep `json:"steps"`
	Warnings []string      `json:"warnings"`
	Refusal  *Error        `json:"refusal"`
}

// VerdictStep is one thing that was proved, and how long it took.
type VerdictStep struct {
	Text   string `json:"text"`
	TookMs int64  `json:"took_ms"`
}

// List gives an account's auths.
func (a *Auths) List(accountID string) ([]auth.Auth, error) {
	return ask(a.door, "Auths.List", func(ctx context.Context, s *Services) ([]auth.Auth, error) {
		return s.Auths.List(ctx, account.ID(accountID))
	})
}

// Get gives one auth.
func (a *Auths) Get(id string) (auth.Auth, error) {
	return ask(a.door, "Auths.Get", func(ctx context.Context, s *Services) (auth.Auth, error) {
		return s.Auths.Auth(ctx, auth.ID(id))
	})
}

// Register stores a new auth.
func (a *Auths) Register(in AuthForm) (auth.Auth, error) {
	return ask(a.door, "Auths.Register", func(ctx context.Context, s *Services) (auth.Auth, error) {
		return s.Auths.Register(ctx, auth.Save(in))
	})
}

// Update changes an auth; version is the one that was read.
func (a *Auths) Update(id string, version int64, in AuthForm) (auth.Auth, error) {
	return ask(a.door, "Auths.Update", func(ctx context.Context, s *Services) (auth.Auth, error) {
		return s.Auths.Update(ctx, auth.ID(id), version, auth.Save(in))
	})
}

// Delete removes an auth and its secrets.
func (a *Auths) Delete(id string) error {
	return do(a.door, "Auths.Delete", func(ctx context.Context, s *Services) error { return s.Auths.Delete(ctx, auth.ID(id)) })
}

// Uses tells what would miss an auth.
func (a *Auths) Uses(id string) (auth.Uses, error) {
	return ask(a.door, "Auths.Uses", func(ctx context.Context, s *Services) (auth.Uses, error) {
		return s.Auths.Uses(ctx, auth.ID(id))
	})
}

// Reveal gives one secret field's value; the audit tells of it.
func (a *Auths) Reveal(id, field string) (string, error) {
	return ask(a.door, "Auths.Reveal", func(ctx context.Context, s *Services) (string, error) {
		return s.Auths.Reveal(ctx, auth.ID(id), field)
	})
}

// Test proves a stored auth's credentials at the courier.
func (a *Auths) Test(id string) (Verdict, error) {
	return ask(a.door, "Auths.Test", func(ctx context.Context, s *Services) (Verdict, error) {
		return verdict(s.Auths.Test(ctx, auth.ID(id)))
	})
}

// TestUnsaved proves credentials that are being typed; id names the auth whose stored secrets stand in for those left
// out, or is "".
func (a *Auths) TestUnsaved(id string, in AuthForm) (Verdict, error) {
	return ask(a.door, "Auths.TestUnsaved", func(ctx context.Context, s *Services) (Verdict, error) {
		return verdict(s.Auths.TestUnsaved(ctx, auth.ID(id), auth.Save(in)))
	})
}

// verdict makes the courier's answer an answer, whichever it was; other errors stay errors.
func verdict(v courier.Verdict, err error) (Verdict, error) {
	out := Verdict{Warnings: v.Warnings}
	for _, step := range v.Steps {
		out.Steps = append(out.Steps, VerdictStep{Text: step.Text, TookMs: step.Took.Milliseconds()})
	}
	if errs.Is(err, errs.Rejected) || errs.Is(err, errs.Unavailable) {
		out.Refusal, err = view(err), nil
	}
	return out, err
}

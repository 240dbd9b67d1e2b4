package desktop

import (
	"context"

	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/settings"
	"packbench/backend/core/setup"
)

// Setup is the first run, and the settings of this site.
type Setup struct{ door *Door }

// FirstRun is what the first-run screen asks. Sender becomes the account's default sender.
type FirstRun struct {
	Group   string         `json:"group"`
	Account string         `json:"account"`
	Sender  postal.Address `json:"sender"`
	Testing bool           `json:"testing"`
}

// FirstRunDone is what was made. Key is shown this once besides audited reveals.
type FirstRunDone struct {
	Group   account.Group   `json:"group"`
	Account account.Account `json:"account"`
	Key     string          `json:"key"`
	Auth    auth.Auth       `json:"auth"`
}

// Needed reports whether there is no account yet.
func (s *Setup) Needed() (bool, error) {
	return ask(s.door, "Setup.Needed", func(ctx context.Context, on *Services) (bool, error) { return on.Setup.Needed(ctx) })
}

// Begin makes group, account and the Own fleet auth in one step; where it fails nothing stays behind.
func (s *Setup) Begin(in FirstRun) (FirstRunDone, error) {
	return ask(s.door, "Setup.Begin", func(ctx context.Context, on *Services) (FirstRunDone, error) {
		made, err := on.Setup.Begin(ctx, setup.Begin(in))
		return FirstRunDone{Group: made.Group, Account: made.Account, Key: made.Key.Expose(), Auth: made.Auth}, err
	})
}

// SampleOrder gives the JSON text of an order that Own fleet can fulfil offline.
func (s *Setup) SampleOrder() (string, error) {
	return answer(s.door, "Setup.SampleOrder", func(context.Context) (string, error) { return setup.SampleOrder, nil })
}

// Settings gives the settings of this site.
func (s *Setup) Settings() (settings.Settings, error) {
	return ask(s.door, "Setup.Settings", func(ctx context.Context, on *Services) (settings.Settings, error) {
		return on.Settings.Get(ctx)
	})
}

// SaveSettings changes the settings; Version is the one that was read.
func (s *Setup) SaveSettings(in settings.Settings) (settings.Settings, error) {
	return ask(s.door, "Setup.SaveSettings", func(ctx context.Context, on *Services) (settings.Settings, error) {
		return on.Settings.Update(ctx, in)
	})
}

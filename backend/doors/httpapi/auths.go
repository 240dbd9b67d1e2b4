package httpapi

import (
	"context"
	"fmt"

	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

type authEntry struct {
	Courier      courier.Key       `json:"courier"`
	Testing      bool              `json:"testing"`
	Company      string            `json:"auth_company"`
	TrackingOnly bool              `json:"tracking_only"`
	Details      map[string]string `json:"auth_details"` // secrets masked
}

// listAuths lists the account's registered auths: GET list-registered-couriers.
func (a *api) listAuths(ctx context.Context, c *call) (any, error) {
	list, err := a.Auths.List(ctx, c.account())
	out := make([]authEntry, 0, len(list))
	for _, x := range list {
		out = append(out, entryOf(x))
	}
	return out, err
}

func entryOf(x auth.Auth) authEntry {
	details := x.Fields
	if details == nil {
		details = map[string]string{}
	}
	return authEntry{Courier: x.Courier, Testing: x.Testing, Company: x.Company, TrackingOnly: x.TrackingOnly, Details: details}
}

type authRow struct {
	authEntry
	ID    auth.ID      `json:"id"`
	Name  string       `json:"courier"` // Courier_Company or Courier_Company_TEST: why companies have no underscore
	Split courierSplit `json:"courier_split"`
}

type courierSplit struct {
	Name    courier.Key `json:"name"`
	Company string      `json:"company"`
	Test    bool        `json:"test"`
}

// authRows lists the same with the name in its parts: GET auths.json.
func (a *api) authRows(ctx context.Context, c *call) (any, error) {
	list, err := a.Auths.List(ctx, c.account())
	out := make([]authRow, 0, len(list))
	for _, x := range list {
		name := fmt.Sprintf("%s_%s", x.Courier, x.Company)
		if x.Testing {
			name += "_TEST"
		}
		out = append(out, authRow{
			authEntry: entryOf(x), ID: x.ID, Name: name, Split: courierSplit{Name: x.Courier, Company: x.Company, Test: x.Testing},
		})
	}
	return out, err
}

// registerAuth stores credentials; the courier is not asked: POST {courier}/register-auth.
func (a *api) registerAuth(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	save, err := a.saveOf(c, in)
	if err != nil {
		return nil, err
	}
	_, err = a.Auths.Register(ctx, save)
	return done{Success: true}, err
}

// updateAuth changes credentials; a secret that is left out stays: POST {courier}/update-auth.
func (a *api) updateAuth(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	save, err := a.saveOf(c, in)
	if err != nil {
		return nil, err
	}
	stored, err := a.storedAuth(ctx, c, in)
	if err != nil {
		return nil, err
	}
	save.Company, save.Testing = stored.Company, stored.Testing // what it was found by stays
	if in.flag("tracking_only") == nil {
		save.TrackingOnly = stored.TrackingOnly
	}
	_, err = a.Auths.Update(ctx, stored.ID, stored.Version, save)
	return done{Success: true}, err
}

// deleteAuth removes credentials: POST {courier}/delete-auth.
func (a *api) deleteAuth(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	stored, err := a.storedAuth(ctx, c, in)
	if err != nil {
		return nil, err
	}
	return done{Success: true}, a.Auths.Delete(ctx, stored.ID)
}

// testAuth proves credentials at the courier: POST {courier}/test-courier-auth.
func (a *api) testAuth(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	stored, err := a.storedAuth(ctx, c, in)
	if err != nil {
		return nil, err
	}
	verdict, err := a.Auths.Test(ctx, stored.ID)
	return struct {
		done
		Warnings []string `json:"warnings"`
	}{done{Success: true}, append([]string{}, verdict.Warnings...)}, err
}

func (a *api) saveOf(c *call, in *input) (auth.Save, error) {
	key := courier.Key(c.PathValue("courier"))
	if _, err := a.Couriers.Find(key); err != nil {
		return auth.Save{}, err
	}
	testing, trackingOnly := in.flag("testing"), in.flag("tracking_only")
	save := auth.Save{
		AccountID: c.account(), Courier: key, Company: in.text("auth_company"), Fields: in.texts("auth"),
		Testing: testing != nil && *testing, TrackingOnly: trackingOnly != nil && *trackingOnly,
	}
	return save, in.err()
}

// storedAuth finds the auth of the route's courier that auth_company and testing name. What is not said must not be needed.
func (a *api) storedAuth(ctx context.Context, c *call, in *input) (auth.Auth, error) {
	q := auth.Query{
		AccountID: c.account(), Courier: courier.Key(c.PathValue("courier")), Company: in.text("auth_company"), Testing: in.flag("testing"),
	}
	if err := in.err(); err != nil {
		return auth.Auth{}, err
	}
	return a.Auths.Find(ctx, q)
}

package httpapi

import (
	"context"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
)

// apiTokenName is what a token is called that a program did not name.
const apiTokenName = "API"

// createAPIUser makes an account with its key and a token: POST /api/apiuser/create. Without a group's name it goes into
// the caller's group.
func (a *api) createAPIUser(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	ask := account.CreateAccount{Name: in.text("name"), GroupName: in.text("api_user_group_name"), Key: secret.New(in.text("key"))}
	if err := in.err(); err != nil {
		return nil, err
	}
	if ask.GroupName == "" {
		ask.GroupID = c.who.Account.GroupID
	}
	made, key, err := a.Accounts.Create(ctx, ask)
	if err != nil {
		return nil, err
	}
	_, token, err := a.Accounts.CreateToken(ctx, account.CreateToken{AccountID: made.ID, Name: apiTokenName})
	return struct {
		Name      string `json:"name"`
		Key       string `json:"key"`
		Token     string `json:"token"`
		APIUserID int64  `json:"api_user_id"`
	}{made.Name, key.Expose(), token.Expose(), made.APIUserID}, err
}

// createToken makes a token for the caller's account: POST /api/apiuser/create-token.
func (a *api) createToken(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	name := in.text("name")
	if err := in.err(); err != nil {
		return nil, err
	}
	if name == "" {
		name = apiTokenName + " " + strconv.FormatInt(c.number, 10)
	}
	_, token, err := a.Accounts.CreateToken(ctx, account.CreateToken{AccountID: c.account(), Name: name})
	return struct {
		Token string `json:"token"`
	}{token.Expose()}, err
}

// disableAPIUser disables an account or enables it again: POST /api/apiuser/disable.
func (a *api) disableAPIUser(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	id, name, disabled := in.integer("id"), in.text("name"), in.flag("disabled")
	if err := in.err(); err != nil {
		return nil, err
	}
	found, err := a.apiUser(ctx, id, name)
	if err != nil {
		return nil, err
	}
	_, err = a.Accounts.SetDisabled(ctx, found.ID, disabled == nil || *disabled)
	return done{Success: true}, err
}

// deleteAPIUser deletes an account: DELETE or POST /api/apiuser/delete/{id} and /api/apiuser/delete/n/{name}. The program
// that names it in the address has confirmed it.
func (a *api) deleteAPIUser(ctx context.Context, c *call) (any, error) {
	name, id := c.PathValue("name"), int64(0)
	if name == "" {
		var err error
		if id, err = strconv.ParseInt(c.PathValue("id"), 10, 64); err != nil || id < 1 {
			return nil, errs.New(errs.NotFound, "There is no API account with the id %q.", c.PathValue("id"))
		}
	}
	found, err := a.apiUser(ctx, id, name)
	if err != nil {
		return nil, err
	}
	return done{Success: true}, a.Accounts.Delete(ctx, found.ID, found.Name)
}

// apiUser finds an account by its number or, where that is 0, by its name.
func (a *api) apiUser(ctx context.Context, id int64, name string) (account.Account, error) {
	if id == 0 {
		if name == "" {
			return account.Account{}, errs.OnField("name", "Give the id or the name of the API account.")
		}
		return a.Accounts.ByName(ctx, name)
	}
	list, err := a.Accounts.List(ctx, account.Filter{})
	if err != nil {
		return account.Account{}, err
	}
	for _, x := range list {
		if x.APIUserID == id {
			return x, nil
		}
	}
	return account.Account{}, errs.New(errs.NotFound, "There is no API account with the id %d.", id)
}

package httpapi

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
)

// apiTokenName is what a token is called that a program did not name.
const apiTokenName = "API"

// createAPIUser makes an account with its key and a token: POST /api/apiuser/create. Without a group's name it goes into
// the caller's group. A token that can't be made takes the account back.
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
		return nil, renamed(err, "group", "api_user_group_name")
	}
	_, token, err := a.Accounts.CreateToken(ctx, account.CreateToken{AccountID: made.ID, Name: apiTokenName})
	if err != nil {
		return nil, errors.Join(err, a.Accounts.Delete(ctx, made.ID, made.Name))
	}
	return struct {
		Name      string `json:"name"`
		Key       string `json:"key"`
		Token     string `json:"token"`
		APIUserID int64  `json:"api_user_id"`
	}{made.Name, key.Expose(), token.Expose(), made.APIUserID}, nil
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

// apiUser finds an account by its number, its name, or both where they agree.
func (a *api) apiUser(ctx context.Context, id int64, name string) (account.Account, error) {
	switch {
	case id == 0 && name == "":
		return account.Account{}, errs.OnField("name", "Give the id or the name of the API account.")
	case id == 0:
		return a.Accounts.ByName(ctx, name)
	}
	found, err := a.Accounts.ByUser(ctx, id)
	if err == nil && name != "" && name != found.Name {
		return account.Account{}, errs.OnField("name", "The id %d is not the API account with this name. Send one of the two, or two that agree.", id)
	}
	return found, err
}

// renamed gives an error's fields the name that this API has for them.
func renamed(err error, path, here string) error {
	e := *errs.As(err)
	e.Fields = slices.Clone(e.Fields)
	for i := range e.Fields {
		if e.Fields[i].Path == path {
			e.Fields[i].Path = here
		}
	}
	return &e
}

package httpapi

import (
	"encoding/base64"
	"net/http"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
)

// presented reads who a caller says it is, in all the forms of voila-api §1: api-user with api-token, the same two as Basic,
// an account key as api-key, a token or key as Bearer. Several at once must agree. Unauthorized names the header that is
// not set.
func presented(h http.Header) (account.Presented, error) {
	var c claims
	for _, v := range h["Api-User"] {
		c.add(&c.user, v)
	}
	for _, v := range h["Api-Token"] {
		c.add(&c.token, v)
	}
	for _, v := range h["Api-Key"] {
		c.add(&c.bearer, v)
	}
	for _, v := range h["Authorization"] {
		if err := c.authorization(v); err != nil {
			return account.Presented{}, err
		}
	}
	if c.token != "" && c.bearer != "" && c.token != c.bearer {
		c.differ = true
	}
	switch {
	case c.differ:
		return account.Presented{}, errs.New(errs.Unauthorized, "The headers name different callers; send api-user and api-token, or Authorization, not two that differ.")
	case c.user == "" && c.bearer == "":
		return account.Presented{}, errs.New(errs.Unauthorized, "The api-user header is not set.")
	case c.token == "" && c.bearer == "":
		return account.Presented{}, errs.New(errs.Unauthorized, "The api-token header is not set.")
	}
	value := c.token
	if value == "" {
		value = c.bearer
	}
	return account.Presented{APIUser: c.user, Secret: secret.New(value)}, nil
}

// claims gathers what the headers say. A token needs the user beside it; a bearer value stands alone.
type claims struct {
	user, token, bearer string
	differ              bool
}

func (c *claims) add(field *string, value string) {
	value = headerText(value)
	switch {
	case value == "" || value == *field:
	case *field == "":
		*field = value
	default:
		c.differ = true
	}
}

func (c *claims) authorization(value string) error {
	scheme, rest, _ := strings.Cut(value, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case strings.EqualFold(scheme, "Bearer"):
		c.add(&c.bearer, rest)
	case strings.EqualFold(scheme, "Basic"):
		pair, err := base64.StdEncoding.DecodeString(rest)
		user, token, ok := strings.Cut(string(pair), ":")
		if err != nil || !ok {
			return errs.New(errs.Unauthorized, "The Authorization header is not Basic with base64 of api-user:api-token.")
		}
		c.add(&c.user, user)
		c.add(&c.token, token)
	}
	return nil
}

// headerText reads a header's bytes as UTF-8, else as Latin-1, in which HTTP headers were once written (RFC 9110 §5.5).
func headerText(value string) string {
	if utf8.ValidString(value) {
		return value
	}
	runes := make([]rune, len(value))
	for i := range len(value) {
		runes[i] = rune(value[i])
	}
	return string(runes)
}

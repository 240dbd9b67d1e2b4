package httpx

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
)

// Grant is how a courier gives access tokens: OAuth 2.0 client credentials (RFC 6749 §4.4).
type Grant struct {
	URL        string
	ID, Secret string
	InForm     bool       // they stand in the form, not in the Authorization header
	Form       url.Values // beside grant_type
	Header     http.Header
}

type tokenKey [sha256.Size]byte

// token is one access token. turn is held by the one goroutine that gets a new one.
type token struct {
	turn  chan struct{}
	value string
	until time.Time
}

const (
	tokensKept   = 1000
	defaultLife  = 10 * time.Minute // of a token whose answer does not say
	shortestLife = 10 * time.Second
)

// Bearer gives the value of an Authorization header, from a token that is kept until nine tenths of its life are over.
// Callers that come together wait for one and the same. Rejected: the courier does not take the credentials. Unavailable.
func (t *Talk) Bearer(ctx context.Context, g Grant) (string, error) {
	key := tokenKey(sha256.Sum256([]byte(strings.Join([]string{g.URL, g.ID, g.Secret, g.Form.Encode()}, "\x00"))))
	kept := t.line.token(key)
	select {
	case kept.turn <- struct{}{}:
		defer func() { <-kept.turn }()
	case <-ctx.Done():
		return "", errs.Wrap(context.Cause(ctx), errs.Unavailable, "%s was not asked: the wait for its access token was cut short. Nothing was sent.", t.name())
	}
	if kept.value == "" || !t.line.env.Clock.Now().Before(kept.until) {
		if err := t.fetch(ctx, g, kept); err != nil {
			return "", err
		}
	}
	t.Hide(kept.value)
	t.used = append(t.used, key)
	return "Bearer " + kept.value, nil
}

func (t *Talk) fetch(ctx context.Context, g Grant, into *token) error {
	form := url.Values{"grant_type": {"client_credentials"}}
	for k, v := range g.Form {
		form[k] = v
	}
	header := g.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if g.InForm {
		form.Set("client_id", g.ID)
		form.Set("client_secret", g.Secret)
	} else {
		header.Set("Authorization", t.Basic(g.ID, g.Secret))
	}
	now := t.line.env.Clock.Now()
	a, err := t.Ask(ctx, Call{Method: http.MethodPost, URL: g.URL, Header: header, Form: form})
	if err != nil {
		return err
	}
	if !a.OK() {
		words, _ := a.told()
		return a.Refused(or(words, grantWords(a)))
	}
	var given struct {
		AccessToken string      `json:"access_token"`
		ExpiresIn   json.Number `json:"expires_in"` // some couriers send it as text
	}
	if err := a.JSON(&given); err != nil {
		return err
	}
	if given.AccessToken == "" {
		return a.Unreadable("it holds no access token")
	}
	life := defaultLife
	if seconds, err := strconv.ParseInt(given.ExpiresIn.String(), 10, 32); err == nil && seconds > 0 {
		life = max(time.Duration(seconds)*time.Second, shortestLife)
	}
	into.value, into.until = given.AccessToken, now.Add(life*9/10)
	return nil
}

// grantWords gives what a refusal of the standard's own shape says (RFC 6749 §5.2).
func grantWords(a *Answer) string {
	var e struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(a.Body, &e) != nil {
		return ""
	}
	return or(e.Description, e.Error)
}

// token gives the place of a token. What is over is dropped when there are too many.
func (l *Line) token(key tokenKey) *token {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := l.tokens[key]
	if kept == nil {
		if len(l.tokens) >= tokensKept {
			clear(l.tokens) // they are got again
		}
		kept = &token{turn: make(chan struct{}, 1)}
		l.tokens[key] = kept
	}
	return kept
}

// forget drops tokens that a courier no longer takes.
func (l *Line) forget(keys []tokenKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		delete(l.tokens, key)
	}
}

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

package account_test

import (
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
)

func (w world) refusedKey(t *testing.T, value secret.Value) {
	t.Helper()
	_, err := w.authenticate(t, value)
	want(t, err, errs.Unauthorized, "", "not known")
}

func TestRegenerateKeepsTheOldKeyForItsGrace(t *testing.T) {
	for _, grace := range append(account.GraceTimes(), 0) {
		t.Run(grace.String(), func(t *testing.T) {
			w := newWorld(t)
			lasts := grace
			if grace == 0 {
				lasts = account.DefaultGrace
			}
			key, fresh, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, grace)
			ok(t, err)
			keys, err := w.Accounts.Keys(w.ctx, w.account.ID)
			ok(t, err)
			ends := w.Clock.Now().Add(lasts)
			if len(keys) != 2 || keys[0].ID != key.ID || keys[0].EndsMs != 0 || keys[1].EndsMs != ends.UnixMilli() {
				t.Fatalf("keys are %+v", keys)
			}
			w.Clock.Set(ends.Add(-time.Millisecond))
			_, err = w.authenticate(t, w.key)
			ok(t, err)
			_, err = w.authenticate(t, fresh)
			ok(t, err)
			w.Clock.Set(ends)
			w.refusedKey(t, w.key)
			keys, err = w.Accounts.Keys(w.ctx, w.account.ID)
			ok(t, err)
			if len(keys) != 1 {
				t.Errorf("after its grace the old key is still listed: %+v", keys)
			}
			_, err = w.authenticate(t, fresh)
			ok(t, err)
		})
	}
}

// Neither a clock that is set back nor a restart brings back a key that was once refused, or that ended while other
// keys and tokens were used.
func TestSettingTheClockBackRevivesNoKey(t *testing.T) {
	for name, pass := range map[string]func(t *testing.T, w world, fresh secret.Value){
		"the old key was refused": func(t *testing.T, w world, _ secret.Value) { w.refusedKey(t, w.key) },
		"another key was used": func(t *testing.T, w world, fresh secret.Value) {
			_, err := w.authenticate(t, fresh)
			ok(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			start := w.Clock.Now()
			_, fresh, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, time.Hour)
			ok(t, err)
			w.Clock.Set(start.Add(time.Hour + time.Second))
			pass(t, w, fresh)
			for _, back := range []time.Duration{time.Second, 30 * time.Minute, 24 * time.Hour, 10 * 365 * 24 * time.Hour} {
				w.Clock.Set(start.Add(-back))
				restarted := &account.Service{Store: w.Accounts.Store, Vault: w.Vault, Clock: w.Clock}
				_, err := restarted.Authenticate(t.Context(), account.Presented{Secret: w.key})
				want(t, err, errs.Unauthorized, "", "not known")
				_, err = restarted.Authenticate(t.Context(), account.Presented{Secret: fresh})
				ok(t, err)
			}
		})
	}
}

// A clock that ran far ahead for a moment costs old keys their grace, and nothing else.
func TestClockThatRanAheadEndsNoLaterGrace(t *testing.T) {
	w := newWorld(t)
	start := w.Clock.Now()
	_, second, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, time.Hour)
	ok(t, err)
	_, token := w.token(t, account.CreateToken{Name: "till", ExpiresMs: start.Add(48 * time.Hour).UnixMilli()})
	w.Clock.Set(start.AddDate(10, 0, 0))
	w.refusedKey(t, w.key)
	_, err = w.authenticate(t, token)
	want(t, err, errs.Unauthorized, "", "not known")
	w.Clock.Set(start)
	_, err = w.authenticate(t, token)
	ok(t, err)
	_, _, err = w.Accounts.RegenerateKey(w.ctx, w.account.ID, time.Hour)
	ok(t, err)
	w.Clock.Advance(59 * time.Minute)
	_, err = w.authenticate(t, second)
	ok(t, err)
	w.Clock.Advance(time.Minute)
	w.refusedKey(t, second)
}

func TestAtMostTwoKeysLive(t *testing.T) {
	w := newWorld(t)
	_, second, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 0)
	ok(t, err)
	_, third, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 0)
	ok(t, err)
	w.refusedKey(t, w.key)
	for _, value := range []secret.Value{second, third} {
		_, err = w.authenticate(t, value)
		ok(t, err)
	}
	ok(t, w.Accounts.EndOldKey(w.ctx, w.account.ID))
	w.refusedKey(t, second)
	_, err = w.authenticate(t, third)
	ok(t, err)
	err = w.Accounts.EndOldKey(w.ctx, w.account.ID)
	want(t, err, errs.NotFound, "", "no old key")
}

func TestResetRefusesTheOldKeyAtOnce(t *testing.T) {
	w := newWorld(t)
	_, second, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 0)
	ok(t, err)
	_, _, err = w.Accounts.ResetKey(w.ctx, w.account.ID, "Web")
	want(t, err, errs.Invalid, "confirm", "Web shop")
	_, err = w.authenticate(t, w.key)
	ok(t, err)
	_, third, err := w.Accounts.ResetKey(w.ctx, w.account.ID, "Web shop")
	ok(t, err)
	w.refusedKey(t, w.key)
	w.refusedKey(t, second)
	_, err = w.authenticate(t, third)
	ok(t, err)
	shown, err := w.Accounts.RevealKey(w.ctx, w.account.ID)
	ok(t, err)
	if shown.Expose() != third.Expose() {
		t.Error("what is revealed is not the key that works")
	}
}

func TestKeyRefusals(t *testing.T) {
	w := newWorld(t)
	_, _, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 2*time.Hour)
	want(t, err, errs.Invalid, "grace", "1 h, 24 h, 72 h or 168 h")
	_, _, err = w.Accounts.RegenerateKey(w.ctx, "nowhere", 0)
	want(t, err, errs.NotFound, "", "account")
	_, _, err = w.Accounts.ResetKey(w.ctx, "nowhere", "x")
	want(t, err, errs.NotFound, "", "account")
	_, err = w.Accounts.Keys(w.ctx, "nowhere")
	want(t, err, errs.NotFound, "", "account")
	a, err := w.Accounts.NewKeyValue(w.ctx)
	ok(t, err)
	b, err := w.Accounts.NewKeyValue(w.ctx)
	ok(t, err)
	if a.Expose() == b.Expose() || a.IsZero() {
		t.Error("two generated keys are the same")
	}
	keys, err := w.Accounts.Keys(w.ctx, w.account.ID)
	ok(t, err)
	if len(keys) != 1 {
		t.Errorf("generating a value stored something: %+v", keys)
	}
}

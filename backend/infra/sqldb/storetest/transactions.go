package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/numbering"
)

func transactions(t *testing.T, b *Bench) {
	group := func(name string) account.Group {
		return account.Group{ID: account.GroupID("id " + name), Name: name, NameKey: account.NameKey(name), Version: 1}
	}
	names := func() string {
		var list []string
		for _, g := range get(b, func(r Repo) ([]account.Group, error) { return r.Groups() }) {
			list = append(list, g.Name)
		}
		return strings.Join(list, " ")
	}

	t.Run("an error leaves nothing behind", func(t *testing.T) {
		refused := errors.New("refused")
		err := b.Store.Write(t.Context(), func(r Repo) error {
			if err := r.CreateGroup(group("lost")); err != nil {
				return err
			}
			if _, err := r.GroupByName("lost"); err != nil {
				t.Errorf("a transaction does not see what it wrote: %v", err)
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatalf("write = %v, want the function's own error", err)
		}
		same(b, "groups", names(), "")
	})

	t.Run("a panic is an error for its caller alone", func(t *testing.T) {
		err := b.Store.Write(t.Context(), func(r Repo) error {
			if err := r.CreateGroup(group("panicked")); err != nil {
				return err
			}
			panic("on purpose")
		})
		if !errs.Is(err, errs.Internal) {
			t.Fatalf("write = %v, want an internal error", err)
		}
		err = b.Store.Read(t.Context(), func(Repo) error { panic("on purpose") })
		if !errs.Is(err, errs.Internal) {
			t.Fatalf("read = %v, want an internal error", err)
		}
		b.write(func(r Repo) error { return r.CreateGroup(group("after")) })
		same(b, "groups", names(), "after")
	})

	t.Run("whoever gave up is not run", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		ran := false
		for _, call := range []func(context.Context, func(Repo) error) error{b.Store.Write, b.Store.Read} {
			err := call(ctx, func(Repo) error { ran = true; return nil })
			if !errs.Is(err, errs.Unavailable) || !errors.Is(err, context.Canceled) {
				t.Fatalf("a cancelled call = %v, want unavailable because of the context", err)
			}
		}
		if ran {
			t.Fatal("the function of a cancelled call was run")
		}
	})

	t.Run("a context that ends meanwhile harms nobody", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		err := b.Store.Write(ctx, func(r Repo) error {
			cancel()
			for range 50 { // long enough for a statement to be interrupted
				if _, err := r.Groups(); err != nil {
					return err
				}
				if err := r.MarkTime(1); err != nil {
					return err
				}
			}
			return r.CreateGroup(group("half-way"))
		})
		if err != nil {
			t.Fatalf("a write that had begun = %v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		_ = b.Store.Read(ctx, func(r Repo) error {
			cancel()
			_, err := r.Groups()
			return err
		})
		same(b, "groups", names(), "after half-way")
	})

	t.Run("a repository is of no use after its transaction", func(t *testing.T) {
		var kept Repo
		b.write(func(r Repo) error { kept = r; return nil })
		if err := kept.CreateGroup(group("late")); !errs.Is(err, errs.Internal) {
			t.Fatalf("a write after the end = %v, want an internal error", err)
		}
		if _, err := kept.Groups(); !errs.Is(err, errs.Internal) {
			t.Fatalf("a read after the end = %v, want an internal error", err)
		}
		b.read(func(r Repo) error { kept = r; return nil })
		if _, err := kept.Group("none"); !errs.Is(err, errs.Internal) {
			t.Fatalf("a read after the end of a read = %v, want an internal error", err)
		}
	})

	t.Run("a read sees one state", func(t *testing.T) {
		b.read(func(r Repo) error {
			before, err := r.Groups()
			if err != nil {
				return err
			}
			b.write(func(w Repo) error { return w.CreateGroup(group("meanwhile")) })
			after, err := r.Groups()
			same(b, "groups seen", len(after), len(before))
			return err
		})
		same(b, "groups", names(), "after half-way meanwhile")
	})

	t.Run("a read can't write", func(t *testing.T) {
		err := b.Store.Read(t.Context(), func(r Repo) error { return r.CreateGroup(group("sneaked in")) })
		if err == nil {
			t.Fatal("a read has written")
		}
		same(b, "groups", names(), "after half-way meanwhile")
	})

	t.Run("writers at once don't meet each other's failures", func(t *testing.T) { manyWriters(t, b) })
}

// manyWriters lets many goroutines write at once; every third one fails after it has written.
func manyWriters(t *testing.T, b *Bench) {
	const workers, each = 64, 8
	series := numbering.Series{Name: "crowd", First: 1, Last: 1 << 40}
	refused := errors.New("refused")
	var mu sync.Mutex
	given := map[int64]string{}
	var crowd sync.WaitGroup
	for w := range workers {
		crowd.Go(func() {
			for i := range each {
				name := fmt.Sprintf("crowd %d %d", w, i)
				var number int64
				err := b.Store.Write(t.Context(), func(r Repo) error {
					var err error
					if number, _, err = r.Reserve(series, 1); err != nil {
						return err
					}
					if err := r.CreateGroup(account.Group{ID: account.GroupID(name), Name: name, NameKey: name, Version: 1}); err != nil {
						return err
					}
					if i%3 == 2 {
						return refused
					}
					return nil
				})
				if want := i%3 == 2; want != errors.Is(err, refused) || !want && err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if err == nil {
					mu.Lock()
					if other, taken := given[number]; taken {
						t.Errorf("%s and %s both got %d", name, other, number)
					}
					given[number] = name
					mu.Unlock()
				}
			}
		})
	}
	crowd.Wait()
	kept := 0
	for _, g := range get(b, func(r Repo) ([]account.Group, error) { return r.Groups() }) {
		if strings.HasPrefix(g.Name, "crowd ") {
			kept++
		}
	}
	same(b, "groups kept", kept, len(given))
	same(b, "numbers taken", get(b, func(r Repo) (int64, error) { return r.Reserved(series) }), int64(len(given)))
}

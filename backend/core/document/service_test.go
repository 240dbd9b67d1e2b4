package document

import (
	"context"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// shelf keeps documents in memory.
type shelf struct {
	documents []Document
	blobs     map[string][]byte
}

func (s *shelf) Read(_ context.Context, fn func(Repo) error) error  { return fn(s) }
func (s *shelf) Write(_ context.Context, fn func(Repo) error) error { return fn(s) }

func (s *shelf) PutDocument(d Document, bytes []byte) error {
	s.documents = append(s.documents, d)
	s.blobs[d.SHA256] = bytes
	return nil
}

func (s *shelf) Document(key string) (Document, error) {
	for _, d := range s.documents {
		if d.Key == key {
			return d, nil
		}
	}
	return Document{}, errs.New(errs.NotFound, "There is no such document.")
}

func (s *shelf) DocumentsOf(string) ([]Document, error) { return s.documents, nil }
func (s *shelf) Bytes(d Document) ([]byte, error)       { return s.blobs[d.SHA256], nil }
func as(id string, scopes ...actor.Scope) context.Context {
	return actor.With(context.Background(), actor.Actor{Door: actor.API, AccountID: id, Scopes: scopes})
}

func TestKeepAndOpen(t *testing.T) {
	s := &shelf{blobs: map[string][]byte{}}
	service := &Service{Store: s, Clock: clock.NewManual(time.Unix(1_800_000_000, 0))}
	owner := Owner{ShipmentID: "shipment", AccountID: "account"}
	label := courier.Label{Format: courier.ZPL, Size: courier.Size4x6, DPI: 203, Bytes: []byte("^XA^XZ")}

	first, again := service.Label(owner, label), service.Label(owner, label)
	if first.Key == again.Key || len(first.Key) < 20 {
		t.Fatalf("keys are random: %q %q", first.Key, again.Key)
	}
	label.DPI = 300
	other := service.Label(owner, label)
	for _, f := range []*File{&first, &again, &other} {
		if err := Keep(s, f); err != nil {
			t.Fatal(err)
		}
	}
	if again.Key != first.Key || other.Key == first.Key || len(s.documents) != 2 || len(s.blobs) != 1 {
		t.Errorf("one content, one document for each variant, bytes once: %+v", s.documents)
	}
	f, err := service.Open(as("account", actor.Documents), first.Key)
	if err != nil || string(f.Bytes) != "^XA^XZ" || f.Media != "application/zpl" || f.Size != 6 || f.CreatedMs != 1_800_000_000_000 {
		t.Errorf("%+v %v", f, err)
	}
	for _, c := range []struct {
		ctx  context.Context
		key  string
		code errs.Code
	}{
		{as("other", actor.Documents), first.Key, errs.NotFound}, {as("account", actor.Ship), first.Key, errs.Forbidden},
		{context.Background(), first.Key, errs.Unauthorized}, {as("account", actor.Documents), "nobody's", errs.NotFound},
	} {
		if _, err := service.Open(c.ctx, c.key); !errs.Is(err, c.code) {
			t.Errorf("want %s: %v", c.code, err)
		}
	}
	s.blobs[first.SHA256] = []byte("^XA^XX")
	if _, err := service.Open(as("account", actor.Documents), first.Key); !errs.Is(err, errs.Internal) {
		t.Errorf("bytes that are no longer those that were kept: %v", err)
	}
}

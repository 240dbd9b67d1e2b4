package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Link is what holds a row in the chain. Seq counts from 1 without gaps. Hash is SHA-256 of the row before's Hash and
// the row's canonical JSON; MAC is HMAC-SHA256 of Hash under the row's key of the Ratchet. Both are empty on a row that
// was written before there was a chain, until Keeper.Start.
type Link struct {
	Seq  int64
	AtMs int64
	Hash []byte
	MAC  []byte
}

// Row is an entry in its place of the chain.
type Row struct {
	Entry
	Seq  int64
	Hash []byte
	MAC  []byte
}

// Link gives what holds the row.
func (r Row) Link() Link { return Link{Seq: r.Seq, AtMs: r.AtMs, Hash: r.Hash, MAC: r.MAC} }

// Next makes the row that follows prev. Unavailable: the key of its place has been erased, or can't be reached.
func Next(prev Link, e Entry, keys *Ratchet) (Row, error) {
	return Row{Entry: e, Seq: prev.Seq + 1}.sealed(prev.Hash, keys)
}

// sealed gives the row its hash and MAC behind the row with the hash prev.
func (r Row) sealed(prev []byte, keys *Ratchet) (Row, error) {
	var err error
	if r.Hash, err = r.hash(prev); err != nil {
		return r, err
	}
	r.MAC, err = keys.MAC(r.Seq, r.Hash)
	return r, err
}

// canonical is a row as it is hashed: this order, every field, before and after as the texts that are stored.
type canonical struct {
	Seq         int64  `json:"seq"`
	ID          string `json:"id"`
	AtMs        int64  `json:"at_ms"`
	Door        string `json:"door"`
	Actor       string `json:"actor"`
	From        string `json:"from"`
	Action      string `json:"action"`
	SubjectKind string `json:"subject_kind"`
	SubjectID   string `json:"subject_id"`
	SubjectName string `json:"subject_name"`
	AccountID   string `json:"account_id"`
	Before      string `json:"before"`
	After       string `json:"after"`
}

func (r Row) canonical() canonical {
	return canonical{
		r.Seq, r.ID, r.AtMs, string(r.Door), r.Actor, r.From, r.Action, r.Subject.Kind, r.Subject.ID, r.Subject.Name,
		r.AccountID, string(r.Before), string(r.After),
	}
}

// origin stands for the hash before the first row.
var origin = make([]byte, sha256.Size)

// hash gives what the row's Hash has to be behind the row with the hash prev, which is empty for the first row.
func (r Row) hash(prev []byte) ([]byte, error) {
	text, err := json.Marshal(r.canonical())
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	if len(prev) == 0 {
		prev = origin
	}
	h := sha256.New()
	h.Write(prev)
	h.Write(text)
	return h.Sum(nil), nil
}

// readable reports that the row's texts are UTF-8, as every text that Record wrote: what is not has no JSON of its own.
func (r Row) readable() bool {
	c := r.canonical()
	for _, text := range []string{c.ID, c.Door, c.Actor, c.From, c.Action, c.SubjectKind, c.SubjectID, c.SubjectName, c.AccountID, c.Before, c.After} {
		if !utf8.ValidString(text) {
			return false
		}
	}
	return true
}

func same(a, b []byte) bool { return bytes.Equal(a, b) }

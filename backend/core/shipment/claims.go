package shipment

import (
	"context"
	"encoding/hex"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/order"
)

// ClaimsKept is how long a repeat is known as one.
const ClaimsKept = 30 * 24 * time.Hour

// keyLimit is the longest Idempotency-Key, in characters.
const keyLimit = 255

// claimKind says what a repeat of a claim means.
type claimKind int

const (
	// byKey is the Idempotency-Key header: the key alone decides, also when the shipment has been cancelled since.
	byKey claimKind = iota
	// byRequest is request_id with courier and reference, or alone on a strict account: given back on cancelling.
	byRequest
	// byReference holds a reference for return_duplicate: whatever the order, the live label is given.
	byReference
)

// wish is a claim an order makes.
type wish struct {
	kind claimKind
	key  string
}

// apart sets the parts of a claim's key apart: a control character, which no text of an order can hold.
const apart = "\x1f"

// wishes lists the claims that a repeat of an order is known by (voila-api §7).
func wishes(o *order.Order, fingerprint [32]byte, strict bool) []wish {
	var list []wish
	if o.IdempotencyKey != "" {
		list = append(list, wish{byKey, "key|" + o.IdempotencyKey})
	}
	if id := o.RequestIDText(); id != "" {
		key := "id|" + string(o.Courier) + apart + o.Reference + apart + id
		switch {
		case strict:
			key = "strict|" + id
		case o.Reference == "": // programs that send one constant id: only the same order is a repeat
			key += apart + hex.EncodeToString(fingerprint[:])
		}
		list = append(list, wish{byRequest, key})
	}
	return list
}

// referenceWish lists the claim that holds an order's reference, where it asks for that.
func referenceWish(o *order.Order, testing bool) []wish {
	if o.Reference == "" || !o.ReturnDuplicate && !o.CancelOrReturnDuplicate {
		return nil
	}
	mode := "live"
	if testing {
		mode = "test"
	}
	return []wish{{byReference, "ref|" + string(o.Courier) + apart + mode + apart + o.Reference}}
}

// taken is the error of a transaction that met a claim of another purchase.
type taken struct {
	wish  wish
	claim Claim
}

func (taken) Error() string { return "shipment: the claim is taken" }

// claim makes the wishes claims of the shipment; taken where one is another's.
func claim(r Repo, list []wish, sh *Shipment, fingerprint [32]byte) error {
	for _, w := range list {
		c := Claim{AccountID: sh.AccountID, Key: w.key, Fingerprint: fingerprint, ShipmentID: sh.ID, CreatedMs: sh.CreatedMs}
		err := r.CreateClaim(c)
		if errs.Is(err, errs.Conflict) {
			return findTaken(r, sh.AccountID, w)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func findTaken(r Repo, id account.ID, w wish) error {
	c, err := r.Claim(id, w.key)
	if err != nil {
		return err
	}
	return taken{w, c}
}

// held looks whether one of the wishes is another's claim already: taken, or nil.
func held(r Repo, id account.ID, list []wish) error {
	for _, w := range list {
		err := findTaken(r, id, w)
		if !errs.Is(err, errs.NotFound) {
			return err
		}
	}
	return nil
}

// replay answers a repeat with the first answer. Conflict: another order under the same id, or still in progress.
// Unclear: the first purchase's outcome is not known.
func (s *Service) replay(ctx context.Context, t taken, fingerprint [32]byte) (Created, error) {
	if t.wish.kind != byReference && t.claim.Fingerprint != fingerprint {
		return Created{}, sameIDOtherOrder(t.wish)
	}
	return s.again(ctx, t.claim.ShipmentID)
}

func sameIDOtherOrder(w wish) error {
	if w.kind == byKey {
		return errs.New(errs.Conflict, "This Idempotency-Key was used for another order. Use a new key for a new order.")
	}
	return errs.New(errs.Conflict, "This request_id was used for another order with the same courier and reference. Use a new request_id for a new order, or cancel the first.")
}

// again gives an earlier purchase as the answer to a new request.
func (s *Service) again(ctx context.Context, id ID) (Created, error) {
	out := Created{Duplicate: true}
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if out.Shipment, err = r.Shipment(id); err != nil {
			return err
		}
		if out.Shipment.State.bought() {
			out.Label, err = boughtLabel(r, out.Shipment)
			if out.Shipment.LabelKey == "" && errs.Is(err, errs.NotFound) { // it has not come yet
				err = nil
			}
		}
		return err
	})
	if err != nil {
		return Created{}, err
	}
	switch out.Shipment.State {
	case Queued, Sending:
		return Created{}, &errs.Error{
			Code: errs.Conflict, Message: "The first request for this order is still in progress. Ask again in a moment.", RetryAfter: 2 * time.Second,
		}
	case Unknown:
		return out, unclear(out.Shipment, nil)
	case Rejected, NotBought: // its claims have been given back since
		return Created{}, &errs.Error{Code: errs.Conflict, Message: "The first request for this order has just failed. Send it again.", RetryAfter: time.Second}
	case Cancelled:
		if out.Shipment.RedoDue {
			return Created{}, errs.New(errs.Conflict, "Shipment %d of this order was cancelled to be bought again, which is not done yet. Redo it, or leave it cancelled, in Packbench.", out.Shipment.Number)
		}
		out.Cancelled = true
	}
	return out, nil
}

// unclear is the answer to a purchase whose outcome is not known.
func unclear(sh Shipment, cause error) error {
	return errs.Wrap(cause, errs.Unclear,
		"It is not known whether %s sold this label: %s Shipment %d is kept and needs a look; it is not sent again.",
		string(sh.Courier), sh.Failure, sh.Number)
}

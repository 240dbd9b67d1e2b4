// Package draft keeps orders that are not bought yet: saved in the window, or kept from an imported file. A draft need not
// be complete; what is missing is told and kept beside it. Buying one is guarded by a claim, so that it becomes one
// shipment at most, whatever stops in between.
package draft

import (
	"context"
	"encoding/json"
	"strconv"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

// ID names a draft.
type ID string

// Window is the source of what a person typed and saved, Unfinished of what was kept by itself while somebody typed; a file's
// is "import:" and its name.
const (
	Window     = "window"
	Unfinished = "unfinished"
	FromImport = "import:"
)

// maxOrder bounds the text of one order, in bytes.
const maxOrder = 1 << 20

// Draft is an order that is not bought yet. Reference, Recipient and CountryISO are what the order says of them.
type Draft struct {
	ID         ID           `json:"id"`
	AccountID  account.ID   `json:"account_id"`
	Account    string       `json:"account"` // its name
	Order      string       `json:"order"`   // JSON: a create-label body, as far as it is known
	Reference  string       `json:"reference"`
	Recipient  string       `json:"recipient"`
	CountryISO string       `json:"country_iso"`
	Source     string       `json:"source"`   // Window, Unfinished, or FromImport and the file's name
	Problems   []errs.Field `json:"problems"` // what the last try found, by the paths of the order
	CreatedMs  int64        `json:"created_ms"`
	UpdatedMs  int64        `json:"updated_ms"`
	Version    int64        `json:"version"`

	// A draft that waits is bought by the auth WaitsFor once its courier answers again, in the order of WaitingMs. Both are
	// zero where it does not. WaitsCourier is the auth's.
	WaitsFor     auth.ID     `json:"waits_for,omitempty"`
	WaitsCourier courier.Key `json:"waits_courier,omitempty"`
	WaitingMs    int64       `json:"waiting_ms,omitempty"`

	From Imported `json:"-"` // zero where it was not imported
}

// Imported says which rows of which file a draft was made of.
type Imported struct {
	File string // its content, live or test, as core/importing names it
	Rows []int
}

// Key is the Idempotency-Key of an imported order. The same rows have the same one whether they are bought at once or kept.
func (i Imported) Key() string { return "import:" + i.File + ":" + strconv.Itoa(i.Rows[0]) }

// Key is the Idempotency-Key a draft is bought with.
func (d Draft) Key() string {
	if len(d.From.Rows) > 0 {
		return d.From.Key()
	}
	return "draft:" + string(d.ID)
}

// Filter narrows a list; zero fields don't.
type Filter struct {
	AccountID account.ID `json:"account_id"`
	Source    string     `json:"source"` // exactly, or "import" for all files
	Search    string     `json:"search"` // part of reference, recipient or country
	Waiting   bool       `json:"waiting,omitempty"`
}

// Bought is a draft that is a shipment already.
type Bought struct {
	Draft
	Number int64 // of the shipment
}

// Repo is what drafts are kept in. A draft whose Key is the claim of a purchase is passed over by all but BoughtDrafts and
// DeleteDraft: it is being bought, or was. Getters return errs.NotFound.
type Repo interface {
	AppendAudit(audit.Entry) error
	AccountRecord(account.ID) (account.Account, error)

	CreateDraft(Draft) error             // Conflict: a draft or a purchase has its Key
	UpdateDraft(Draft) error             // Order and what follows from it, and Source, by ID and Version; it waits no longer
	NoteProblems(ID, []errs.Field) error // leaves Version
	// SetWaiting makes it wait for an auth since a moment, or no longer ("" and 0). It leaves Version.
	SetWaiting(id ID, waitsFor auth.ID, sinceMs int64) error
	WaitingFor() ([]auth.ID, error)     // the auths that drafts wait for
	NextWaiting(auth.ID) (Draft, error) // the one that waits longest
	Draft(ID) (Draft, error)
	Drafts(Filter, page.Request) (page.Result[Draft], error) // newest first
	CountDrafts(Filter) (count int64, more bool, err error)  // stopped at 1,001
	DeleteDraft(ID) error
	// BoughtDrafts gives those that a purchase has claimed and that are a shipment now, or whose claim is older than before.
	BoughtDrafts(beforeMs int64) ([]Bought, error)

	AddImportedRows(accountID account.ID, file string, rows map[int]int64, nowMs int64) error
}

// Shipments is what drafts ask of shipment.Service.
type Shipments interface {
	Check(ctx context.Context, accountID account.ID, o order.Order) error
	Create(ctx context.Context, accountID account.ID, o order.Order, from shipment.Origin) (shipment.Created, error)
	Login(ctx context.Context, accountID account.ID, o order.Order) (auth.ID, error)
}

// Service keeps and buys drafts. All of it is for people at this machine.
type Service struct {
	Store     store.Store[Repo]
	Shipments Shipments
	Clock     clock.Clock
}

// glimpse is what a list shows of an order, however incomplete that is.
type glimpse struct {
	Shipment struct {
		Reference any `json:"reference"`
		To        struct {
			Name    any `json:"name"`
			Company any `json:"company_name"`
			Country any `json:"country_iso"`
		} `json:"ship_to"`
	} `json:"shipment"`
}

// look takes what lists show out of the order. Malformed: it is not a JSON object; TooLarge.
func (d *Draft) look() error {
	if len(d.Order) > maxOrder {
		return errs.New(errs.TooLarge, "The order has %d KB and may have at most %d.", len(d.Order)>>10, maxOrder>>10)
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal([]byte(d.Order), &whole); err != nil || whole == nil {
		return errs.Wrap(err, errs.Malformed, "The order must be a JSON object, as create-label takes it.")
	}
	var seen glimpse
	_ = json.Unmarshal([]byte(d.Order), &seen) // a value of another kind is the check's to tell
	to := seen.Shipment.To
	d.Reference, d.Recipient, d.CountryISO = text(seen.Shipment.Reference), text(to.Name), text(to.Country)
	if d.Recipient == "" {
		d.Recipient = text(to.Company)
	}
	return nil
}

// text is a short text for a list, "" for what is none.
func text(value any) string {
	const most = 100
	switch v := value.(type) {
	case string:
		if runes := []rune(v); len(runes) > most {
			return string(runes[:most])
		}
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

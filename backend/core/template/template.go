// Package template holds how a business's papers look: its logo and details, and for each kind of document paper,
// language of headings and what is shown. One template is the whole site's. An API group may have one of its own, because
// a group is how an agency keeps a client apart and every account is in exactly one: there is never a question which
// template holds.
package template

import (
	"packbench/backend/base/clock"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/document"
)

// Template is how the papers of the site, or of one API group, look.
type Template struct {
	GroupID   account.GroupID `json:"group_id"` // "" is the site's
	Business  Business        `json:"business"`
	Slip      Slip            `json:"packing_slip"`
	Invoice   Invoice         `json:"commercial_invoice"`
	Manifest  Manifest        `json:"manifest"`
	Version   int64           `json:"version"` // 0 where none is kept: the group follows the site, the site the Default
	UpdatedMs int64           `json:"updated_ms"`
}

// Business is what papers say of the business. Logo is a PNG or JPEG of at most LogoLimit bytes.
type Business struct {
	Name          string         `json:"name"`
	Address       postal.Address `json:"address"`
	VATNumber     string         `json:"vat_number"`
	EORI          string         `json:"eori_number"`
	CompanyNumber string         `json:"company_number"`
	Logo          []byte         `json:"logo"`
	Details       bool           `json:"details"` // name, address and numbers at the foot of slips and manifests
	Footer        string         `json:"footer"`  // last line of every paper
	Returns       string         `json:"returns"` // how to send goods back, on slips
}

// Slip is how packing slips look. Language "" is English; Paper "" is what the sender's country uses, A4 or Letter.
type Slip struct {
	Language document.Language `json:"language"`
	Paper    document.Paper    `json:"paper"`
	Prices   bool              `json:"prices"`    // never on a gift's slip
	GiftNote bool              `json:"gift_note"` // the order's own note
	Message  string            `json:"message"`   // to everybody whose order has no note
	SKU      bool              `json:"sku"`
	Weight   bool              `json:"weight"`
	Barcode  bool              `json:"barcode"` // of the order
	Sender   bool              `json:"sender"`  // the address it comes from, where it goes back to
}

// Invoice is how commercial invoices look. Their headings are English always, because customs reads them; Language is the
// second one beside it. Prices are no choice: customs needs every value.
type Invoice struct {
	Language document.Language `json:"language"`
	Paper    document.Paper    `json:"paper"`
}

// Manifest is how manifests look.
type Manifest struct {
	Language document.Language `json:"language"`
	Paper    document.Paper    `json:"paper"` // A4 or Letter
}

// Limits, in characters and bytes.
const (
	NameLimit = 50
	TextLimit = 1000
	LogoLimit = 512 << 10
)

// Repo keeps one template for the site and one for each group that has its own.
type Repo interface {
	AppendAudit(audit.Entry) error
	Group(account.GroupID) (account.Group, error)

	Template(account.GroupID) (Template, error)    // NotFound where none is kept
	TemplateFor(account.GroupID) (Template, error) // the group's own or else the site's; NotFound where neither is kept
	TemplateGroups() ([]account.GroupID, error)    // the groups that have their own
	SaveTemplate(Template) error                   // Conflict when Version is not the kept one (0 for none); raises Version
	DeleteTemplate(Template) error                 // Conflict when Version is not the kept one
}

// Service reads and changes templates.
type Service struct {
	Store store.Store[Repo]
	Clock clock.Clock
}

// Default is what holds until a person says otherwise.
func Default() Template {
	return Template{
		Slip:     Slip{Language: document.English, GiftNote: true, SKU: true, Weight: true, Barcode: true, Sender: true},
		Invoice:  Invoice{Language: document.English},
		Manifest: Manifest{Language: document.English},
	}
}

package shipment

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/template"
)

// brand is how a shipment's papers look.
type brand struct {
	template.Template
	zone    *time.Location
	courier string // the courier's name
}

// brand gives the template of the shipment's group, the site's where its account is in none any more.
func (s *Service) brand(ctx context.Context, sh Shipment) (brand, error) {
	b, err := s.unbranded(ctx, sh)
	if err != nil {
		return brand{}, err
	}
	err = s.Store.Read(ctx, func(r Repo) error {
		owner, err := r.AccountRecord(sh.AccountID)
		if err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
		b.Template, err = template.For(r, owner.GroupID)
		return err
	})
	return b, err
}

// unbranded is a brand without a template yet.
func (s *Service) unbranded(ctx context.Context, sh Shipment) (brand, error) {
	site, err := s.site(ctx)
	if err != nil {
		return brand{}, err
	}
	b := brand{zone: time.Local, courier: s.CourierName(sh)}
	if site.TimeZone != "" {
		if zone, err := time.LoadLocation(site.TimeZone); err == nil {
			b.zone = zone
		}
	}
	return b, nil
}

func (b brand) day(language document.Language, ms int64) string {
	return language.Date(time.UnixMilli(ms).In(b.zone))
}

// branding is what stands on papers of a language. An invoice names the business among its parties already.
func (b brand) branding(language document.Language, details bool) document.Branding {
	out := document.Branding{Logo: b.Business.Logo, Footer: b.Business.Footer}
	if details && b.Business.Details {
		out.Details = b.Business.Letterhead(language)
	}
	return out
}

// drawable says before a purchase what would keep the papers that were asked for from being drawn.
func drawable(sh Shipment, o order.Order) error {
	b := brand{Template: template.Default(), zone: time.UTC}
	if o.WantSlip {
		if err := packingSlip(sh, b).Validate(); err != nil {
			return onOrder(err)
		}
	}
	if o.WantInvoice {
		return onOrder(commercialInvoice(sh, b).Validate())
	}
	return nil
}

// packingSlip says what the shipment's packing slip says.
func packingSlip(sh Shipment, b brand) document.PackingSlip {
	c, look := sh.Consignment, b.Slip
	slip := document.PackingSlip{
		Paper: cmp.Or(look.Paper, paper(c.From)), Language: look.Language, Branding: b.branding(look.Language, true), CreatedMs: sh.CreatedMs,
		Number: strconv.FormatInt(sh.Number, 10), Reference: sh.Reference,
		OrderDate: b.day(look.Language, sh.CreatedMs), ShipDate: b.day(look.Language, shipDay(sh)), To: c.To,
		Service: b.courier + ", " + sh.ServiceName, TrackingCodes: sh.TrackingCodes, ParcelCount: len(c.Parcels),
		ShowPrices: look.Prices, Gift: sh.GiftNote != "", Message: look.Message, Instructions: c.DeliveryInstructions, Returns: b.Business.Returns,
	}
	if look.GiftNote {
		slip.GiftNote = sh.GiftNote
	}
	if look.Sender {
		slip.From = c.From
	}
	if look.Weight {
		slip.Weight = sh.Weight
	}
	if look.Barcode {
		slip.Barcode = barcode(sh)
	}
	for _, i := range contents(c.Parcels) {
		line := document.SlipLine{Description: i.Description, Ordered: i.Quantity, Shipped: i.Quantity, UnitPrice: i.Value}
		if look.SKU {
			line.SKU = i.SKU
		}
		slip.Lines = append(slip.Lines, line)
	}
	return slip
}

// commercialInvoice says what the shipment's commercial invoice says. What the order does not give is taken from the
// business details; what nobody gives stays empty and is told by Missing.
func commercialInvoice(sh Shipment, b brand) document.CommercialInvoice {
	c := sh.Consignment
	v := document.CommercialInvoice{
		Paper: invoicePaper(sh.Invoice.Size, b.Invoice.Paper, c.From), Language: b.Invoice.Language, Branding: b.branding("", false), CreatedMs: sh.CreatedMs,
		Number: strconv.FormatInt(sh.Number, 10), Date: b.day(document.English, sh.CreatedMs),
		Exporter: exporter(sh, b.Business), Importer: c.To,
		OrderReference: sh.Reference, ReceiverReference: sh.Invoice.ReceiverReference, Carrier: b.courier, TrackingCodes: sh.TrackingCodes,
		Freight: c.ShippingCharge, Incoterms: c.Incoterms, Place: place(c), Reason: sentence(c.ReasonForExport),
		Packages: len(c.Parcels), GrossWeight: sh.Weight, IOSS: cmp.Or(c.From.IOSS, c.To.IOSS),
		Signatory: cmp.Or(c.From.Name, b.Business.Name), SignedAt: c.From.City, Testing: sh.Testing,
	}
	if !sh.Invoice.Billing.IsZero() {
		v.Importer, v.Consignee = sh.Invoice.Billing, c.To
	}
	for _, i := range contents(c.Parcels) {
		line := document.InvoiceLine{
			Description: i.Description, SKU: i.SKU, HSCode: i.HSCode, Origin: i.Origin, Quantity: i.Quantity, UnitPrice: i.Value,
		}
		if i.ExtendedDescription != "" {
			line.Description += ". " + i.ExtendedDescription
		}
		line.NetWeight = i.Weight * measure.Grams(i.Quantity)
		v.Lines = append(v.Lines, line)
	}
	return v
}

// exporter is the sender with the numbers customs knows the business by.
func exporter(sh Shipment, business template.Business) postal.Address {
	a := sh.Consignment.From
	a.EORI = cmp.Or(sh.Invoice.EORI, a.EORI, business.EORI)
	a.TaxID = cmp.Or(sh.Invoice.VATNumber, a.TaxID, business.VATNumber)
	a.CompanyID = cmp.Or(sh.Invoice.CompanyNumber, a.CompanyID, business.CompanyNumber)
	a.CompanyName = cmp.Or(a.CompanyName, business.Name)
	return a
}

// contents puts the items of all parcels together, in order; equal ones become one line.
func contents(parcels []courier.Parcel) []courier.Item {
	var lines []courier.Item
	at := map[courier.Item]int{}
	for _, p := range parcels {
		for _, item := range p.Items {
			key := item
			key.Quantity = 0
			if i, known := at[key]; known {
				lines[i].Quantity += item.Quantity
				continue
			}
			at[key] = len(lines)
			lines = append(lines, item)
		}
	}
	return lines
}

// barcodeLimit is what fits a slip's width as Code 128 that a hand scanner reads.
const barcodeLimit = 30

// barcode is what the slip's barcode says: the reference where a scanner can read it back, else the shipment's number.
func barcode(sh Shipment) string {
	readable := sh.Reference != "" && len(sh.Reference) <= barcodeLimit
	for _, c := range sh.Reference {
		readable = readable && c >= ' ' && c <= '~'
	}
	if readable {
		return sh.Reference
	}
	return strconv.FormatInt(sh.Number, 10)
}

func shipDay(sh Shipment) int64 {
	if sh.Consignment.CollectionMs != 0 {
		return sh.Consignment.CollectionMs
	}
	return sh.CreatedMs
}

// place is the place that belongs to the Incoterms rule: the sender's for rules that end there, else the recipient's.
func place(c courier.Consignment) string {
	switch c.Incoterms {
	case "":
		return ""
	case "EXW", "FCA", "FAS", "FOB":
		return c.From.City
	}
	return c.To.City
}

// paper is what office printers of the sender's country hold.
func paper(from postal.Address) document.Paper {
	switch from.CountryISO {
	case "US", "CA", "MX", "PH", "CL", "CO":
		return document.PaperLetter
	}
	return document.PaperA4
}

// invoicePaper is what the order asks for, else what the template says, else the sender's country.
func invoicePaper(size string, chosen document.Paper, from postal.Address) document.Paper {
	for _, known := range document.Papers {
		if strings.EqualFold(size, string(known)) {
			return known
		}
	}
	return cmp.Or(chosen, paper(from))
}

// sentence writes a word as a line begins with it.
func sentence(word string) string {
	letter, size := utf8.DecodeRuneInString(word)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(letter)) + word[size:]
}

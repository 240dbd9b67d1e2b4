package document

import "reflect"

// Words are what documents say by themselves, in one language.
type Words struct {
	Page          string // %d page, %d pages
	VATNumber     string
	CompanyNumber string

	Slip     SlipWords
	Invoice  InvoiceWords
	Manifest ManifestWords

	Statement string // what is signed on a manifest: %[1]s the parcels, %[2]s the courier
	SignedBy  string // %s who
	Shipments Forms
	Parcels   Forms
	Lines     Forms
	ParcelOf  string // %d parcel, %d parcels
	Each      string // %s the price of one
	ToFollow  string // %s pieces that are not in the parcel

	InvoiceDeclaration string // what the exporter signs
}

// Forms are a word's forms beside numbers. Few is for languages that have it (Polish: 2, 3, 4, 22 …).
type Forms struct{ One, Few, Many string }

// SlipWords are the headings of a packing slip.
type SlipWords struct {
	Title, DeliverTo, From, Order, Shipment string

	OrderDate, ShipDate, Service, Parcel, Tracking string
	Message, Instructions, Returns                 string

	SKU, Description, Ordered, Shipped, Price, Amount, TotalPieces string
}

// InvoiceWords are the headings of a commercial invoice, which stand in English and may stand in a second language
// beside it: customs offices expect English (19 CFR 141.86 (d) asks for it), the recipient may read another.
type InvoiceWords struct {
	Title, Exporter, Importer, Consignee, ImporterAndConsignee string

	Number, Date, Order, ReceiverReference, Carrier, Waybill, Incoterms string
	Reason, Currency, IOSS, Packages, GrossWeight, NetWeight            string

	Description, HSCode, Origin, NetKilograms, Quantity, UnitPrice, Amount string
	Goods, Freight, Insurance, Packing, Discount, Total                    string

	Preference, Declaration, Signatory, PlaceAndDate, Signature string
}

// ManifestWords are the headings of a manifest.
type ManifestWords struct {
	Title, Date, Sender, CollectedFrom, Account, Shipments, ParcelsAndWeight string

	Number, Recipient, Service, Tracking, Parcels, Weight, Total string

	HandedOverBy, CollectedBy, DateAndTime, Signature string
}

// InvoiceWords gives the headings of an invoice: English ones, and beside them the language's own where it is another.
func (l Language) InvoiceWords() *InvoiceWords { return bilingual[l.locale()] }

var bilingual = beside(locales)

func beside(all map[Language]*locale) map[*locale]*InvoiceWords {
	out := make(map[*locale]*InvoiceWords, len(all))
	for _, in := range all {
		words := english.Invoice
		own, both := reflect.ValueOf(in.words.Invoice), reflect.ValueOf(&words).Elem()
		for i := range own.NumField() {
			if heading := own.Field(i).String(); heading != both.Field(i).String() {
				both.Field(i).SetString(both.Field(i).String() + " / " + heading)
			}
		}
		out[in] = &words
	}
	return out
}

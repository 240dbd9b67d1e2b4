package order

import (
	"slices"
	"strings"

	"packbench/backend/core/courier"
)

func (o *Order) readShipment(s object) {
	o.readLabel(s)
	o.readTexts(s)
	o.readCourier(s)
	o.WantInvoice = s.on("generate_invoice", "generate_commercial_invoice")
	o.WantSlip = s.on("generate_packing_slip")
	o.ReturnDuplicate = s.on("return_duplicate")
	o.CancelOrReturnDuplicate = s.on("cancel_or_return_duplicate")
	o.CollectionMs = readDate(s, "collection_date")

	if from := s.object("ship_from"); from.members != nil {
		o.From = readSender(from)
	}
	if to := s.object("ship_to"); to.members != nil {
		o.To = readRecipient(to)
	} else {
		s.need("ship_to", "", "Recipient is required: an object with name, address_1, city, postcode and country_iso.")
	}
	c := &currency{}
	o.readParcels(s, c)
	o.ShippingCharge = readAmount(s, "shipping_charge", c)
	o.readInvoice(s.object("commercial_invoice_details"))
}

func (o *Order) readLabel(s object) {
	o.LabelFormat = courier.PDF
	if text := strings.ToLower(s.text("label_format", codeLimit)); text != "" {
		o.LabelFormat = courier.Format(text)
		if !slices.Contains([]courier.Format{courier.PDF, courier.ZPL, courier.PNG}, o.LabelFormat) {
			s.wrong("label_format", "Label format must be pdf, zpl or png.")
		}
	}
	if text := s.text("label_size", codeLimit); text != "" {
		o.LabelSize = readSize(s, text)
	}
	switch s.text("label_dpi", codeLimit) {
	case "", "203":
		o.LabelDPI = 203
	case "300":
		o.LabelDPI = 300
	default:
		s.wrong("label_dpi", "Label dpi must be 203 or 300, the resolution of the label printer.")
	}
	o.LabelInline = o.LabelInline || s.on("label_inline")
}

// readSize takes the known sizes, inches either way round. Another size in inches or of the A series is passed on: the
// courier's nearest one is made.
func readSize(s object, text string) courier.Size {
	size := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	switch size {
	case "4X6", "6X4":
		return courier.Size4x6
	case "A4", "A6":
		return courier.Size(size)
	}
	series := strings.TrimPrefix(size, "A")
	width, height, inches := strings.Cut(size, "X")
	if (series != size && len(series) == 1 && digits(series)) || (inches && digits(width) && digits(height)) {
		return courier.Size(strings.ToLower(size))
	}
	s.wrong("label_size", "Label size must be 4x6, A6 or A4.")
	return ""
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.") == ""
}

func (o *Order) readTexts(s object) {
	o.PresetCode = s.text("dc_service_id", codeLimit)
	o.Reference = s.text("reference", codeLimit)
	o.Reference2 = s.text("reference_2", codeLimit)
	o.OrderID = s.text("order_id", codeLimit)
	o.OrderAltID = s.text("order_alt_id", codeLimit)
	o.AccountNumber = s.text("account_number", codeLimit)
	o.AccountName = s.text("account_name", nameLimit)
	o.DeliveryInstructions = s.text("delivery_instructions", textLimit)
	o.ParcelDescription = s.text("parcel_description", textLimit)
	o.Reason = s.text("reason_for_export", codeLimit)
	if note, _ := find(s.members, "gift_note"); note.kind == isText {
		o.GiftNote = s.text("gift_note", noteLimit)
	} else {
		o.GiftNote = s.object("gift_note").text("note", noteLimit)
	}
}

// ownKeys are the fields of shipment.courier that have a place of their own in an Order.
var ownKeys = map[string]bool{"auth_company": true, "service_code": true, "incoterms": true, "trade_terms": true, "reason_for_export": true}

// readCourier reads shipment.courier. Every other plain value of it is an option: whether the courier knows it, and
// how long it may be, is its descriptor's to say.
func (o *Order) readCourier(s object) {
	c := s.object("courier")
	o.AuthCompany = c.text("auth_company", codeLimit)
	o.ServiceCode = c.text("service_code", codeLimit)
	if o.Reason == "" {
		o.Reason = c.text("reason_for_export", codeLimit)
	}
	for _, place := range []struct {
		in  object
		key string
	}{{c, "incoterms"}, {c, "trade_terms"}, {s, "incoterms"}} {
		if o.Incoterms == "" {
			o.Incoterms = readIncoterms(place.in, place.key)
		}
	}
	options := map[string]string{} // of two equal keys the last counts
	for i := 0; i < len(c.members); i += c.members[i].size {
		if m := c.members[i]; !ownKeys[m.key] {
			options[m.key] = m.text
		}
	}
	for key, text := range options {
		if text = c.oneLine(key, text); text != "" {
			if o.Options == nil {
				o.Options = make(map[string]string, len(options))
			}
			o.Options[key] = text
		}
	}
}

// readIncoterms takes a rule of three letters, whatever place is named behind it. DDU and DAT, which Incoterms 2020
// no longer has, are still spoken by couriers.
func readIncoterms(c object, key string) string {
	text := strings.ToUpper(c.text(key, codeLimit))
	if text == "" {
		return ""
	}
	rule, _, _ := strings.Cut(text, " ")
	switch rule {
	case "EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF", "DDU", "DAT":
		return rule
	}
	c.wrong(key, "%s must be a rule of Incoterms 2020, like DAP or DDP.", title(key))
	return ""
}

func (o *Order) readInvoice(d object) {
	o.Invoice = InvoiceDetails{
		VATNumber:         d.text("vat_number", codeLimit),
		EORI:              d.text("eori_number", codeLimit),
		CompanyNumber:     d.text("company_number", codeLimit),
		ReceiverReference: d.text("receiver_reference", codeLimit),
		Size:              d.text("size", codeLimit),
		Billing:           readAddress(d.object("billing_address")),
	}
}

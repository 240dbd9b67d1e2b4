package importing

import "strings"

// Level is how far a value of a row reaches.
type Level string

// The levels. Rows with the same reference are one shipment: each adds an item, and all say the same of the rest.
const (
	OfOrder     Level = "order"
	OfRecipient Level = "recipient"
	OfParcel    Level = "parcel"
	OfItem      Level = "item"
)

// kind is how the text of a cell is written for the order.
type kind int

const (
	asText kind = iota
	asNumber
	asFlag
	asDate
)

// Field is one value of an order that a column can fill. Key is its path in the create-label body's shipment, with
// "parcel" and "item" for the lists.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Level Level  `json:"level"`
	kind  kind
	names string // other words for it in headings, English and German, as tidied by fold
}

// Fields gives every field, in the order of the screen.
func Fields() []Field { return fields }

var fields = []Field{
	{"reference", "Reference", OfOrder, asText, "reference ordernumber orderno orderid order orderreference ref bestellnummer bestellnr auftragsnummer auftrag auftragsnr referenz belegnummer"},
	{"reference_2", "Second reference", OfOrder, asText, "reference2 secondreference ponumber purchaseorder referenz2 kundenreferenz"},
	{"order_id", "Order id", OfOrder, asText, "orderidentifier shoporderid"},
	{"courier", "Courier", OfOrder, asText, "courier carrier shippingcarrier versanddienst versanddienstleister paketdienst"},
	{"auth_company", "Auth (company)", OfOrder, asText, "authcompany courieraccount"},
	{"testing", "Test label", OfOrder, asFlag, "testing test istest"},
	{"dc_service_id", "Preset code", OfOrder, asText, "dcserviceid preset presetcode service servicecode shippingservice versandart"},
	{"parcel_count", "Number of parcels", OfOrder, asNumber, "parcelcount parcels numberofparcels packages boxes colli kolli paketanzahl anzahlpakete pakete"},
	{"delivery_instructions", "Delivery instructions", OfOrder, asText, "deliveryinstructions instructions deliverynote deliverynotes notes note customernote lieferhinweis hinweis bemerkung zustellhinweis"},
	{"parcel_description", "Contents in a word", OfOrder, asText, "parceldescription contents goods inhalt warenbeschreibung"},
	{"gift_note", "Gift note", OfOrder, asText, "giftnote giftmessage grussbotschaft geschenknachricht"},
	{"collection_date", "Collection date", OfOrder, asDate, "collectiondate shipdate shippingdate despatchdate dispatchdate versanddatum abholdatum"},
	{"shipping_charge", "Shipping charge", OfOrder, asNumber, "shippingcharge shippingcost shipping postage versandkosten porto"},
	{"incoterms", "Incoterms", OfOrder, asText, "incoterms incoterm tradeterms lieferbedingung"},
	{"reason_for_export", "Reason for export", OfOrder, asText, "reasonforexport exportreason exportgrund"},

	{"ship_to.name", "Name", OfRecipient, asText, "name fullname recipient recipientname customer customername contact contactname consignee buyername empfaenger empfaengername kunde kundenname ansprechpartner vorundnachname"},
	{"ship_to.company_name", "Company", OfRecipient, asText, "company companyname organisation organization business firma firmenname unternehmen"},
	{"ship_to.address_1", "Address line 1", OfRecipient, asText, "address1 address addressline1 street streetaddress street1 adresse adresse1 strasse strassehausnummer strasseundhausnummer strasse1 anschrift"},
	{"ship_to.address_2", "Address line 2", OfRecipient, asText, "address2 addressline2 street2 adresse2 adresszusatz strasse2 zusatz"},
	{"ship_to.address_3", "Address line 3", OfRecipient, asText, "address3 addressline3 street3 adresse3 adresszusatz2"},
	{"ship_to.city", "City", OfRecipient, asText, "city town posttown ort stadt wohnort"},
	{"ship_to.county", "County or state", OfRecipient, asText, "county state province region provincename bundesland kanton"},
	{"ship_to.postcode", "Postcode", OfRecipient, asText, "postcode postalcode zip zipcode plz postleitzahl"},
	{"ship_to.country_iso", "Country", OfRecipient, asText, "country countrycode countryiso iso land laendercode laenderkuerzel landiso"},
	{"ship_to.phone", "Phone", OfRecipient, asText, "phone phonenumber telephone tel mobile mobilenumber telefon telefonnummer handy mobil"},
	{"ship_to.email", "E-mail", OfRecipient, asText, "email emailaddress mail emailadresse"},
	{"ship_to.tax_id", "Tax or VAT number", OfRecipient, asText, "taxid vatnumber vatid vat ustid ustidnr steuernummer"},
	{"ship_to.eori_id", "EORI number", OfRecipient, asText, "eori eoriid eorinumber eorinummer"},

	{"parcel.weight", "Parcel weight", OfParcel, asNumber, "weight parcelweight totalweight grossweight shippingweight gewicht paketgewicht gesamtgewicht bruttogewicht"},
	{"parcel.weight_unit", "Unit of weight", OfParcel, asText, "weightunit unitofweight gewichtseinheit"},
	{"parcel.dim_length", "Length", OfParcel, asNumber, "length parcellength dimlength laenge paketlaenge"},
	{"parcel.dim_width", "Width", OfParcel, asNumber, "width parcelwidth dimwidth breite paketbreite"},
	{"parcel.dim_height", "Height", OfParcel, asNumber, "height parcelheight dimheight hoehe pakethoehe"},
	{"parcel.dim_unit", "Unit of length", OfParcel, asText, "dimunit dimensionunit unitoflength masseinheit laengeneinheit"},
	{"parcel.value", "Declared value", OfParcel, asNumber, "declaredvalue parcelvalue ordervalue total ordertotal goodsvalue warenwert gesamtwert bestellwert"},
	{"parcel.value_currency", "Currency", OfParcel, asText, "currency currencycode valuecurrency waehrung"},

	{"item.description", "Item description", OfItem, asText, "description itemdescription item itemname product productname title itemtitle lineitemname artikel artikelbezeichnung artikelname bezeichnung produkt produktname beschreibung"},
	{"item.sku", "SKU", OfItem, asText, "sku itemsku productcode itemcode partnumber lineitemsku artikelnummer artikelnr artnr"},
	{"item.quantity", "Quantity", OfItem, asNumber, "quantity qty itemquantity lineitemquantity units pieces menge anzahl stueck stueckzahl"},
	{"item.value", "Price of one", OfItem, asNumber, "price unitprice itemvalue itemprice value lineitemprice preis einzelpreis stueckpreis wert"},
	{"item.weight", "Weight of one", OfItem, asNumber, "itemweight unitweight weightofone stueckgewicht artikelgewicht einzelgewicht"},
	{"item.weight_unit", "Unit of an item's weight", OfItem, asText, "itemweightunit"},
	{"item.hs_code", "HS code", OfItem, asText, "hscode hs commoditycode tariffcode harmonizedcode zolltarifnummer warennummer taric"},
	{"item.origin_country", "Country of origin", OfItem, asText, "origincountry countryoforigin origin madein ursprungsland herkunftsland"},
}

var byKey = func() map[string]*Field {
	all := make(map[string]*Field, len(fields))
	for i := range fields {
		all[fields[i].Key] = &fields[i]
	}
	return all
}()

// fieldOfPath gives the field that an error's path of core/order or core/shipment is about, and which item; "" where a
// column can't hold it.
func fieldOfPath(path string) (key string, item int) {
	path = strings.TrimPrefix(path, "shipment.")
	rest, ok := strings.CutPrefix(path, "parcels.")
	if !ok {
		if byKey[path] == nil && strings.HasPrefix(path, "ship_to.country") {
			path = "ship_to.country_iso"
		}
		if byKey[path] == nil {
			return "", 0
		}
		return path, 0
	}
	_, rest, _ = strings.Cut(rest, ".") // which parcel: a file has one a shipment
	if items, ok := strings.CutPrefix(rest, "items."); ok {
		place, name, _ := strings.Cut(items, ".")
		for _, digit := range place {
			item = item*10 + int(digit-'0')
		}
		if byKey["item."+name] != nil {
			return "item." + name, item
		}
		return "", item
	}
	if byKey["parcel."+rest] != nil {
		return "parcel." + rest, 0
	}
	return "", 0
}

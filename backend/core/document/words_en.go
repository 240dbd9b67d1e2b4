package document

var english = Words{
	Page: "Page %d of %d", VATNumber: "VAT no.", CompanyNumber: "Company no.",
	Slip: SlipWords{
		Title: "Packing slip", DeliverTo: "Deliver to", From: "From", Order: "Order", Shipment: "Shipment",
		OrderDate: "Ordered", ShipDate: "Shipped", Service: "Service", Parcel: "Parcel", Tracking: "Tracking",
		Message: "A message for you", Instructions: "Instructions", Returns: "Returns",
		SKU: "SKU", Description: "Description", Ordered: "Ordered", Shipped: "Shipped", Price: "Price", Amount: "Amount", TotalPieces: "Total pieces",
	},
	Invoice: InvoiceWords{
		Title: "Commercial invoice", Exporter: "Exporter", Importer: "Importer", Consignee: "Consignee", ImporterAndConsignee: "Importer and consignee",
		Number: "Invoice number", Date: "Date", Order: "Order", ReceiverReference: "Receiver's reference", Carrier: "Carrier", Waybill: "Waybill or tracking",
		Incoterms: "Incoterms 2020", Reason: "Reason for export", Currency: "Currency", IOSS: "IOSS number", Packages: "Packages",
		GrossWeight: "Gross weight", NetWeight: "Net weight",
		Description: "Description", HSCode: "HS code", Origin: "Origin", NetKilograms: "Net kg", Quantity: "Quantity", UnitPrice: "Unit price", Amount: "Amount",
		Goods: "Goods", Freight: "Freight", Insurance: "Insurance", Packing: "Packing", Discount: "Discount", Total: "Total",
		Preference: "Statement of origin", Declaration: "Declaration", Signatory: "Name and position", PlaceAndDate: "Place and date", Signature: "Signature",
	},
	Manifest: ManifestWords{
		Title: "Manifest", Date: "Date", Sender: "Sender", CollectedFrom: "Collected from", Account: "Account", Shipments: "Shipments", ParcelsAndWeight: "Parcels and weight",
		Number: "Number", Recipient: "Recipient", Service: "Service", Tracking: "Tracking", Parcels: "Parcels", Weight: "Weight", Total: "Total",
		HandedOverBy: "Handed over by", CollectedBy: "Collected by", DateAndTime: "Date and time", Signature: "Signature",
	},
	Statement: "%[1]s handed over to %[2]s in good outward condition. Parcels that are missing or damaged are noted here before signing.",
	SignedBy:  "%s, name", Shipments: Forms{One: "shipment", Many: "shipments"}, Parcels: Forms{One: "parcel", Many: "parcels"},
	Lines: Forms{One: "line", Many: "lines"}, ParcelOf: "%d of %d", Each: "%s each", ToFollow: "%s to follow",
	InvoiceDeclaration: "I declare that the information on this invoice is true and correct and that the contents of this shipment are as stated above.",
}

package document

var german = Words{
	Page: "Seite %d von %d", VATNumber: "USt-IdNr.", CompanyNumber: "Handelsregister",
	Slip: SlipWords{
		Title: "Lieferschein", DeliverTo: "Lieferadresse", From: "Absender", Order: "Bestellung", Shipment: "Sendung",
		OrderDate: "Bestellt am", ShipDate: "Versandt am", Service: "Versandart", Parcel: "Paket", Tracking: "Sendungsnummer",
		Message: "Eine Nachricht für Sie", Instructions: "Hinweise zur Lieferung", Returns: "Rücksendung",
		SKU: "Artikelnr.", Description: "Bezeichnung", Ordered: "Bestellt", Shipped: "Geliefert", Price: "Preis", Amount: "Betrag", TotalPieces: "Stückzahl gesamt",
	},
	Invoice: InvoiceWords{
		Title: "Handelsrechnung", Exporter: "Ausführer", Importer: "Einführer", Consignee: "Empfänger", ImporterAndConsignee: "Einführer und Empfänger",
		Number: "Rechnungsnummer", Date: "Datum", Order: "Bestellung", ReceiverReference: "Referenz des Empfängers", Carrier: "Frachtführer", Waybill: "Frachtbrief- oder Sendungsnummer",
		Incoterms: "Incoterms 2020", Reason: "Grund der Ausfuhr", Currency: "Währung", IOSS: "IOSS-Nummer", Packages: "Packstücke",
		GrossWeight: "Bruttogewicht", NetWeight: "Nettogewicht",
		Description: "Warenbezeichnung", HSCode: "Zolltarifnr.", Origin: "Ursprung", NetKilograms: "Netto kg", Quantity: "Menge", UnitPrice: "Einzelpreis", Amount: "Betrag",
		Goods: "Waren", Freight: "Fracht", Insurance: "Versicherung", Packing: "Verpackung", Discount: "Nachlass", Total: "Gesamt",
		Preference: "Ursprungserklärung", Declaration: "Erklärung", Signatory: "Name und Funktion", PlaceAndDate: "Ort und Datum", Signature: "Unterschrift",
	},
	Manifest: ManifestWords{
		Title: "Ladeliste", Date: "Datum", Sender: "Absender", CollectedFrom: "Abholort", Account: "Konto", Shipments: "Sendungen", ParcelsAndWeight: "Pakete und Gewicht",
		Number: "Nummer", Recipient: "Empfänger", Service: "Versandart", Tracking: "Sendungsnummer", Parcels: "Pakete", Weight: "Gewicht", Total: "Gesamt",
		HandedOverBy: "Übergeben von", CollectedBy: "Übernommen von", DateAndTime: "Datum und Uhrzeit", Signature: "Unterschrift",
	},
	Statement: "An %[2]s übergeben: %[1]s in äußerlich gutem Zustand. Fehlende oder beschädigte Pakete werden hier vor der Unterschrift vermerkt.",
	SignedBy:  "%s, Name", Shipments: Forms{One: "Sendung", Many: "Sendungen"}, Parcels: Forms{One: "Paket", Many: "Pakete"},
	Lines: Forms{One: "Position", Many: "Positionen"}, ParcelOf: "%d von %d", Each: "je %s", ToFollow: "Nachlieferung: %s",
	InvoiceDeclaration: "Ich erkläre, dass die Angaben in dieser Rechnung wahr und richtig sind und dass der Inhalt dieser Sendung den obigen Angaben entspricht.",
}

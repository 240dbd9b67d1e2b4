package document

var dutch = Words{
	Page: "Pagina %d van %d", VATNumber: "Btw-nr.", CompanyNumber: "KvK-nr.",
	Slip: SlipWords{
		Title: "Pakbon", DeliverTo: "Afleveradres", From: "Afzender", Order: "Bestelling", Shipment: "Zending",
		OrderDate: "Besteld op", ShipDate: "Verzonden op", Service: "Verzendwijze", Parcel: "Pakket", Tracking: "Zendingsnummer",
		Message: "Een bericht voor u", Instructions: "Bezorginstructies", Returns: "Retourneren",
		SKU: "Artikelnr.", Description: "Omschrijving", Ordered: "Besteld", Shipped: "Geleverd", Price: "Prijs", Amount: "Bedrag", TotalPieces: "Totaal aantal stuks",
	},
	Invoice: InvoiceWords{
		Title: "Handelsfactuur", Exporter: "Exporteur", Importer: "Importeur", Consignee: "Geadresseerde", ImporterAndConsignee: "Importeur en geadresseerde",
		Number: "Factuurnummer", Date: "Datum", Order: "Bestelling", ReceiverReference: "Referentie van de ontvanger", Carrier: "Vervoerder", Waybill: "Vrachtbrief- of zendingsnummer",
		Incoterms: "Incoterms 2020", Reason: "Reden van uitvoer", Currency: "Valuta", IOSS: "IOSS-nummer", Packages: "Colli",
		GrossWeight: "Brutogewicht", NetWeight: "Nettogewicht",
		Description: "Omschrijving", HSCode: "GS-code", Origin: "Oorsprong", NetKilograms: "Netto kg", Quantity: "Aantal", UnitPrice: "Stukprijs", Amount: "Bedrag",
		Goods: "Goederen", Freight: "Vracht", Insurance: "Verzekering", Packing: "Verpakking", Discount: "Korting", Total: "Totaal",
		Preference: "Oorsprongsverklaring", Declaration: "Verklaring", Signatory: "Naam en functie", PlaceAndDate: "Plaats en datum", Signature: "Handtekening",
	},
	Manifest: ManifestWords{
		Title: "Afhaallijst", Date: "Datum", Sender: "Afzender", CollectedFrom: "Afhaaladres", Account: "Account", Shipments: "Zendingen", ParcelsAndWeight: "Pakketten en gewicht",
		Number: "Nummer", Recipient: "Ontvanger", Service: "Verzendwijze", Tracking: "Zendingsnummer", Parcels: "Pakketten", Weight: "Gewicht", Total: "Totaal",
		HandedOverBy: "Overgedragen door", CollectedBy: "Afgehaald door", DateAndTime: "Datum en tijd", Signature: "Handtekening",
	},
	Statement: "Overgedragen aan %[2]s: %[1]s in uiterlijk goede staat. Ontbrekende of beschadigde pakketten worden hier vóór ondertekening genoteerd.",
	SignedBy:  "%s, naam", Shipments: Forms{One: "zending", Many: "zendingen"}, Parcels: Forms{One: "pakket", Many: "pakketten"},
	Lines: Forms{One: "regel", Many: "regels"}, ParcelOf: "%d van %d", Each: "%s per stuk", ToFollow: "Nalevering: %s",
	InvoiceDeclaration: "Ik verklaar dat de gegevens op deze factuur juist en volledig zijn en dat de inhoud van deze zending overeenkomt met wat hierboven staat.",
}

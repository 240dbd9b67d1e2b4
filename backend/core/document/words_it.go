package document

var italian = Words{
	Page: "Pagina %d di %d", VATNumber: "P. IVA", CompanyNumber: "N. REA",
	Slip: SlipWords{
		Title: "Distinta di imballaggio", DeliverTo: "Destinatario", From: "Mittente", Order: "Ordine", Shipment: "Spedizione",
		OrderDate: "Ordinato il", ShipDate: "Spedito il", Service: "Servizio", Parcel: "Collo", Tracking: "N. di tracciamento",
		Message: "Un messaggio per lei", Instructions: "Istruzioni di consegna", Returns: "Resi",
		SKU: "Codice", Description: "Descrizione", Ordered: "Ordinati", Shipped: "Spediti", Price: "Prezzo", Amount: "Importo", TotalPieces: "Totale pezzi",
	},
	Invoice: InvoiceWords{
		Title: "Fattura commerciale", Exporter: "Esportatore", Importer: "Importatore", Consignee: "Destinatario", ImporterAndConsignee: "Importatore e destinatario",
		Number: "Numero fattura", Date: "Data", Order: "Ordine", ReceiverReference: "Riferimento del destinatario", Carrier: "Vettore", Waybill: "Lettera di vettura o tracciamento",
		Incoterms: "Incoterms 2020", Reason: "Motivo dell’esportazione", Currency: "Valuta", IOSS: "Numero IOSS", Packages: "Colli",
		GrossWeight: "Peso lordo", NetWeight: "Peso netto",
		Description: "Descrizione", HSCode: "Codice SA", Origin: "Origine", NetKilograms: "Kg netti", Quantity: "Quantità", UnitPrice: "Prezzo unitario", Amount: "Importo",
		Goods: "Merce", Freight: "Trasporto", Insurance: "Assicurazione", Packing: "Imballaggio", Discount: "Sconto", Total: "Totale",
		Preference: "Dichiarazione di origine", Declaration: "Dichiarazione", Signatory: "Nome e qualifica", PlaceAndDate: "Luogo e data", Signature: "Firma",
	},
	Manifest: ManifestWords{
		Title: "Distinta di ritiro", Date: "Data", Sender: "Mittente", CollectedFrom: "Luogo di ritiro", Account: "Account", Shipments: "Spedizioni", ParcelsAndWeight: "Colli e peso",
		Number: "Numero", Recipient: "Destinatario", Service: "Servizio", Tracking: "N. di tracciamento", Parcels: "Colli", Weight: "Peso", Total: "Totale",
		HandedOverBy: "Consegnato da", CollectedBy: "Ritirato da", DateAndTime: "Data e ora", Signature: "Firma",
	},
	Statement: "Consegnati a %[2]s: %[1]s in buone condizioni esterne. I colli mancanti o danneggiati si annotano qui prima della firma.",
	SignedBy:  "%s, nome", Shipments: Forms{One: "spedizione", Many: "spedizioni"}, Parcels: Forms{One: "collo", Many: "colli"},
	Lines: Forms{One: "riga", Many: "righe"}, ParcelOf: "%d di %d", Each: "%s cad.", ToFollow: "Da spedire: %s",
	InvoiceDeclaration: "Dichiaro che le informazioni contenute nella presente fattura sono vere e corrette e che il contenuto della spedizione corrisponde a quanto sopra indicato.",
}

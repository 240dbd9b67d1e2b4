package document

var french = Words{
	Page: "Page %d sur %d", VATNumber: "N° TVA", CompanyNumber: "N° d’entreprise",
	Slip: SlipWords{
		Title: "Bon de livraison", DeliverTo: "Livrer à", From: "Expéditeur", Order: "Commande", Shipment: "Expédition",
		OrderDate: "Commandé le", ShipDate: "Expédié le", Service: "Service", Parcel: "Colis", Tracking: "N° de suivi",
		Message: "Un message pour vous", Instructions: "Instructions de livraison", Returns: "Retours",
		SKU: "Référence", Description: "Désignation", Ordered: "Commandé", Shipped: "Expédié", Price: "Prix", Amount: "Montant", TotalPieces: "Total des pièces",
	},
	Invoice: InvoiceWords{
		Title: "Facture commerciale", Exporter: "Exportateur", Importer: "Importateur", Consignee: "Destinataire", ImporterAndConsignee: "Importateur et destinataire",
		Number: "N° de facture", Date: "Date", Order: "Commande", ReceiverReference: "Référence du destinataire", Carrier: "Transporteur", Waybill: "N° de lettre de transport ou de suivi",
		Incoterms: "Incoterms 2020", Reason: "Motif de l’exportation", Currency: "Devise", IOSS: "N° IOSS", Packages: "Colis",
		GrossWeight: "Poids brut", NetWeight: "Poids net",
		Description: "Désignation", HSCode: "Code SH", Origin: "Origine", NetKilograms: "Kg net", Quantity: "Quantité", UnitPrice: "Prix unitaire", Amount: "Montant",
		Goods: "Marchandises", Freight: "Transport", Insurance: "Assurance", Packing: "Emballage", Discount: "Remise", Total: "Total",
		Preference: "Déclaration d’origine", Declaration: "Déclaration", Signatory: "Nom et fonction", PlaceAndDate: "Lieu et date", Signature: "Signature",
	},
	Manifest: ManifestWords{
		Title: "Bordereau de remise", Date: "Date", Sender: "Expéditeur", CollectedFrom: "Lieu d’enlèvement", Account: "Compte", Shipments: "Expéditions", ParcelsAndWeight: "Colis et poids",
		Number: "Numéro", Recipient: "Destinataire", Service: "Service", Tracking: "N° de suivi", Parcels: "Colis", Weight: "Poids", Total: "Total",
		HandedOverBy: "Remis par", CollectedBy: "Enlevé par", DateAndTime: "Date et heure", Signature: "Signature",
	},
	Statement: "Remis à %[2]s : %[1]s en bon état apparent. Les colis manquants ou endommagés sont notés ici avant la signature.",
	SignedBy:  "%s, nom", Shipments: Forms{One: "expédition", Many: "expéditions"}, Parcels: Forms{One: "colis", Many: "colis"},
	Lines: Forms{One: "ligne", Many: "lignes"}, ParcelOf: "%d sur %d", Each: "%s l’unité", ToFollow: "Reliquat : %s",
	InvoiceDeclaration: "Je déclare que les renseignements portés sur cette facture sont exacts et que le contenu de cet envoi est conforme à ce qui est indiqué ci-dessus.",
}

package document

var polish = Words{
	Page: "Strona %d z %d", VATNumber: "NIP", CompanyNumber: "KRS",
	Slip: SlipWords{
		Title: "Specyfikacja wysyłkowa", DeliverTo: "Odbiorca", From: "Nadawca", Order: "Zamówienie", Shipment: "Przesyłka",
		OrderDate: "Data zamówienia", ShipDate: "Data wysyłki", Service: "Usługa", Parcel: "Paczka", Tracking: "Numer śledzenia",
		Message: "Wiadomość dla Ciebie", Instructions: "Wskazówki dotyczące dostawy", Returns: "Zwroty",
		SKU: "Kod", Description: "Nazwa towaru", Ordered: "Zamówiono", Shipped: "Wysłano", Price: "Cena", Amount: "Wartość", TotalPieces: "Razem sztuk",
	},
	Invoice: InvoiceWords{
		Title: "Faktura handlowa", Exporter: "Eksporter", Importer: "Importer", Consignee: "Odbiorca", ImporterAndConsignee: "Importer i odbiorca",
		Number: "Numer faktury", Date: "Data", Order: "Zamówienie", ReceiverReference: "Numer odbiorcy", Carrier: "Przewoźnik", Waybill: "Numer listu przewozowego lub śledzenia",
		Incoterms: "Incoterms 2020", Reason: "Powód wywozu", Currency: "Waluta", IOSS: "Numer IOSS", Packages: "Liczba paczek",
		GrossWeight: "Waga brutto", NetWeight: "Waga netto",
		Description: "Nazwa towaru", HSCode: "Kod HS", Origin: "Kraj poch.", NetKilograms: "Netto kg", Quantity: "Ilość", UnitPrice: "Cena jedn.", Amount: "Wartość",
		Goods: "Towary", Freight: "Fracht", Insurance: "Ubezpieczenie", Packing: "Opakowanie", Discount: "Rabat", Total: "Razem",
		Preference: "Deklaracja pochodzenia", Declaration: "Oświadczenie", Signatory: "Imię, nazwisko i stanowisko", PlaceAndDate: "Miejsce i data", Signature: "Podpis",
	},
	Manifest: ManifestWords{
		Title: "Protokół odbioru", Date: "Data", Sender: "Nadawca", CollectedFrom: "Miejsce odbioru", Account: "Konto", Shipments: "Przesyłki", ParcelsAndWeight: "Paczki i waga",
		Number: "Numer", Recipient: "Odbiorca", Service: "Usługa", Tracking: "Numer śledzenia", Parcels: "Paczki", Weight: "Waga", Total: "Razem",
		HandedOverBy: "Przekazujący", CollectedBy: "Odbierający", DateAndTime: "Data i godzina", Signature: "Podpis",
	},
	Statement: "Przekazano firmie %[2]s: %[1]s bez widocznych uszkodzeń. Brakujące lub uszkodzone paczki należy wpisać tutaj przed podpisaniem.",
	SignedBy:  "%s, nazwisko", Shipments: Forms{One: "przesyłka", Few: "przesyłki", Many: "przesyłek"}, Parcels: Forms{One: "paczka", Few: "paczki", Many: "paczek"},
	Lines: Forms{One: "pozycja", Few: "pozycje", Many: "pozycji"}, ParcelOf: "%d z %d", Each: "%s za szt.", ToFollow: "Do wysłania: %s",
	InvoiceDeclaration: "Oświadczam, że informacje podane na tej fakturze są prawdziwe i że zawartość przesyłki jest zgodna z powyższym opisem.",
}

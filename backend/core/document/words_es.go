package document

var spanish = Words{
	Page: "Página %d de %d", VATNumber: "NIF-IVA", CompanyNumber: "N.º de registro",
	Slip: SlipWords{
		Title: "Albarán de entrega", DeliverTo: "Entregar a", From: "Remitente", Order: "Pedido", Shipment: "Envío",
		OrderDate: "Fecha del pedido", ShipDate: "Fecha de envío", Service: "Servicio", Parcel: "Bulto", Tracking: "N.º de seguimiento",
		Message: "Un mensaje para usted", Instructions: "Instrucciones de entrega", Returns: "Devoluciones",
		SKU: "Referencia", Description: "Descripción", Ordered: "Pedido", Shipped: "Enviado", Price: "Precio", Amount: "Importe", TotalPieces: "Total de unidades",
	},
	Invoice: InvoiceWords{
		Title: "Factura comercial", Exporter: "Exportador", Importer: "Importador", Consignee: "Destinatario", ImporterAndConsignee: "Importador y destinatario",
		Number: "N.º de factura", Date: "Fecha", Order: "Pedido", ReceiverReference: "Referencia del destinatario", Carrier: "Transportista", Waybill: "N.º de guía o de seguimiento",
		Incoterms: "Incoterms 2020", Reason: "Motivo de exportación", Currency: "Moneda", IOSS: "N.º IOSS", Packages: "Bultos",
		GrossWeight: "Peso bruto", NetWeight: "Peso neto",
		Description: "Descripción", HSCode: "Código SA", Origin: "Origen", NetKilograms: "Kg netos", Quantity: "Cantidad", UnitPrice: "Precio unitario", Amount: "Importe",
		Goods: "Mercancía", Freight: "Flete", Insurance: "Seguro", Packing: "Embalaje", Discount: "Descuento", Total: "Total",
		Preference: "Declaración de origen", Declaration: "Declaración", Signatory: "Nombre y cargo", PlaceAndDate: "Lugar y fecha", Signature: "Firma",
	},
	Manifest: ManifestWords{
		Title: "Hoja de recogida", Date: "Fecha", Sender: "Remitente", CollectedFrom: "Lugar de recogida", Account: "Cuenta", Shipments: "Envíos", ParcelsAndWeight: "Bultos y peso",
		Number: "Número", Recipient: "Destinatario", Service: "Servicio", Tracking: "N.º de seguimiento", Parcels: "Bultos", Weight: "Peso", Total: "Total",
		HandedOverBy: "Entregado por", CollectedBy: "Recogido por", DateAndTime: "Fecha y hora", Signature: "Firma",
	},
	Statement: "Entregado a %[2]s: %[1]s en buen estado aparente. Los bultos que falten o estén dañados se anotan aquí antes de firmar.",
	SignedBy:  "%s, nombre", Shipments: Forms{One: "envío", Many: "envíos"}, Parcels: Forms{One: "bulto", Many: "bultos"},
	Lines: Forms{One: "línea", Many: "líneas"}, ParcelOf: "%d de %d", Each: "%s por unidad", ToFollow: "Pendiente: %s",
	InvoiceDeclaration: "Declaro que los datos de esta factura son verdaderos y exactos y que el contenido de este envío es el indicado arriba.",
}

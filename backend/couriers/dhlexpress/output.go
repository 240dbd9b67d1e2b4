package dhlexpress

import "packbench/backend/core/courier"

// What the papers shall look like, as far as it is used.

type output struct {
	DPI      int     `json:"printerDPI"`
	Encoding string  `json:"encodingFormat"`
	Images   []paper `json:"imageOptions"`
}

type paper struct {
	Type      string `json:"typeCode"`
	Template  string `json:"templateName,omitempty"`
	Requested bool   `json:"isRequested"`
	Invoice   string `json:"invoiceType,omitempty"`
}

// look is the template of a label and the size it draws.
type look struct {
	template string
	size     courier.Size
}

// lookOf gives the label's template. A4 is a page, which a label printer has not.
func lookOf(c courier.Consignment) look {
	if c.LabelSize == courier.SizeA4 && c.LabelFormat == courier.PDF {
		return look{"ECOM26_84_A4_001", courier.SizeA4}
	}
	return look{"ECOM26_A6_002", courier.SizeA6}
}

func outputOf(c courier.Consignment) output {
	o := output{DPI: 200, Encoding: "pdf"}
	if c.LabelDPI >= 300 {
		o.DPI = 300
	}
	if c.LabelFormat == courier.ZPL {
		o.Encoding = "zpl"
	}
	o.Images = []paper{{Type: "label", Template: lookOf(c).template, Requested: true}}
	waybill := paper{Type: "waybillDoc", Template: "ARCH_8X4", Requested: yes(c, optionWaybill)}
	if lookOf(c).size == courier.SizeA4 {
		waybill.Template = "ARCH_8X4_A4_002"
	}
	o.Images = append(o.Images, waybill)
	if paperless(c) {
		o.Images = append(o.Images, paper{Type: "invoice", Template: "COMMERCIAL_INVOICE_P_10", Requested: true, Invoice: "commercial"})
	}
	return o
}

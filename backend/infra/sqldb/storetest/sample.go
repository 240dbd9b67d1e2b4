package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"packbench/backend/base/ident"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// SampleAccount gives an account of a group, ready to be created.
func SampleAccount(name string, group account.GroupID, at time.Time) account.Account {
	return account.Account{
		ID: account.ID(ident.New(at)), GroupID: group, Name: name, NameKey: account.NameKey(name), DataKey: []byte("wrapped key of " + name),
		DefaultSender: postal.Address{Name: "Dispatch", CompanyName: "Riverside Goods", Address1: "1 Quay Street", City: "Bristol", Postcode: "BS1 1AA", CountryISO: "GB"},
		Version:       1, CreatedMs: at.UnixMilli(), UpdatedMs: at.UnixMilli(),
	}
}

// SampleShipment gives a booked shipment of the size that shipments have: two lines, a raw request, an answer.
func SampleShipment(number int64, owner account.ID, at time.Time) shipment.Shipment {
	towns := []string{"Leeds", "York", "Bath", "Truro", "Dover", "Perth"}
	names := []string{"Amara Okafor", "Jürgen Groß", "Siân Llewellyn", "Noor Haddad", "Tomasz Wójcik", "Inês Duarte"}
	i := int(number)
	to := postal.Address{
		Name: fmt.Sprintf("%s %d", names[i%len(names)], i%977), Address1: fmt.Sprintf("%d Mill Lane", i%300+1), City: towns[i%len(towns)],
		Postcode: fmt.Sprintf("LS%d %dAB", i%90+1, i%9), CountryISO: "GB", Email: fmt.Sprintf("buyer%d@example.com", i), Phone: "0113 496 0000",
	}
	code := fmt.Sprintf("3401234%011d", number)
	reference := fmt.Sprintf("SO-%07d", number)
	ms := at.UnixMilli()
	price := money.Amount{Minor: 1999, Currency: "GBP"}
	parcel := courier.Parcel{Weight: 1250, Length: 300, Width: 200, Height: 100, Value: price, Items: []courier.Item{
		{Description: "Enamel mug, blue", Quantity: 2, Value: price, Weight: 350, SKU: fmt.Sprintf("MUG-%d", i%500), HSCode: "732394", Origin: "GB"},
		{Description: "Tea towel, linen", Quantity: 1, Value: price, Weight: 120, SKU: fmt.Sprintf("TWL-%d", i%400), HSCode: "630260", Origin: "PT"},
	}}
	s := shipment.Shipment{
		Row: shipment.Row{
			ID: shipment.ID(ident.New(at)), Number: number, RequestNumber: number + 1_000_000, CreatedMs: ms, AccountID: owner, Courier: "OwnFleet",
			Company: "vans", ServiceName: "Next day", PresetCode: "OF-NEXTDAY", Reference: reference, Reference2: fmt.Sprintf("PO %d", i%1000),
			Recipient: to.Name, City: to.City, Postcode: to.Postcode, CountryISO: to.CountryISO, Parcels: 1, Weight: parcel.Weight,
			TrackingCodes: []string{code}, State: shipment.Booked, Status: courier.StatusBooked, Version: 1, UpdatedMs: ms,
		},
		AuthID: "auth", ServiceCode: "NEXTDAY", TrackingHash: number * 7919, CourierRef: code, TrackingURLs: []string{"http://127.0.0.1/t/" + code},
		Consignment: courier.Consignment{
			To: to, From: SampleAccount("", "", at).DefaultSender, Parcels: []courier.Parcel{parcel}, Reference: reference,
			LabelFormat: courier.ZPL, LabelSize: courier.Size4x6, LabelDPI: 203,
		},
		Timeline: []shipment.Moment{{AtMs: ms, Step: shipment.StepReceived, By: "shop"}, {AtMs: ms, Step: shipment.StepBooked, By: "shop"}},
		Events:   []courier.Event{{ID: ident.New(at), TrackingCode: code, AtMs: ms, Status: courier.StatusBooked, Description: "Booked"}},
	}
	s.Consignment.ShipmentID = string(s.ID)
	s.Request, _ = json.Marshal(map[string]any{"reference": reference, "ship_to": to, "parcels": s.Consignment.Parcels})
	return s
}

// SampleLabel gives the label of a shipment and its bytes, about 2 KB.
func SampleLabel(s shipment.Shipment) (document.Document, []byte) {
	content := make([]byte, 0, 2048)
	for line := 0; len(content) < 2000; line++ {
		content = fmt.Appendf(content, "^FO40,%d^A0N,28,28^FD%s line %d^FS\n", 40*line, s.ID, line)
	}
	sum := sha256.Sum256(content)
	return document.Document{
		Key: "label-" + string(s.ID), ShipmentID: string(s.ID), AccountID: string(s.AccountID), Kind: document.KindLabel, Media: "application/zpl",
		SHA256: hex.EncodeToString(sum[:]), Size: int64(len(content)), Variant: "zpl 4x6 203", CreatedMs: s.CreatedMs,
	}, content
}

package couriertest

import (
	"fmt"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

func recipient() postal.Address {
	return postal.Address{
		Name: "Ward Stores", CompanyName: "Hillside Clinic", Address1: "4 Sample Rise", City: "Leeds", Postcode: "LS1 1AA", CountryISO: "GB",
		Phone: "+441134960000", Email: "stores@hillside.example",
	}
}

func abroad() postal.Address {
	return postal.Address{
		Name: "Jordan Sample", CompanyName: "Harbour Goods", Address1: "100 Main Street", City: "Boston", County: "MA", Postcode: "02110",
		CountryISO: "US", Phone: "+16175550100", Email: "goods@harbour.example",
	}
}

func parcel(currency string) courier.Parcel {
	each := money.Amount{Minor: 840, Currency: currency}
	return courier.Parcel{
		Weight: 1250, Length: 300, Width: 200, Height: 125, Value: money.Amount{Minor: 1680, Currency: currency},
		Items: []courier.Item{{
			Description: "Gauze dressings of cotton", Quantity: 2, Value: each, Weight: 350, SKU: "GZ-10-50", HSCode: "30059010", Origin: "GB",
		}},
	}
}

// sample is an order of the suite's domestic service with so many parcels; n makes its references its own.
func (s Suite) sample(n, parcels int) order.Order {
	o := order.Order{
		Courier: s.key(), ServiceCode: s.Service, Options: s.Options, LabelFormat: courier.PDF, LabelDPI: 203,
		Reference: fmt.Sprintf("SO-%d", n), OrderID: fmt.Sprintf("%d", n), ParcelDescription: "Dressings", Incoterms: "DAP", Reason: "sale",
		From: sender(), To: recipient(), RequestID: fmt.Appendf(nil, "%d", n),
		ShippingCharge: money.Amount{Minor: 495, Currency: "GBP"},
	}
	if !s.From.IsZero() {
		o.From = s.From
	}
	if !s.To.IsZero() {
		o.To = s.To
	}
	for range parcels {
		o.Parcels = append(o.Parcels, parcel("GBP"))
	}
	return o
}

// sampleAbroad is an order that needs customs data.
func (s Suite) sampleAbroad(n int) order.Order {
	o := s.sample(n, 1)
	o.To = abroad()
	if !s.Abroad.IsZero() {
		o.To = s.Abroad
	}
	o.ServiceCode = s.ServiceAbroad
	return o
}

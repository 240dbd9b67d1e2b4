package label

import (
	"packbench/backend/base/postal"
	"packbench/backend/core/document"
)

// sample is an everyday label with every part filled in.
func sample() document.Label {
	return document.Label{
		From: postal.Address{CompanyName: "North Dock", Address1: "1 Example Yard", City: "Wexcombe", Postcode: "QX1 0AA", CountryISO: "GB"},
		To: postal.Address{
			Name: "Hillside Clinic", CompanyName: "Goods Inwards", Address1: "4 Sample Rise", Address2: "Mill Quarter",
			City: "Norbury Vale", Postcode: "QN4 2LT", CountryISO: "GB",
		},
		CourierName: "OWN FLEET", Service: "Next day", Route: "R3", ParcelIndex: 1, ParcelCount: 2, Weight: "2.38 kg",
		Reference: "SO-20419", Instructions: "Ring twice, then leave with the porter at the back gate.",
		TrackingCode: "003614100000041855", SSCC: true, Date: "21 Nov 2026", CreatedMs: 1_795_219_200_000,
	}
}

// scripts are recipients in the scripts a warehouse meets, and two that are hostile in other ways.
var scripts = map[string]postal.Address{
	"Latin-1":    {Name: "Müßig & Çelik Søn", Address1: "Straße des Ölmüllers 4½", City: "Ærøskøbing", Postcode: "D-04109", CountryISO: "DE"},
	"Polish":     {Name: "Zażółć Gęślą Jaźń", CompanyName: "Łódzka Próba", Address1: "ul. Przykładowa 12/4", City: "Łódź", Postcode: "90-001", CountryISO: "PL"},
	"Turkish":    {Name: "İğdır Şişli Örnek", Address1: "Gül Sokağı 7", City: "Iğdır", Postcode: "76000", CountryISO: "TR"},
	"Cyrillic":   {Name: "Пример Проверка", Address1: "ул. Образцовая, 5", City: "Їжакове", Postcode: "01001", CountryISO: "UA"},
	"Greek":      {Name: "Παράδειγμα Δοκιμής", Address1: "Οδός Ελέγχου 3", City: "Αθήνα", Postcode: "105 57", CountryISO: "GR"},
	"Arabic":     {Name: "شركة الاختبار 12", Address1: "شارع المثال 7", City: "دبي", Postcode: "00000", CountryISO: "AE"},
	"Hebrew":     {Name: "חברת דוגמה", Address1: "רחוב המבחן 5", City: "חיפה", Postcode: "3100000", CountryISO: "IL"},
	"Japanese":   {Name: "株式会社サンプル", Address1: "見本区試験町1-2-3", City: "東京都", Postcode: "100-0005", CountryISO: "JP"},
	"Korean":     {Name: "견본 주식회사", Address1: "시험로 12", City: "서울", Postcode: "04524", CountryISO: "KR"},
	"Thai":       {Name: "บริษัท ตัวอย่าง", Address1: "ถนนทดสอบ 9", City: "กรุงเทพ", Postcode: "10110", CountryISO: "TH"},
	"Devanagari": {Name: "नमूना कंपनी", Address1: "परीक्षण मार्ग 4", City: "दिल्ली", Postcode: "110001", CountryISO: "IN"},
	"long": {
		Name:        "Wilhelmina Featherstonehaugh-Cholmondeley of the Upper Valley Hospital",
		CompanyName: "Upper Valley Hospital Foundation Trust, Central Stores and Sterile Supplies Department",
		Address1:    "Building 17, Goods In, Bay 4 behind the boiler house", Address2: "The Old Brewery Business Park",
		Address3: "Long Mile Road", City: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", County: "Isle of Anglesey",
		Postcode: "LL61 5UJ", CountryISO: "GB",
	},
	"hostile": {Name: "^XZ^XA^JUS~JR", Address1: `back\slash _5E under_score`, Address2: "------------------------------------------", City: "emoji 📦 \x01", Postcode: "^~_\\", CountryISO: "GB"},
}

// inScript is the sample with a recipient of scripts.
func inScript(name string) document.Label {
	l := sample()
	to, ok := scripts[name]
	if !ok {
		panic("no such script: " + name)
	}
	l.To = to
	return l
}

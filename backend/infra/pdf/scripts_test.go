package pdf

import (
	"strings"
	"testing"

	"packbench/backend/base/postal"
)

// addresses in the scripts a warehouse meets, with the words a search must find.
var addresses = map[string]struct {
	to    postal.Address
	finds []string
}{
	"Polish":     {postal.Address{Name: "Zażółć Gęślą", Address1: "ul. Świętokrzyska 14/7", City: "Łódź", Postcode: "90-001", CountryISO: "PL"}, []string{"Zażółć Gęślą", "ul. Świętokrzyska 14/7", "Łódź 90-001"}},
	"Greek":      {postal.Address{Name: "Παράδειγμα Πελάτης", Address1: "Λεωφ. Σοφίας 22", City: "Αθήνα", CountryISO: "GR"}, []string{"Παράδειγμα Πελάτης", "Λεωφ. Σοφίας 22"}},
	"Cyrillic":   {postal.Address{Name: "Примерен Клиент", Address1: "бул. Витоша 45", City: "София", CountryISO: "BG"}, []string{"Примерен Клиент", "бул. Витоша 45"}},
	"Arabic":     {postal.Address{Name: "عميل تجريبي", Address1: "شارع الملك فهد 123", City: "الرياض", CountryISO: "SA"}, []string{"عميل تجريبي", "شارع الملك فهد", "الرياض"}},
	"Hebrew":     {postal.Address{Name: "לקוח לדוגמה", Address1: "רחוב הרצל 15", City: "תל אביב", CountryISO: "IL"}, []string{"לקוח לדוגמה", "רחוב הרצל", "תל אביב"}},
	"Japanese":   {postal.Address{Name: "見本 太郎 様", Address1: "丸の内1-2-3 𠮷野ビル", City: "千代田区", CountryISO: "JP"}, []string{"見本 太郎 様", "丸の内1-2-3 𠮷野ビル"}},
	"Chinese":    {postal.Address{Name: "示例客户", Address1: "建国路88号", City: "北京市", CountryISO: "CN"}, []string{"示例客户", "建国路88号", "北京市"}},
	"Korean":     {postal.Address{Name: "홍길동", Address1: "테헤란로 152", City: "서울특별시 강남구", CountryISO: "KR"}, []string{"홍길동", "테헤란로 152"}},
	"Thai":       {postal.Address{Name: "ลูกค้าตัวอย่าง", Address1: "55 ถนนสุขุมวิท", City: "กรุงเทพมหานคร", CountryISO: "TH"}, []string{"ลูกค้าตัวอย่าง", "55 ถนนสุขุมวิท"}},
	"Devanagari": {postal.Address{Name: "उदाहरण ग्राहक", Address1: "महात्मा गांधी मार्ग", City: "मुंबई", CountryISO: "IN"}, []string{"उदाहरण ग्राहक", "महात्मा गांधी मार्ग"}},
	"Vietnamese": {postal.Address{Name: "Nguyễn Thị Ví Dụ", Address1: "12 Lê Lợi", City: "Hồ Chí Minh", CountryISO: "VN"}, []string{"Nguyễn Thị Ví Dụ", "12 Lê Lợi"}},
}

func TestTextOfEveryScriptIsFound(t *testing.T) {
	for name, c := range addresses {
		t.Run(name, func(t *testing.T) {
			slip := sampleSlip(1)
			slip.To = c.to
			slip.Lines[0].Description = c.to.Name
			result := drawSlip(t, slip)
			if len(result.Warnings) > 0 {
				t.Errorf("warnings %v", result.Warnings)
			}
			text := textOf(t, keep(t, result.Bytes))[0]
			for _, want := range c.finds {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not found in\n%s", want, text)
				}
			}
			if strings.Count(text, c.finds[0]) != 2 {
				t.Errorf("%q is found %d times, want 2", c.finds[0], strings.Count(text, c.finds[0]))
			}
		})
	}
}

package importing

import (
	"strconv"
	"strings"
	"time"
)

// problemOf says why a cell can't be used, "" where it can.
func problemOf(text string) string {
	switch {
	case strings.ContainsRune(text, '\uFFFD'):
		return "Some characters could not be read. Type the value again, or choose another encoding."
	case strings.HasPrefix(text, "="):
		return "This is a formula. Type what it should give."
	}
	switch text {
	case "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!":
		return "The spreadsheet could not work this value out. Type what it should be."
	}
	return ""
}

// tidy writes a cell as an order has it. What is not understood stays, for the order's own sentence.
func tidy(text string, as kind) string {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, `="`); ok && strings.HasSuffix(inner, `"`) { // how programs keep leading zeros
		text = strings.TrimSuffix(inner, `"`)
	}
	switch as {
	case asNumber:
		return point(text)
	case asFlag:
		switch strings.ToLower(text) {
		case "yes", "y", "ja", "j", "wahr", "x":
			return "true"
		case "no", "n", "nein", "falsch":
			return "false"
		}
	case asDate:
		return date(text)
	}
	return text
}

// point writes a number with a decimal point and without groups. A single comma before three digits may mean either, and
// is left for the order to refuse.
func point(text string) string {
	comma, dot := strings.LastIndexByte(text, ','), strings.LastIndexByte(text, '.')
	switch {
	case comma < 0:
		return text
	case dot < 0 && strings.Count(text, ",") == 1 && len(text)-comma != 4:
		return strings.Replace(text, ",", ".", 1)
	case dot >= 0 && dot < comma && grouped(text[:comma], '.'):
		return strings.ReplaceAll(text[:comma], ".", "") + "." + text[comma+1:]
	case dot > comma && grouped(text[:dot], ','):
		return strings.ReplaceAll(text[:dot], ",", "") + text[dot:]
	}
	return text
}

// grouped reports whether digits stand in groups of three.
func grouped(text string, by rune) bool {
	for i, group := range strings.Split(strings.TrimPrefix(text, "-"), string(by)) {
		if i > 0 && len(group) != 3 || group == "" || len(group) > 3 || strings.Trim(group, "0123456789") != "" {
			return false
		}
	}
	return true
}

// Excel counts days from the last one of 1899.
var excelEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// date reads how spreadsheets and people of the Continent write one: a day's number of Excel (1954 to 2119), 31.3.2026.
func date(text string) string {
	if days, err := strconv.Atoi(text); err == nil && days > 20_000 && days < 80_000 {
		return excelEpoch.AddDate(0, 0, days).Format(time.DateOnly)
	}
	for _, form := range []string{"2.1.2006", "2.1.2006 15:04", "2.1.2006 15:04:05"} {
		if at, err := time.Parse(form, text); err == nil {
			return at.Format("2006-01-02 15:04:05")
		}
	}
	return text
}

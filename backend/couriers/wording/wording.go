// Package wording fits our texts into what several couriers take alike.
package wording

import "strings"

// Cut gives the first characters of a text, without a space that the cut leaves at the end.
func Cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return strings.TrimSpace(string(r[:most]))
	}
	return text
}

// Contents gives a reason for export as the customs declarations of ShipEngine and EasyPost name what is inside.
func Contents(reason string) string {
	switch r := strings.ToLower(reason); {
	case r == "" || strings.Contains(r, "sale") || strings.Contains(r, "sold"):
		return "merchandise"
	case strings.Contains(r, "gift"):
		return "gift"
	case strings.Contains(r, "sample"):
		return "sample"
	case strings.Contains(r, "return"):
		return "returned_goods"
	case strings.Contains(r, "document"):
		return "documents"
	}
	return "other"
}

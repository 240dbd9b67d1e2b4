package savedview

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

// cleanName gives the name as it is kept. Invalid: name.
func cleanName(name string) (string, error) {
	if utf8.ValidString(name) {
		if n := utf8.RuneCountInString(strings.TrimSpace(name)); n == 0 || n > NameLimit {
			return "", errs.OnField("name", "A view's name is needed: 1 to %d characters.", NameLimit)
		}
	}
	return account.CleanName("name", "A view's name", name)
}

var sortable = []shipment.Field{
	"", shipment.FieldNumber, shipment.FieldAccount, shipment.FieldCourier, shipment.FieldService, shipment.FieldStatus, shipment.FieldCountry,
	shipment.FieldPrinted, shipment.FieldParcels, shipment.FieldWeight, shipment.FieldReference, shipment.FieldRecipient, shipment.FieldPostcode,
	shipment.FieldTracking, shipment.FieldTesting,
}

var states = []shipment.State{
	shipment.Queued, shipment.Sending, shipment.Booked, shipment.Rejected, shipment.Unknown, shipment.NotBought, shipment.Cancelling, shipment.Cancelled,
}

// check adds what is wrong with a query, by its JSON path.
func (q Query) check(wrong *errs.Fields) {
	if !utf8.ValidString(q.Search) || utf8.RuneCountInString(q.Search) > searchLimit {
		wrong.Add("query.q", "A search may have at most %d characters.", searchLimit)
	}
	if slices.ContainsFunc(q.Status, unknownState) {
		wrong.Add("query.status", "One of these is no status of a shipment.")
	}
	if q.Country != "" && (len(q.Country) != 2 || strings.Trim(q.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		wrong.Add("query.country", "A country is two capital letters like GB.")
	}
	yesNo(wrong, "query.testing", q.Testing)
	yesNo(wrong, "query.printed", q.Printed)
	q.checkDays(wrong)
	if !slices.Contains(sortable, q.Sort.By) {
		wrong.Add("query.sort", "A list can't be sorted by %q.", string(q.Sort.By))
	}
	if len(q.Columns) > columnsLimit || slices.ContainsFunc(q.Columns, notAColumn) {
		wrong.Add("query.columns", "A list has at most %d columns, each named by small letters.", columnsLimit)
	}
}

func (q Query) checkDays(wrong *errs.Fields) {
	moving := slices.Contains([]string{Today, Yesterday, Week, Month}, q.Since)
	since, sinceErr := day(q.Since)
	until, untilErr := day(q.Until)
	switch {
	case !moving && sinceErr != nil:
		wrong.Add("query.since", "The first day is a day like 2026-03-02, or one of: %s, %s, %s, %s.", Today, Yesterday, Week, Month)
	case untilErr != nil:
		wrong.Add("query.until", "The last day is a day like 2026-03-02.")
	case moving && q.Until != "":
		wrong.Add("query.until", "A last day goes with a day in “since”, not with %q.", q.Since)
	case q.Since != "" && q.Until != "" && until.Before(since):
		wrong.Add("query.until", "The last day is before the first.")
	}
}

// day reads a day like 2026-03-02; "" is none.
func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}

func unknownState(s shipment.State) bool { return !slices.Contains(states, s) }

func notAColumn(key string) bool {
	return key == "" || len(key) > 20 || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") != ""
}

func yesNo(wrong *errs.Fields, path, value string) {
	if value != "" && value != "yes" && value != "no" {
		wrong.Add(path, "Say yes, no, or nothing.")
	}
}

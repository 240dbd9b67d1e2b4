package ownfleet

import (
	"fmt"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
)

// run is where tracking codes come from: an SSCC prefix, a range that was given, or this site's own serials. Its series
// is named by what the codes begin with, not by the auth: two auths with one prefix share it, and an auth that is deleted
// and registered again goes on where it stopped, so no code is ever made twice.
type run struct {
	series numbering.Series
	total  int64
	field  string // the credential field that a warning is about
	sscc   string // the company prefix, or
	prefix string // what stands before the number
	digits int    // of the number
	check  bool   // a check digit follows the number
}

// ownPrefix stands before this site's own serials: nine digits and a check digit.
const ownPrefix = "PB"

// runOf reads the credential fields. Invalid: fields that don't go together.
func runOf(get func(string) string) (run, error) {
	field := func(key string) string { return courier.Clean(get(key)) }
	sscc, prefix, from, to := field(fieldSSCC), field(fieldPrefix), field(fieldFrom), field(fieldTo)
	switch {
	case sscc != "" && (prefix != "" || from != "" || to != ""):
		return run{}, errs.OnField(fieldSSCC, "Give either a GS1 company prefix or a number range, not both.")
	case sscc != "":
		return ssccRun(sscc), nil
	case from != "" || to != "" || prefix != "":
		return rangeRun(prefix, from, to)
	}
	return run{
		series: numbering.Series{Name: "ownfleet/site", First: 1, Last: 999_999_999}, total: 999_999_999,
		field: fieldFrom, prefix: ownPrefix, digits: 9, check: true,
	}, nil
}

// ssccRun counts through extension digit and serial together: 17 digits without the company prefix.
func ssccRun(prefix string) run {
	digits := ssccDigits - len(prefix)
	last := pow10(digits) - 1
	return run{
		series: numbering.Series{Name: "ownfleet/sscc/" + prefix, First: 1, Last: last}, total: last,
		field: fieldSSCC, sscc: prefix, digits: digits, check: true,
	}
}

func rangeRun(prefix, from, to string) (run, error) {
	var wrong errs.Fields
	first, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		wrong.Add(fieldFrom, "First number is required for a number range: digits, like 1000.")
	}
	last, err := strconv.ParseInt(to, 10, 64)
	if err != nil {
		wrong.Add(fieldTo, "Last number is required for a number range: digits, like 9999.")
	}
	if wrong.Len() == 0 && last < first {
		wrong.Add(fieldTo, "Last number must not be less than the first number, %s.", from)
	}
	return run{
		series: numbering.Series{Name: "ownfleet/range/" + prefix, First: first, Last: last}, total: last - first + 1,
		field: fieldTo, prefix: prefix, digits: len(to),
	}, wrong.Err()
}

// code gives the tracking code of a serial.
func (r run) code(n int64) string {
	if r.sscc != "" {
		return sscc(r.sscc, n)
	}
	number := fmt.Sprintf("%0*d", r.digits, n)
	if r.check {
		number += string(checkDigit(number))
	}
	return r.prefix + number
}

// text says in words what codes look like.
func (r run) text() string {
	first, last := r.code(r.series.First), r.code(r.series.Last)
	switch {
	case r.sscc != "":
		return "SSCCs of the GS1 company prefix " + r.sscc
	case r.check:
		return "this site's own numbers, " + first + " and on"
	}
	return "the numbers " + first + " to " + last
}

// low says that few numbers are left, fewer than a tenth or than 1,000 of them; "" otherwise.
func (r run) low(left int64) string {
	if left >= 1000 && left >= r.total/10 {
		return ""
	}
	noun := "numbers are"
	if left == 1 {
		noun = "number is"
	}
	return fmt.Sprintf("%d %s left of %s. Ask for the next range in time.", left, noun, r.text())
}

// usedUp says what to do when there is no number left.
func (r run) usedUp() error {
	if r.sscc != "" {
		return errs.New(errs.Rejected, "There is no number left of %s. Enter another prefix in this registered auth.", r.text())
	}
	return errs.New(errs.Rejected, "There is no number left of %s. Enter the next range as first and last number in this registered auth.", r.text())
}

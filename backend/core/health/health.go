// Package health remembers which couriers answer, for each registered auth: from what came of the calls that were made to
// them anyway. While a courier is away it keeps purchases from being sent, and says when it is asked again.
package health

import (
	"time"

	"packbench/backend/core/courier"
)

// Line is the way to a courier by one registered auth. An auth asks another service of the courier's while it is tested.
type Line struct {
	AuthID  string
	Testing bool
}

// LineOf gives the line of an access.
func LineOf(a courier.Access) Line { return Line{AuthID: a.AuthID, Testing: a.Testing} }

// Outcome is what an operation with a courier says of its health. A refusal of an order is an answer like any other.
type Outcome int

// The outcomes.
const (
	Answered Outcome = iota
	Failed           // it is there and did not serve: too many calls (429), an answer that can't be used
	Absent           // no answer came, or one that says that its service is down (5xx)
)

// Call is one operation with a courier, over.
type Call struct {
	Courier  courier.Key
	Outcome  Outcome
	Buys     bool
	Sentence string        // for people, without secrets; "" where it answered
	Took     time.Duration // of its slowest exchange
}

// State is how a line is, in a word.
type State string

// The states.
const (
	Answering State = "answering"
	Failing   State = "failing" // a part of its calls fail, or take long
	Away      State = "away"    // it has not answered for several calls in a row: nothing is bought until it does
)

// Report is the health of a line as people see it. Times are Unix ms UTC, 0 for never.
type Report struct {
	AuthID        string      `json:"auth_id"`
	Testing       bool        `json:"testing"`
	Courier       courier.Key `json:"courier"`
	State         State       `json:"state"`
	SinceMs       int64       `json:"since_ms"` // of Away: when it first did not answer
	NextMs        int64       `json:"next_ms"`  // of Away: when it is asked again by itself
	LastSuccessMs int64       `json:"last_success_ms"`
	LastFailureMs int64       `json:"last_failure_ms"`
	LastFailure   string      `json:"last_failure"` // a sentence, "" for none
	Calls         int         `json:"calls"`        // the last ones: Memory of them, and none older than Window
	Failures      int         `json:"failures"`     // of Calls
	Slow          bool        `json:"slow"`         // most of Calls took SlowAfter or longer

	// Of what the store kept: when, and whose auth it is. Calls, Slow and NextMs are not kept. Zero and "" of how it is now.
	KeptMs  int64  `json:"kept_ms,omitempty"`
	Company string `json:"company,omitempty"`
	Account string `json:"account,omitempty"`
}

// What is remembered of a line, and how it is judged.
const (
	Memory    = 50
	Window    = 15 * time.Minute
	SlowAfter = 8 * time.Second
	// Threshold is how many calls in a row have to stay without an answer before a courier is away.
	Threshold = 3
	// failingFrom is the part of calls that have to fail before a line is called failing: one in so many, and two at least.
	failingFrom = 5
)

const (
	soon         = 15 * time.Second // until a line is asked whose last call had no answer
	firstPause   = 30 * time.Second // until one that is away is asked; doubled each time it stays away
	longestPause = 5 * time.Minute
	// checkFirst is how much later than a check a purchase may find out whether a courier is back: the check costs nothing.
	checkFirst = 15 * time.Second
	// turnTime is how long one that was let through may take before the next is. It is longer than any purchase.
	turnTime = 2 * time.Minute
)

package courier

// Status is a tracking status code (reference: voila-api §4).
type Status int

// The tracking statuses. 14, 15 and 17 are not known.
const (
	StatusBooked         Status = 1
	StatusCollected      Status = 2
	StatusAtHub          Status = 3
	StatusInTransit      Status = 4
	StatusOutForDelivery Status = 5
	StatusFailedAttempt  Status = 6
	StatusDelivered      Status = 7
	StatusOnHold         Status = 8
	StatusAddressIssue   Status = 9
	StatusReturning      Status = 10
	StatusExpired        Status = 11
	StatusCancelled      Status = 12
	StatusAwaitingPickup Status = 13
	StatusDamaged        Status = 16
	StatusCustomsHold    Status = 18
	StatusCustom         Status = 19
)

var statusWords = map[Status]string{
	StatusBooked: "Booked", StatusCollected: "Collected", StatusAtHub: "At hub", StatusInTransit: "In transit",
	StatusOutForDelivery: "Out for delivery", StatusFailedAttempt: "Failed attempt", StatusDelivered: "Delivered",
	StatusOnHold: "On hold", StatusAddressIssue: "Address issue", StatusReturning: "Return to sender",
	StatusExpired: "Tracking expired", StatusCancelled: "Cancelled", StatusAwaitingPickup: "Awaiting customer collection",
	StatusDamaged: "Damaged", StatusCustomsHold: "Customs hold", StatusCustom: "Custom",
}

// Word gives the status as a word, "" for a code that is not known.
func (s Status) Word() string { return statusWords[s] }

// Known reports whether the code is one of the list.
func (s Status) Known() bool { _, ok := statusWords[s]; return ok }

// Collected reports whether the courier has, or has had, the parcel, after which Own fleet can't cancel.
func (s Status) Collected() bool {
	switch s {
	case 0, StatusBooked, StatusCancelled, StatusCustom:
		return false
	}
	return true
}

// Event is one reading of a parcel. AtMs is Unix ms UTC.
type Event struct {
	ID           string `json:"id"`
	TrackingCode string `json:"tracking_code"`
	AtMs         int64  `json:"at_ms"`
	Status       Status `json:"status_code"`
	Description  string `json:"description"`
	Location     string `json:"location"`
}

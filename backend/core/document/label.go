package document

import "packbench/backend/base/postal"

// Label is what stands on one parcel's label of a courier without labels of its own.
type Label struct {
	From, To     postal.Address
	CourierName  string // "OWN FLEET"
	Service      string
	Route        string // big mark for sorting, "" for none
	ParcelIndex  int    // 1 …
	ParcelCount  int
	Weight       string // "2.38 kg"
	Reference    string
	Instructions string
	TrackingCode string
	SSCC         bool // the tracking code is 18 digits, drawn as GS1-128 with AI (00)
	Date         string
	Testing      bool // draws the TEST mark
}

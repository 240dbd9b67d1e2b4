package shipment

import "strings"

// Field is a field of a Row by which lists are sorted or narrowed.
type Field string

// The fields. All of them sort; Facetted narrow.
const (
	FieldNumber    Field = "number" // and so by creation
	FieldAccount   Field = "account"
	FieldCourier   Field = "courier"
	FieldService   Field = "service"
	FieldStatus    Field = "status"
	FieldCountry   Field = "country"
	FieldTesting   Field = "testing"
	FieldPrinted   Field = "printed"
	FieldParcels   Field = "parcels"
	FieldWeight    Field = "weight"
	FieldReference Field = "reference"
	FieldRecipient Field = "recipient"
	FieldPostcode  Field = "postcode"
	FieldTracking  Field = "tracking"
)

// Facetted are the fields that Facets counts by.
var Facetted = []Field{FieldAccount, FieldCourier, FieldStatus, FieldCountry, FieldTesting, FieldPrinted}

// Sort is the order of a list. The zero value is newest first. Rows with the same value run newest first; rows without
// one come last.
type Sort struct {
	By        Field `json:"by"` // "" for FieldNumber
	Ascending bool  `json:"ascending"`
}

// Facet is a value of a field with the number of rows that have it. Testing and printed are "yes" and "no"; a status is a
// State.
type Facet struct {
	Value string `json:"value"`
	Label string `json:"label"` // an account's name; else the value
	Count int64  `json:"count"`
	More  bool   `json:"more"` // counting stopped there
}

func joinedFields(fields []Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

package bulk

import (
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// checked gives an ask as it is done: each shipment and each kind once.
func checked(ask Ask) (Ask, error) {
	seen := map[shipment.ID]bool{}
	ids := slices.DeleteFunc(slices.Clone(ask.IDs), func(id shipment.ID) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
	var kinds []document.Kind
	for _, kind := range order {
		if slices.Contains(ask.Kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	ask.IDs, ask.Kinds = ids, kinds
	switch {
	case len(ids) == 0:
		return ask, errs.OnField("ids", "No shipment is chosen. Choose at least one.")
	case len(ids) > Limit:
		return ask, errs.OnField("ids", "%d shipments are chosen; up to %d are done at once. Choose fewer, then do the rest.", len(ids), Limit)
	case !slices.Contains([]Action{Documents, Print, Cancel, Pack, Manifest}, ask.Action):
		return ask, errs.OnField("action", "There is nothing called %q to do to many shipments.", string(ask.Action))
	case (ask.Action == Documents || ask.Action == Print) && len(kinds) == 0:
		return ask, errs.OnField("kinds", "No document is chosen. Choose labels, packing slips or commercial invoices.")
	}
	if ask.Arrangement != ByKind {
		ask.Arrangement = Collated
	}
	return ask, nil
}

// order is how the documents of one shipment follow one another.
var order = append([]document.Kind{document.KindLabel, document.KindPackingSlip, document.KindInvoice}, couriers()...)

// couriers are the kinds of couriers' own papers, which a shipment may have or not.
func couriers() (kinds []document.Kind) {
	for _, kind := range courier.PaperKinds() {
		kinds = append(kinds, document.Kind(kind))
	}
	return kinds
}

package label

import (
	"strconv"
	"strings"

	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// The layout, in millimetres. From the top: the TEST band of a test label, who sends it and the route, who gets it, the
// service and the parcel, reference and instructions, the barcode. What stands above the recipient hangs from the top
// edge and what stands below rests on the bottom edge, so that the recipient gets all the room there is.
const (
	margin       = 4.0
	ruleWidth    = 0.5
	topBand      = 9.0
	bottomBand   = 6.0
	captionRow   = 4.0 // from the top of a cell to the top of what stands below its caption
	cellGap      = 3.0
	headerHeight = 17.5
	routeWidth   = 18.0
	routeHeight  = 13.5
	serviceRow   = 16.5
	parcelCell   = 32.0
	detailRow    = 9.5
	aboveBars    = 3.0
	belowBars    = 7.5
)

// Type sizes in points.
const (
	captionSize  typeset.Points = 8
	smallSize    typeset.Points = 9
	readableSize typeset.Points = 13
)

const testMark = "TEST LABEL · NOT FOR SHIPPING"

// layout is a page in the making.
type layout struct {
	*page
	label *document.Label
	edge  int // margin in dots
}

// compose places everything that stands on a label. Invalid: the barcode does not fit the stock.
func compose(p *page, l *document.Label) error {
	p.title, p.createdMs = "Label "+l.TrackingCode, l.CreatedMs
	lay := layout{page: p, label: l, edge: p.dots(margin)}

	top, bottom := 0, p.height
	if l.Testing {
		height := p.dots(topBand)
		lay.band(0, height, 17)
		top = height
		height = p.dots(bottomBand)
		lay.band(bottom-height, height, 10.5)
		bottom -= height
	}
	bottom, err := lay.barcode(bottom)
	if err != nil {
		return err
	}
	bottom = lay.details(bottom)
	bottom = lay.service(bottom)
	top = lay.header(top)
	lay.recipient(top, bottom)
	return nil
}

// band draws the TEST mark.
func (l *layout) band(y, height int, size typeset.Points) {
	l.rects = append(l.rects, rect{0, y, l.width, height})
	l.add(text{
		line: typeset.Set(testMark, typeset.Bold), size: size, width: l.width, align: centre,
		y: y + (height+l.capitals(size))/2, white: true,
	})
}

// barcode places the symbol above bottom and gives the top of its part.
func (l *layout) barcode(bottom int) (int, error) {
	code, err := encode(l.label.TrackingCode, l.label.SSCC, l.symbol.runs)
	if err != nil {
		return 0, err
	}
	s := placedSymbol{symbol: code, module: code.module(l.stock, l.dots(2)), height: l.dots(barHeight)}
	s.x = (l.width - s.modules*s.module) / 2
	s.y = bottom - l.dots(belowBars) - s.height
	l.symbol = s
	l.add(text{
		line: typeset.Set(s.readable(), typeset.Bold), size: readableSize, width: l.width, align: centre,
		y: s.y + s.height + l.dots(1.2) + l.capitals(readableSize),
	})
	return s.y - l.dots(aboveBars), nil
}

// details places reference, date and instructions above bottom, as far as they are given.
func (l *layout) details(bottom int) int {
	width := l.width - 2*l.edge
	if l.label.Instructions != "" {
		block := l.fit(l.label.Instructions, typeset.Regular, box{width: width, lines: 2, size: smallSize, smallest: 7})
		l.warn("shipment.delivery_instructions", l.label.Instructions, block)
		bottom -= l.dots(captionRow) + int(l.tall(block)+0.5)
		l.caption("Instructions", l.edge, bottom, width)
		l.lines(block, l.edge, bottom+l.dots(captionRow), width)
	}
	if l.label.Reference == "" && l.label.Date == "" {
		return bottom
	}
	bottom -= l.dots(detailRow)
	cell := func(caption, value, field string, x, width int) {
		l.caption(caption, x, bottom, width)
		l.block(value, field, typeset.Bold, box{x: x, y: bottom + l.dots(captionRow), width: width, lines: 1, size: 11, smallest: 7})
	}
	if l.label.Reference == "" {
		cell("Date", l.label.Date, "shipment.date", l.edge, width)
		return bottom
	}
	if l.label.Date != "" {
		dateWidth := l.dots(parcelCell) - l.dots(cellGap) - l.edge
		cell("Date", l.label.Date, "shipment.date", l.width-l.edge-dateWidth, dateWidth)
		width -= dateWidth + l.dots(cellGap)
	}
	cell("Reference", l.label.Reference, "shipment.reference", l.edge, width)
	return bottom
}

// service places courier, service, parcel and weight above bottom.
func (l *layout) service(bottom int) int {
	l.rule(bottom)
	y := bottom - l.dots(serviceRow)
	l.rule(y)
	cell := l.width - l.dots(parcelCell)
	l.rects = append(l.rects, rect{cell, y, l.dots(ruleWidth), bottom - y})

	caption, name := l.label.CourierName, l.label.Service
	if name == "" {
		caption, name = "Service", caption
	}
	width := cell - l.edge - l.dots(cellGap)
	l.caption(caption, l.edge, y, width)
	l.block(name, "shipment.dc_service_id", typeset.Bold, box{
		x: l.edge, y: y + l.dots(captionRow+1.2), width: width, lines: 1, size: 22, smallest: 9,
	})

	x := cell + l.dots(cellGap)
	width = l.width - l.edge - x
	l.caption("Parcel", x, y, width)
	of := strconv.Itoa(l.label.ParcelIndex) + " of " + strconv.Itoa(l.label.ParcelCount)
	l.block(of, "shipment.parcels", typeset.Bold, box{x: x, y: y + l.dots(captionRow), width: width, lines: 1, size: 17, smallest: 8})
	l.block(l.label.Weight, "shipment.parcels", typeset.Regular, box{x: x, y: y + l.dots(captionRow+7), width: width, lines: 1, size: 10, smallest: 7})
	return y
}

// header places the sender and the route below top and gives the bottom of its part.
func (l *layout) header(top int) int {
	bottom := top + l.dots(headerHeight)
	width := l.width - 2*l.edge
	if l.label.Route != "" {
		boxWidth, boxHeight := l.dots(routeWidth), l.dots(routeHeight)
		x, y := l.width-l.edge-boxWidth, top+(bottom-top-boxHeight)/2
		l.rects = append(l.rects, rect{x, y, boxWidth, boxHeight})
		mark := l.fit(l.label.Route, typeset.Bold, box{width: boxWidth - l.dots(2), lines: 1, size: 32, smallest: 9})
		l.warn("shipment.courier.route", l.label.Route, mark)
		l.add(text{
			line: mark.Lines[0], size: mark.Size, x: x, width: boxWidth, align: centre,
			y: y + (boxHeight+l.capitals(mark.Size))/2, white: true,
		})
		width -= boxWidth + l.dots(3)
	}
	l.caption("From", l.edge, top, width)
	from := &l.label.From
	name, field := from.CompanyName, "shipment.ship_from.company_name"
	if name == "" {
		name, field = from.Name, "shipment.ship_from.name"
	}
	y := l.block(name, field, typeset.Bold, box{x: l.edge, y: top + l.dots(captionRow), width: width, lines: 1, size: 11, smallest: 8})
	place := join(", ", from.Address1, from.Address2, from.City, from.Postcode)
	l.blockAbove(bottom, place, "shipment.ship_from", typeset.Regular, box{x: l.edge, y: y, width: width, lines: 2, size: smallSize, smallest: 7})
	l.rule(bottom)
	return bottom
}

// join joins what is not empty.
func join(between string, parts ...string) string {
	var out strings.Builder
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteString(between)
		}
		out.WriteString(part)
	}
	return out.String()
}

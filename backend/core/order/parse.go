package order

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// Longest values, in characters. A courier may allow less (courier.Limits), which core/shipment checks.
const (
	nameLimit      = 100
	codeLimit      = 100 // references, codes and ids
	requestIDLimit = 255
	textLimit      = 500
	noteLimit      = 1000
)

// Parse reads a create-label body. Malformed: not JSON or not UTF-8; Invalid: every wrong field by its path
// ("shipment.parcels.0.weight"). courierKey is the route's courier; "" takes the body's top-level "courier".
func Parse(body []byte, courierKey courier.Key) (Order, error) {
	out, err := ParseSoFar(body, courierKey)
	if err != nil {
		return Order{}, err
	}
	return out, nil
}

// ParseSoFar reads an order that is still being written: as Parse, but what could be read comes beside an Invalid error.
func ParseSoFar(body []byte, courierKey courier.Key) (Order, error) {
	top, raw, err := decode(body)
	if err != nil {
		return Order{}, err
	}
	return read(top, raw, courierKey)
}

// FromValues reads a create-label body that never was JSON: maps, []any, texts in UTF-8. Errors are those of Parse. Raw stays
// empty.
func FromValues(body map[string]any) (Order, error) {
	out, err := read(appendValue(make([]node, 0, usualNodes/2), "", body)[1:], nil, "")
	if err != nil {
		return Order{}, err
	}
	return out, nil
}

func read(top []node, raw json.RawMessage, courierKey courier.Key) (Order, error) {
	r := &reader{}
	out := Order{Courier: courierKey, Raw: raw}
	out.readTop(object{r: r, members: top})
	out.Warnings = r.warnings
	return out, r.wrong.Err()
}

// usualNodes is how many values there are in most bodies: room for them is made at once. An order from a file has half as many.
const usualNodes = 64

// decode reads the body into nodes, and gives the shipment's own bytes beside.
func decode(body []byte) (top []node, shipment json.RawMessage, err error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if !utf8.Valid(body) {
		return nil, nil, errs.New(errs.Malformed, "The body is not valid UTF-8. Send JSON encoded as UTF-8.")
	}
	d := document{text: string(body), nodes: make([]node, 0, usualNodes)}
	if !d.read() || (d.nodes[0].kind != isObject && d.nodes[0].kind != isNull) {
		return nil, nil, refusal(body)
	}
	if d.shipment != "" {
		shipment = json.RawMessage(d.shipment)
	}
	return d.nodes[1:], shipment, nil
}

// refusal says why a body is no JSON object, as encoding/json says it.
func refusal(body []byte) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var top map[string]any
	if err := d.Decode(&top); err != nil {
		return malformed(body, err)
	}
	rest := bytes.TrimSpace(body[d.InputOffset():])
	return errs.New(errs.Malformed, "The body goes on behind the JSON object, at byte %d. Send one object only.", len(body)-len(rest))
}

func malformed(body []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return errs.New(errs.Malformed, "The body is empty. Send a JSON object with a shipment.")
	case errors.As(err, &syntax):
		before := body[:min(int(syntax.Offset), len(body))]
		line := 1 + bytes.Count(before, []byte("\n"))
		column := len(before) - bytes.LastIndexByte(before, '\n') - 1
		return errs.Wrap(err, errs.Malformed, "The body is not JSON: %s (line %d, column %d).", syntax, line, column)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errs.Wrap(err, errs.Malformed, "The body is not JSON: it ends too early.")
	case errors.As(err, &kind):
		return errs.Wrap(err, errs.Malformed, "The body is a JSON %s. Send a JSON object with a shipment.", kind.Value)
	}
	return errs.Wrap(err, errs.Malformed, "The body is not JSON.")
}

func (o *Order) readTop(top object) {
	shipment := top.object("shipment")
	if shipment.members == nil {
		if !top.r.refused["shipment"] {
			top.wrong("shipment", "Shipment is required: an object with ship_to and parcels.")
		}
		return
	}
	if o.Courier == "" {
		o.Courier = courier.Key(top.text("courier", codeLimit))
		top.need("courier", string(o.Courier), "Courier is required: a courier's key, like OwnFleet.")
	}
	o.Testing = top.flag("testing")
	o.readRequestID(top)
	o.LabelInline = top.on("label_inline")
	o.readShipment(shipment)
	if company := top.text("auth_company", codeLimit); company != "" {
		o.AuthCompany = company
	}
	if top.on("format_address_default") || top.has("format_address_settings") {
		o.tidy()
	}
}

func (o *Order) readRequestID(top object) {
	switch id, _ := find(top.members, "request_id"); id.kind {
	case isNull:
	case isNumber:
		o.RequestID = json.RawMessage(id.text)
	case isText:
		if strings.TrimSpace(id.text) == "" {
			return
		}
		if top.lengthOf("request_id", id.text, requestIDLimit) != "" {
			o.RequestID, _ = json.Marshal(id.text) // a string always encodes
		}
	default:
		top.wrong("request_id", "Request id must be text or a number.")
	}
}

// RequestIDText is the request id as one text, "" when absent: 7 and "7" are the same.
func (o Order) RequestIDText() string {
	var text string
	if json.Unmarshal(o.RequestID, &text) == nil {
		return strings.TrimSpace(text)
	}
	return string(o.RequestID)
}

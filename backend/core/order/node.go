package order

import "encoding/json"

// node is a value of a body. What stands in an object or a list comes right behind its node, so that a whole body is one
// list of nodes and costs one piece of memory; an order system sends thousands.
type node struct {
	key  string // in an object
	text string // of a text; a number as it is written; "true" or "false"
	kind kind
	size int // of nodes, with those that stand in it
}

type kind uint8

const (
	isNull kind = iota
	isText
	isNumber
	isTruth
	isList
	isObject
	isOther // nothing that JSON has
)

// find gives the value under key among the members of an object: of two equal keys the last counts, as it does for
// encoding/json. Where there is none, it is null.
func find(members []node, key string) (found node, inside []node) {
	for i := 0; i < len(members); i += members[i].size {
		if members[i].key == key {
			found, inside = members[i], members[i+1:i+members[i].size]
		}
	}
	return found, inside
}

// appendValue writes a plain Go value as nodes.
func appendValue(nodes []node, key string, value any) []node {
	at := len(nodes)
	nodes = append(nodes, node{key: key})
	n := node{key: key}
	switch v := value.(type) {
	case nil:
	case string:
		n.kind, n.text = isText, v
	case json.Number:
		n.kind, n.text = isNumber, v.String()
	case bool:
		n.kind, n.text = isTruth, "false"
		if v {
			n.text = "true"
		}
	case map[string]any:
		n.kind = isObject
		for key, member := range v {
			nodes = appendValue(nodes, key, member)
		}
	case []any:
		n.kind = isList
		for _, element := range v {
			nodes = appendValue(nodes, "", element)
		}
	default:
		n.kind = isOther
	}
	n.size = len(nodes) - at
	nodes[at] = n
	return nodes
}

//go:build bridge

package bridge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
)

// byName gives the structs by the names Wails finds them under.
func byName(bound []any) map[string]any {
	structs := make(map[string]any, len(bound))
	for _, s := range bound {
		structs[reflect.TypeOf(s).Elem().Name()] = s
	}
	return structs
}

type callRequest struct {
	Struct string            `json:"struct"`
	Method string            `json:"method"`
	Args   []json.RawMessage `json:"args"`
}

// callReply holds the value, or the error's text, which rejects the promise as Wails does.
type callReply struct {
	Value any     `json:"value"`
	Error *string `json:"error"`
}

func (b *Bridge) call(w http.ResponseWriter, r *http.Request) {
	var in callRequest
	if !read(w, r, &in) {
		return
	}
	value, err := b.invoke(in)
	out := callReply{Value: value}
	if err != nil {
		text := err.Error()
		out = callReply{Error: &text}
	}
	reply(w, out)
}

func (b *Bridge) invoke(in callRequest) (any, error) {
	target, ok := b.structs[in.Struct]
	if !ok {
		return nil, fmt.Errorf("there is no struct %s", in.Struct)
	}
	method := reflect.ValueOf(target).MethodByName(in.Method)
	if !method.IsValid() {
		return nil, fmt.Errorf("%s has no method %s", in.Struct, in.Method)
	}
	if method.Type().NumIn() != len(in.Args) {
		return nil, fmt.Errorf("%s.%s takes %d arguments, not %d", in.Struct, in.Method, method.Type().NumIn(), len(in.Args))
	}
	args := make([]reflect.Value, len(in.Args))
	for i, raw := range in.Args {
		arg := reflect.New(method.Type().In(i))
		if err := json.Unmarshal(raw, arg.Interface()); err != nil {
			return nil, fmt.Errorf("%s.%s, argument %d: %w", in.Struct, in.Method, i+1, err)
		}
		args[i] = arg.Elem()
	}
	return results(method.Call(args))
}

// results takes apart what a bound method gives: (value, error), error or value.
func results(out []reflect.Value) (value any, err error) {
	for _, v := range out {
		if e, ok := v.Interface().(error); ok {
			err = e
		} else if v.Type() != reflect.TypeFor[error]() {
			value = v.Interface()
		}
	}
	return value, err
}

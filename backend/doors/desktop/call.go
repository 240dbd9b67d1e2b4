package desktop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
)

// Error is an error as the screens get it.
type Error struct {
	Code    string       `json:"code"`
	Message string       `json:"message"`
	Fields  []errs.Field `json:"fields"`
	// Request numbers the window's calls since the program started; the log's line of the failure has it too. 0 is no call.
	Request int64 `json:"request"`
}

func view(err error) *Error {
	e := errs.As(err)
	return &Error{Code: string(e.Code), Message: e.Message, Fields: append([]errs.Field{}, e.Fields...)}
}

// ask runs a call that needs the services: it waits for them, puts the actor into the context, recovers a panic (Wails
// would never settle the promise), makes nil lists empty and an error JSON.
func ask[T any](d *Door, what string, fn func(ctx context.Context, s *Services) (T, error)) (T, error) {
	return answer(d, what, func(ctx context.Context) (T, error) {
		s, err := d.ready(ctx)
		if err != nil {
			var none T
			return none, err
		}
		return fn(ctx, s)
	})
}

// do is ask for a call that gives nothing back.
func do(d *Door, what string, fn func(ctx context.Context, s *Services) error) error {
	_, err := ask(d, what, func(ctx context.Context, s *Services) (struct{}, error) { return struct{}{}, fn(ctx, s) })
	return err
}

// answer is ask without the services.
func answer[T any](d *Door, what string, fn func(ctx context.Context) (T, error)) (out T, err error) {
	request := d.requests.Add(1)
	defer func() {
		if r := recover(); r != nil {
			d.log().Error("a call of the window panicked", "call", what, "request", request, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			err = encode(errs.New(errs.Internal, "Something went wrong inside Packbench. The log has the details."), request)
		}
	}()
	d.mu.Lock()
	ctx := d.ctx
	d.mu.Unlock()
	out, err = fn(actor.With(ctx, d.actor))
	if err != nil {
		if errs.Is(err, errs.Internal) {
			d.log().Error("a call of the window failed", "call", what, "request", request, "error", err, "cause", errors.Unwrap(err))
		}
		return out, encode(err, request)
	}
	fillLists(reflect.ValueOf(&out).Elem())
	return out, nil
}

func encode(err error, request int64) error {
	shown := view(err)
	shown.Request = request
	text, jsonErr := json.Marshal(shown)
	if jsonErr != nil {
		return err // errs.Field holds text only, so this is never reached
	}
	return errors.New(string(text))
}

// fillLists makes every nil slice [] and every nil map {} in what JavaScript will read, so that no screen asks whether a
// list is there. It copies slices on the way, because an answer may share them with the program (descriptors do).
func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillLists(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fillLists(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	case reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	}
}

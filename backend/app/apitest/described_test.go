package apitest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// description reads docs/API/openapi.yaml once.
var description = sync.OnceValues(func() (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromFile("../../../docs/API/openapi.yaml")
	if err != nil {
		return nil, err
	}
	doc.Servers = nil // tests listen on any port
	return legacy.NewRouter(doc)
})

// described checks that an answer is what the description says of its route; so every test here checks the description.
func described(t testing.TB, req *http.Request, a *answer) {
	t.Helper()
	router, err := description()
	if err != nil {
		t.Fatal(err)
	}
	plain := req.Clone(context.Background())
	plain.URL.Path, plain.URL.RawPath = strings.TrimRight(req.URL.EscapedPath(), "/"), "" // a %2F belongs to a name
	route, params, err := router.FindRoute(plain)
	if err != nil {
		if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s is not described: %v", req.Method, req.URL.Path, err)
		}
		return
	}
	err = openapi3filter.ValidateResponse(req.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: plain, PathParams: params, Route: route},
		Status:                 a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader(a.raw)),
		Options: &openapi3filter.Options{ExcludeResponseBody: a.value == nil},
	})
	if err != nil {
		t.Errorf("%s %s: not as described: %v", req.Method, req.URL.Path, err)
	}
}

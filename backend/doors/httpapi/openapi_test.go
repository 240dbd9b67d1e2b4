package httpapi_test

import (
	"sort"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"packbench/backend/doors/httpapi"
)

// The description and the router name the same routes.
func TestTheDescriptionIsOfTheseRoutes(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("../../../docs/API/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	described := []string{}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			described = append(described, method+" "+path)
			open := operation.Security != nil && len(*operation.Security) == 0
			if wants := strings.HasPrefix(path, "/api/files/") || strings.HasPrefix(path, "/status/") || path == "/healthz"; open != wants {
				t.Errorf("%s %s: described as open: %t", method, path, open)
			}
		}
	}
	served := []string{"GET /healthz"}
	for _, e := range httpapi.Endpoints(httpapi.New(newRig(t).config)) {
		served = append(served, e.Method+" "+e.Path)
	}
	sort.Strings(described)
	sort.Strings(served)
	if a, b := strings.Join(described, "\n"), strings.Join(served, "\n"); a != b {
		t.Errorf("described:\n%s\n\nserved:\n%s", a, b)
	}
}

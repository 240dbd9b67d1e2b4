package couriertest

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/yaml"
)

// specsEnv names the environment variable with the folder of the couriers' own contracts, which are not part of the
// project. Without it they are looked for beside the project.
const specsEnv = "CARRIER_SPECS"

// SpecsDir gives the folder of the couriers' contracts. Where there is none, the test is skipped and says so.
func SpecsDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv(specsEnv)
	if dir == "" {
		dir = "../../../../shared/carrier-specs"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT CHECKED against the courier's own contract: it is not at %s. Give its folder as $%s.", dir, specsEnv)
	}
	return dir
}

// Contract is a courier's own description of its service.
type Contract struct{ docs []*openapi3.T }

// LoadContract reads OpenAPI 3 or Swagger 2 files, named below SpecsDir.
func LoadContract(t testing.TB, files ...string) *Contract {
	t.Helper()
	dir := SpecsDir(t)
	c := &Contract{}
	for _, file := range files {
		doc, err := load(filepath.Join(dir, file))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		join(doc)
		c.docs = append(c.docs, doc)
	}
	return c
}

func load(path string) (*openapi3.T, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".yml") {
		if raw, err = yaml.YAMLToJSON(raw); err != nil {
			return nil, err
		}
	}
	var kind struct{ Swagger string }
	if err := json.Unmarshal(raw, &kind); err != nil {
		return nil, err
	}
	if kind.Swagger == "" {
		return openapi3.NewLoader().LoadFromData(raw)
	}
	var old openapi2.T
	if err := json.Unmarshal(raw, &old); err != nil {
		return nil, err
	}
	return openapi2conv.ToV3(&old)
}

// Request says what of a request breaks the contract, nil where nothing does.
func (c *Contract) Request(r *http.Request, body []byte) []string {
	op, item := c.operation(r)
	if op == nil {
		return []string{fmt.Sprintf("%s %s is no operation of the contract", r.Method, r.URL.Path)}
	}
	var wrong []string
	parameters := append(slices.Clone(item.Parameters), op.Parameters...)
	for _, p := range parameters {
		if sentence := checkParameter(r, p.Value); sentence != "" {
			wrong = append(wrong, sentence)
		}
	}
	for name := range r.URL.Query() {
		if !slices.ContainsFunc(parameters, func(p *openapi3.ParameterRef) bool { return p.Value.In == "query" && p.Value.Name == name }) {
			wrong = append(wrong, "query "+name+" is not in the contract")
		}
	}
	if op.RequestBody != nil && op.RequestBody.Value != nil {
		wrong = append(wrong, checkBody(r.Header.Get("Content-Type"), body, op.RequestBody.Value.Content, op.RequestBody.Value.Required, openapi3.VisitAsRequest())...)
	} else if len(body) > 0 {
		wrong = append(wrong, "the operation has no body")
	}
	for i := range wrong {
		wrong[i] = r.Method + " " + r.URL.Path + ": " + wrong[i]
	}
	return wrong
}

// Answer says what of a mock's answer breaks the contract: a mock that says what its courier never says proves nothing.
func (c *Contract) Answer(r *http.Request, status int, contentType string, body []byte) []string {
	op, _ := c.operation(r)
	if op == nil || op.Responses == nil {
		return nil
	}
	said := op.Responses.Value(strconv.Itoa(status))
	if said == nil {
		said = op.Responses.Default()
	}
	if said == nil || said.Value == nil {
		return []string{fmt.Sprintf("%s %s: the contract knows no answer %d", r.Method, r.URL.Path, status)}
	}
	wrong := checkBody(contentType, body, said.Value.Content, false, openapi3.VisitAsResponse())
	for i := range wrong {
		wrong[i] = fmt.Sprintf("answer %d of %s %s: %s", status, r.Method, r.URL.Path, wrong[i])
	}
	return wrong
}

// operation finds what the contract says of a method and a path. A path without variables is preferred.
func (c *Contract) operation(r *http.Request) (op *openapi3.Operation, item *openapi3.PathItem) {
	best := -1
	for _, doc := range c.docs {
		for _, base := range bases(doc) {
			rest, below := strings.CutPrefix(r.URL.EscapedPath(), base)
			if !below {
				continue
			}
			for template, candidate := range doc.Paths.Map() {
				literal, fits := matches(template, rest)
				if fits && literal > best && candidate.GetOperation(r.Method) != nil {
					best, op, item = literal, candidate.GetOperation(r.Method), candidate
				}
			}
		}
	}
	return op, item
}

func bases(doc *openapi3.T) []string {
	list := []string{""}
	for _, s := range doc.Servers {
		if u, err := url.Parse(s.URL); err == nil && u.Path != "" && u.Path != "/" {
			list = append(list, strings.TrimSuffix(u.Path, "/"))
		}
	}
	return list
}

// matches reports whether a path fits a template, and how many of its parts are literal.
func matches(template, path string) (literal int, fits bool) {
	want, got := strings.Split(strings.Trim(template, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	if len(want) != len(got) {
		return 0, false
	}
	for i := range want {
		switch {
		case want[i] == got[i]:
			literal++
		case !strings.Contains(want[i], "{") || got[i] == "":
			return 0, false
		}
	}
	return literal, true
}

func checkParameter(r *http.Request, p *openapi3.Parameter) string {
	var values []string
	switch p.In {
	case "query":
		values = r.URL.Query()[p.Name]
	case "header":
		values = r.Header.Values(p.Name)
	default:
		return ""
	}
	if len(values) == 0 {
		if p.Required {
			return p.In + " " + p.Name + " is missing"
		}
		return ""
	}
	if p.Schema == nil || p.Schema.Value == nil {
		return ""
	}
	if err := p.Schema.Value.VisitJSON(typed(strings.Join(values, ","), p.Schema.Value)); err != nil {
		return fmt.Sprintf("%s %s=%q: %s", p.In, p.Name, values, reason(err))
	}
	return ""
}

// typed gives a text from a query or a form as the type that its schema wants.
func typed(text string, s *openapi3.Schema) any {
	switch {
	case s.Type.Is("integer"), s.Type.Is("number"):
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	case s.Type.Is("boolean"):
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	case s.Type.Is("array"):
		var list []any
		for _, part := range strings.Split(text, ",") {
			if s.Items != nil && s.Items.Value != nil {
				list = append(list, typed(part, s.Items.Value))
				continue
			}
			list = append(list, part)
		}
		return list
	}
	return text
}

func checkBody(contentType string, body []byte, content openapi3.Content, required bool, option openapi3.SchemaValidationOption) []string {
	if len(body) == 0 {
		if required {
			return []string{"the body is missing"}
		}
		return nil
	}
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return []string{fmt.Sprintf("content type %q", contentType)}
	}
	if len(content) == 0 {
		return nil // the contract does not say what is in it
	}
	media := content.Get(kind)
	if media == nil {
		return []string{"the contract knows no content of type " + kind}
	}
	if media.Schema == nil || media.Schema.Value == nil {
		return nil
	}
	value, readable := decode(kind, body, media.Schema.Value)
	if !readable {
		return nil // a file
	}
	if err := media.Schema.Value.VisitJSON(value, option, openapi3.MultiErrors()); err != nil {
		return []string{reason(err)}
	}
	return nil
}

func decode(kind string, body []byte, s *openapi3.Schema) (any, bool) {
	if kind == "application/x-www-form-urlencoded" {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return string(body), true
		}
		out := map[string]any{}
		for k, v := range values {
			field := &openapi3.Schema{Type: &openapi3.Types{"string"}}
			if p := s.Properties[k]; p != nil && p.Value != nil {
				field = p.Value
			}
			out[k] = typed(strings.Join(v, ","), field)
		}
		return out, true
	}
	if !strings.Contains(kind, "json") {
		return nil, false
	}
	var out any
	if err := json.Unmarshal(body, &out); err != nil {
		return string(body), true
	}
	return out, true
}

// reason gives a schema's error in a line, without the schema.
func reason(err error) string {
	text := err.Error()
	for _, mark := range []string{"\nSchema:", "\n\nValue:"} {
		text, _, _ = strings.Cut(text, mark)
	}
	return strings.Join(strings.Fields(text), " ")
}

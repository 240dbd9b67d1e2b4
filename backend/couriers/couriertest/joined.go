package couriertest

import "github.com/getkin/kin-openapi/openapi3"

// join lets schemas that are joined by allOf know each other's properties: contracts close each part to all properties but
// its own, so that nothing fits the whole. The whole stays closed where a part of it was.
func join(doc *openapi3.T) {
	if doc.Components == nil {
		return
	}
	seen := map[*openapi3.Schema]bool{}
	for _, ref := range doc.Components.Schemas {
		joinSchema(ref, seen)
	}
}

func joinSchema(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	s := ref.Value
	seen[s] = true
	for _, p := range s.Properties {
		joinSchema(p, seen)
	}
	joinSchema(s.Items, seen)
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, part := range list {
			joinSchema(part, seen)
		}
	}
	if len(s.AllOf) == 0 || len(s.AllOf) == 1 && len(s.Properties) == 0 && !closed(s) {
		return
	}
	whole, shut := openapi3.Schemas{}, closed(s)
	for name, p := range s.Properties {
		whole[name] = p
	}
	for i, part := range s.AllOf {
		if part.Value == nil {
			continue
		}
		open := *part.Value
		shut = shut || closed(&open)
		open.AdditionalProperties = openapi3.AdditionalProperties{}
		s.AllOf[i] = &openapi3.SchemaRef{Value: &open}
		for name, p := range open.Properties {
			if whole[name] == nil {
				whole[name] = p
			}
		}
	}
	if shut {
		no := false
		s.Properties, s.AdditionalProperties = whole, openapi3.AdditionalProperties{Has: &no}
	}
}

func closed(s *openapi3.Schema) bool {
	return s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has
}

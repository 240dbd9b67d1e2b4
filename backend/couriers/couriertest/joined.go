package couriertest

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

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
	if s.AnyOf == nil && slices.ContainsFunc(s.OneOf, asksNothing) {
		s.AnyOf, s.OneOf = s.OneOf, nil
		s.Required = slices.DeleteFunc(s.Required, func(name string) bool { return ofAny(s.AnyOf, name) })
	}
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, part := range list {
			knowAlso(s, part)
		}
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

// ofAny reports whether a property is that of an alternative, which the whole can't require beside the others.
func ofAny(alternatives openapi3.SchemaRefs, name string) bool {
	return slices.ContainsFunc(alternatives, func(part *openapi3.SchemaRef) bool {
		return part.Value != nil && part.Value.Properties[name] != nil
	})
}

// asksNothing reports whether an alternative excludes no other one.
func asksNothing(part *openapi3.SchemaRef) bool {
	return part.Value != nil && len(part.Value.Required) == 0 && !closed(part.Value)
}

// knowAlso lets a whole know the properties of one of the alternatives it may be.
func knowAlso(s *openapi3.Schema, part *openapi3.SchemaRef) {
	if part.Value == nil {
		return
	}
	for name, p := range part.Value.Properties {
		if s.Properties == nil {
			s.Properties = openapi3.Schemas{}
		}
		if s.Properties[name] == nil {
			s.Properties[name] = p
		}
	}
}

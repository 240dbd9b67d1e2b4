package httpapi

import "net/http"

// Endpoint is a route as tests see it.
type Endpoint struct {
	Method, Path string
	Open         bool
}

// Endpoints enumerates what the handler serves.
func Endpoints(h http.Handler) []Endpoint {
	list := []Endpoint{}
	for _, rt := range h.(*api).routes() {
		list = append(list, Endpoint{rt.method, rt.path, rt.open})
	}
	return list
}

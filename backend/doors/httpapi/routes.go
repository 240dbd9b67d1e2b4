package httpapi

import (
	"context"
	"net/http"
	"strings"

	"packbench/backend/base/errs"
)

const couriersPath = "/api/couriers/v1/"

// routes is everything the API serves besides /healthz; docs/API/openapi.yaml describes the same list.
func (a *api) routes() []route {
	const get, post, remove = http.MethodGet, http.MethodPost, http.MethodDelete
	list := []route{
		{method: post, path: couriersPath + "{courier}/create-label", handle: a.createLabel},
		{method: post, path: couriersPath + "{courier}/cancel-label", handle: a.cancelLabel},
		{method: post, path: couriersPath + "{courier}/mark-shipment-cancelled", handle: a.markCancelled},
		{method: post, path: couriersPath + "mark-shipment-cancelled", handle: a.markCancelled},
		{method: post, path: couriersPath + "mark-shipment-packed", handle: a.markPacked},
		{method: post, path: couriersPath + "{courier}/create-manifest", handle: a.createManifest},

		{method: get, path: "/api/pdfs/renew", handle: a.renew},
		{method: get, path: "/api/commercial-invoice/{number}", handle: a.commercialInvoice},
		{method: get, path: "/api/packing-slip/{number}", handle: a.packingSlip},
		{method: get, path: filesPath + "{key}", open: true, handle: a.file},

		{method: get, path: "/api/shipments.json", handle: a.shipments},
		{method: post, path: "/api/shipments/{id}/update-tracking-status", handle: a.updateTrackingStatus},
		{method: post, path: couriersPath + "{courier}/track", handle: a.track},
		{method: post, path: couriersPath + "get-tracking-identifiers", handle: a.trackingIdentifiers},
		{method: post, path: couriersPath + "get-tracking", handle: a.tracking},
		{method: get, path: statusPath + "{number}/{code}", open: true, handle: a.statusPage},

		{method: get, path: couriersPath + "list-couriers", handle: a.listCouriers},
		{method: get, path: couriersPath + "{courier}/courier-specifics", handle: a.courierSpecifics},
		{method: get, path: couriersPath + "{courier}/presets", handle: a.presets},
		{method: get, path: couriersPath + "{courier}/my-presets", handle: a.myPresets},

		{method: post, path: couriersPath + "{courier}/get-services", handle: a.getServices},
		{method: post, path: couriersPath + "{courier}/get-price", handle: a.getPrice},

		{method: get, path: couriersPath + "list-registered-couriers", handle: a.listAuths},
		{method: get, path: couriersPath + "auths.json", handle: a.authRows},
		{method: get, path: couriersPath + "{courier}/register-auth-rules", handle: a.authRules},
		{method: post, path: couriersPath + "{courier}/register-auth", handle: a.registerAuth},
		{method: post, path: couriersPath + "{courier}/update-auth", handle: a.updateAuth},
		{method: post, path: couriersPath + "{courier}/delete-auth", handle: a.deleteAuth},
		{method: post, path: couriersPath + "{courier}/test-courier-auth", handle: a.testAuth},

		{method: post, path: "/api/apiuser/create", handle: a.createAPIUser},
		{method: post, path: "/api/apiuser/create-token", handle: a.createToken},
		{method: post, path: "/api/apiuser/disable", handle: a.disableAPIUser},
		{method: post, path: "/api/apiuser/delete/{id}", handle: a.deleteAPIUser},
		{method: remove, path: "/api/apiuser/delete/{id}", handle: a.deleteAPIUser},
		{method: post, path: "/api/apiuser/delete/n/{name}", handle: a.deleteAPIUser},
		{method: remove, path: "/api/apiuser/delete/n/{name}", handle: a.deleteAPIUser},
	}
	for _, r := range notOffered {
		method, path, _ := strings.Cut(r, " ")
		limit := int64(0)
		if strings.Contains(path, "/bulk/") {
			limit = maxBulk // read, so that the caller gets the answer and not a closed connection
		}
		list = append(list, route{method: method, path: path, body: limit, handle: refuse(path)})
	}
	return list
}

// notOffered are the routes of voila-api §3 that this version answers with 501.
var notOffered = []string{
	"POST " + couriersPath + "{courier}/test",
	"POST " + couriersPath + "{courier}/get-pickup-locations",
	"POST " + couriersPath + "{courier}/create-collection",
	"POST " + couriersPath + "{courier}/cancel-collection",
	"POST " + couriersPath + "{courier}/queue-tracking",
	"POST " + couriersPath + "test-date",
	"POST " + couriersPath + "shipment-summary",
	"POST " + couriersPath + "bulk/create-label",
	"POST " + couriersPath + "bulk/create-label-async",
	"POST " + couriersPath + "bulk/mark-shipment-cancelled",
	"POST " + couriersPath + "smart-shipping/create-label",
	"POST " + couriersPath + "smart-shipping/get-rules",
	"GET /api/smart-shipping", "POST /api/smart-shipping",
	"GET /api/smart-shipping/{id}", "PUT /api/smart-shipping/{id}", "DELETE /api/smart-shipping/{id}",
	"GET /api/smart-shipping-group", "POST /api/smart-shipping-group",
	"GET /api/smart-shipping-group/{id}", "PUT /api/smart-shipping-group/{id}", "DELETE /api/smart-shipping-group/{id}",
	"GET /api/webhooks", "POST /api/webhooks",
	"GET /api/webhooks/{id}", "PUT /api/webhooks/{id}", "DELETE /api/webhooks/{id}",
	"POST /api/webhooks/{id}/enable", "POST /api/webhooks/{id}/disable",
	"GET /api/webhooks/{id}/jobs", "GET /api/webhooks/{id}/jobs/{job}", "GET /api/webhooks/{id}/jobs/{job}/logs",
}

func refuse(path string) func(context.Context, *call) (any, error) {
	var words []string
	for _, word := range strings.Split(strings.TrimPrefix(strings.TrimPrefix(path, couriersPath), "/api/"), "/") {
		if !strings.HasPrefix(word, "{") {
			words = append(words, word)
		}
	}
	name := strings.Join(words, "/")
	return func(context.Context, *call) (any, error) {
		return nil, errs.New(errs.NotOffered, "This version of Packbench does not offer %s.", name)
	}
}

// notFound answers what no route takes: 405 with Allow where another method would be taken, else 404.
func (a *api) notFound(_ context.Context, c *call) (any, error) {
	var allow []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		probe := http.Request{Method: method, URL: c.URL, Host: c.Host}
		if _, pattern := a.mux.Handler(&probe); pattern != "/" && pattern != "" {
			allow = append(allow, method)
		}
	}
	if len(allow) == 0 || !cleanPath(c.Request) {
		return nil, errs.New(errs.NotFound, "There is no such route here.")
	}
	list := strings.Join(allow, ", ")
	return nil, &problem{
		told:   errs.New(errs.Malformed, "This route takes %s, not %s.", list, c.Method),
		status: http.StatusMethodNotAllowed, header: map[string]string{"Allow": list},
	}
}

package desktop

import (
	"context"

	"packbench/backend/base/page"
	"packbench/backend/core/requestlog"
)

// Activity is the request log and the audit.
type Activity struct {
	door  *Door
	check auditCheck
}

// RequestPage is a page of the request log. Next is "" on the last one.
type RequestPage struct {
	Items []requestlog.Entry `json:"items"`
	Next  string             `json:"next"`
}

// Requests gives API requests, newest first.
func (a *Activity) Requests(filter requestlog.Filter, p page.Request) (RequestPage, error) {
	return ask(a.door, "Activity.Requests", func(ctx context.Context, s *Services) (RequestPage, error) {
		got, err := s.Requests.List(ctx, filter, p)
		return RequestPage(got), err
	})
}

// Request gives one API request with its bodies, which lists leave out.
func (a *Activity) Request(number int64) (requestlog.Entry, error) {
	return ask(a.door, "Activity.Request", func(ctx context.Context, s *Services) (requestlog.Entry, error) {
		return s.Requests.Get(ctx, number)
	})
}

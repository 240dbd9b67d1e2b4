package desktop

import (
	"context"

	"packbench/backend/core/savedview"
)

// Views is the saved views of the list of shipments; the topic "views" tells when they changed.
type Views struct{ door *Door }

// List gives the views in the order of their tabs.
func (v *Views) List() ([]savedview.View, error) {
	return ask(v.door, "Views.List", func(ctx context.Context, on *Services) ([]savedview.View, error) { return on.Views.List(ctx) })
}

// Create keeps a view, as the last tab.
func (v *Views) Create(name string, query savedview.Query) (savedview.View, error) {
	return ask(v.door, "Views.Create", func(ctx context.Context, on *Services) (savedview.View, error) {
		return on.Views.Create(ctx, name, query)
	})
}

// Update changes the name and the query of a view, by its id and version.
func (v *Views) Update(in savedview.View) (savedview.View, error) {
	return ask(v.door, "Views.Update", func(ctx context.Context, on *Services) (savedview.View, error) { return on.Views.Update(ctx, in) })
}

// Arrange puts the views in this order.
func (v *Views) Arrange(ids []savedview.ID) ([]savedview.View, error) {
	return ask(v.door, "Views.Arrange", func(ctx context.Context, on *Services) ([]savedview.View, error) { return on.Views.Arrange(ctx, ids) })
}

// Delete removes a view and gives it as it was, for Restore.
func (v *Views) Delete(id string) (savedview.View, error) {
	return ask(v.door, "Views.Delete", func(ctx context.Context, on *Services) (savedview.View, error) {
		return on.Views.Delete(ctx, savedview.ID(id))
	})
}

// Restore puts a view back that was deleted.
func (v *Views) Restore(deleted savedview.View) (savedview.View, error) {
	return ask(v.door, "Views.Restore", func(ctx context.Context, on *Services) (savedview.View, error) { return on.Views.Restore(ctx, deleted) })
}

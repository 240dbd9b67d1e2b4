package app

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/bulk"
	"packbench/backend/core/contact"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/draft"
	"packbench/backend/core/health"
	"packbench/backend/core/importing"
	"packbench/backend/core/manifest"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/printing"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/savedview"
	"packbench/backend/core/seed"
	"packbench/backend/core/settings"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
	"packbench/backend/core/template"
	"packbench/backend/couriers/dhlexpress"
	"packbench/backend/couriers/easypost"
	"packbench/backend/couriers/fedex"
	"packbench/backend/couriers/gls"
	"packbench/backend/couriers/httpx"
	"packbench/backend/couriers/ownfleet"
	"packbench/backend/couriers/royalmail"
	"packbench/backend/couriers/sendcloud"
	"packbench/backend/couriers/shipengine"
	"packbench/backend/couriers/ups"
	"packbench/backend/couriers/voila"
	"packbench/backend/doors/httpapi"
	"packbench/backend/infra/label"
	"packbench/backend/infra/pdf"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/tabular"
	"packbench/backend/infra/vault"
)

// Services is core, put together.
type Services struct {
	Accounts  *account.Service
	Audit     *audit.Service
	Auths     *auth.Service
	Bulk      *bulk.Service
	Contacts  *contact.Service
	Couriers  *courier.Registry
	Documents *document.Service
	Drafts    *draft.Service
	Health    *health.Service
	Imports   *importing.Service
	Manifests *manifest.Service
	Numbers   *numbering.Service
	Presets   *preset.Service
	Printing  *printing.Service
	Requests  *requestlog.Service
	Seed      *seed.Service
	Settings  *settings.Service
	Setup     *setup.Service
	Shipments *shipment.Service
	Templates *template.Service
	Views     *savedview.Service
	Waiting   *draft.Queue
}

func compose(db *sqldb.DB, v *vault.Vault, now clock.Clock, log *slog.Logger, o Options) (s Services, err error) {
	s.Numbers = &numbering.Service{Store: sqldb.As[numbering.Repo](db)}
	monitor := &health.Monitor{Clock: now}
	if o.Changed != nil {
		monitor.Changed = func() { o.Changed("health") }
	}
	s.Couriers, err = couriers(s.Numbers, httpx.Env{Clock: now, Health: monitor, Stand: o.Stand}, o.Couriers)
	if err != nil {
		return s, err
	}
	s.Accounts = &account.Service{Store: watched[account.Repo](db, o, "accounts"), Vault: v, Clock: now}
	s.Audit = &audit.Service{Store: sqldb.As[audit.Repo](db), Vault: v, Clock: now}
	s.Templates = &template.Service{Store: watched[template.Repo](db, o, "templates"), Clock: now}
	s.Settings = &settings.Service{Store: watched[settings.Repo](db, o, "settings"), Clock: now}
	s.Auths = &auth.Service{Store: watched[auth.Repo](db, o, "auths"), Vault: v, Couriers: s.Couriers, Clock: now}
	s.Presets = &preset.Service{Store: watched[preset.Repo](db, o, "presets"), Couriers: s.Couriers, Clock: now}
	s.Requests = &requestlog.Service{Store: watched[requestlog.Repo](db, o, "requests")}
	s.Documents = &document.Service{Store: sqldb.As[document.Repo](db), Drawer: pdf.Drawer{}, Clock: now}
	s.Shipments = &shipment.Service{
		Store: watched[shipment.Repo](db, o, "shipments"), Auths: s.Auths, Presets: s.Presets, Couriers: s.Couriers,
		Documents: s.Documents, Previewer: pdf.Drawer{}, Numbers: s.Numbers, Clock: now, Health: monitor, Reserve: enoughRoom(o.DataDir),
	}
	s.Health = &health.Service{Monitor: monitor, Store: sqldb.As[health.Repo](db), Auths: s.Auths, Couriers: s.Couriers}
	s.Drafts = &draft.Service{Store: watched[draft.Repo](db, o, "drafts"), Shipments: s.Shipments, Clock: now}
	s.Waiting = &draft.Queue{Drafts: s.Drafts, Answers: monitor.Answers}
	s.Imports = &importing.Service{Store: sqldb.As[importing.Repo](db), Shipments: s.Shipments, Drafts: s.Drafts, Reader: tabular.Reader{}, Clock: now}
	s.Contacts = &contact.Service{Store: watched[contact.Repo](db, o, "contacts"), Reader: tabular.Reader{}, Clock: now}
	s.Printing = &printing.Service{
		Store: watched[printing.Repo](db, o, "printing"), Shipments: s.Shipments, Documents: s.Documents, Drivers: printerDrivers(),
		Clock: now, Log: log,
	}
	s.Manifests = &manifest.Service{
		Store: watched[manifest.Repo](db, o, "manifests"), Auths: s.Auths, Shipments: s.Shipments, Documents: s.Documents, Couriers: s.Couriers,
		Drawer: pdf.Drawer{}, Numbers: s.Numbers, Clock: now,
	}
	s.Bulk = &bulk.Service{Store: sqldb.As[bulk.Repo](db), Shipments: s.Shipments, Printing: s.Printing, Drawer: pdf.Drawer{}, Clock: now, Log: log}
	if o.Changed != nil {
		s.Bulk.Changed = func() { o.Changed("bulk") }
	}
	s.Views = &savedview.Service{Store: watched[savedview.Repo](db, o, "views"), Clock: now}
	s.Setup = &setup.Service{Accounts: s.Accounts, Auths: s.Auths, Couriers: s.Couriers}
	s.Seed = &seed.Service{Store: watched[shipment.Repo](db, o, "shipments"), Accounts: s.Accounts, Auths: s.Auths, Couriers: s.Couriers, Numbers: s.Numbers, Clock: now}
	return s, nil
}

// couriers is the registry: one line for each courier of the program.
func couriers(numbers *numbering.Service, env httpx.Env, more []courier.Adapter) (*courier.Registry, error) {
	own := []courier.Adapter{
		&ownfleet.Courier{Labels: label.Drawer{}, Numbers: numbers, Clock: env.Clock},
		dhlexpress.New(env),
		fedex.New(env),
		gls.New(env),
		easypost.New(env),
		royalmail.New(env),
		sendcloud.New(env),
		shipengine.New(env),
		ups.New(env),
		voila.New(env),
	}
	return courier.NewRegistry(append(own, more...)...)
}

// api makes the courier API on the services.
func (a *App) api() http.Handler {
	return httpapi.New(httpapi.Config{
		Accounts: a.Accounts, Auths: a.Auths, Couriers: a.Couriers, Presets: a.Presets, Shipments: a.Shipments,
		Documents: a.Documents, Manifests: a.Manifests, Requests: a.Requests, Numbers: a.Numbers, Signer: a.vault, Clock: clock.System{},
		Zone: a.zone(), Log: a.log,
	})
}

// zone gives the site's time zone. Its table is read from the disk once for each change of the setting.
func (a *App) zone() func(context.Context) *time.Location {
	var last zoneCache
	return func(ctx context.Context) *time.Location {
		now, err := a.Settings.Get(ctx)
		if err != nil {
			a.log.Error("the site's time zone could not be read", "error", err)
			return time.UTC
		}
		return last.of(now)
	}
}

// watched gives the database as a store that tells the window of each write that succeeded.
func watched[R any](db *sqldb.DB, o Options, topic string) store.Store[R] {
	plain := sqldb.As[R](db)
	if o.Changed == nil {
		return plain
	}
	return watchedStore[R]{plain, func() { o.Changed(topic) }}
}

type watchedStore[R any] struct {
	store.Store[R]
	changed func()
}

func (w watchedStore[R]) Write(ctx context.Context, fn func(R) error) error {
	err := w.Store.Write(ctx, fn)
	if err == nil {
		w.changed()
	}
	return err
}

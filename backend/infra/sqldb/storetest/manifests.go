package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
)

// login registers an auth on an account.
func (b *Bench) login(owner account.Account, key courier.Key, company string, testing bool) auth.Auth {
	ms, id := b.moment()
	a := auth.Auth{
		ID: auth.ID(id), AccountID: owner.ID, Courier: key, Company: company, Testing: testing, Fields: map[string]string{}, Version: 1,
		CreatedMs: ms, UpdatedMs: ms,
	}
	b.write(func(r Repo) error { return r.CreateAuth(a) })
	return a
}

// soldWith makes a shipment booked with an auth.
func (b *Bench) soldWith(number int64, owner account.Account, a auth.Auth, change func(*shipment.Shipment)) shipment.Shipment {
	return b.ship(number, owner, func(s *shipment.Shipment) {
		s.AuthID, s.Courier, s.Company, s.Testing, s.Parcels, s.Weight = a.ID, a.Courier, a.Company, a.Testing, 2, 500
		if change != nil {
			change(s)
		}
	})
}

func (b *Bench) manifest(number int64, a auth.Auth) manifest.Manifest {
	ms, id := b.moment()
	return manifest.Manifest{
		ID: manifest.ID(id), Number: number, State: manifest.Closing, AccountID: a.AccountID, AccountName: "shop", AuthID: a.ID, Courier: a.Courier,
		Company: a.Company, Testing: a.Testing, Shipments: 2, Parcels: 4, Weight: 1000, By: "sam", BegunMs: ms,
	}
}

func (b *Bench) openWith(a auth.Auth, fromMs int64) string {
	b.Helper()
	list := get(b, func(r Repo) ([]manifest.Parcel, error) { return r.OpenWith(a, fromMs) })
	return parcelNumbers(list)
}

func parcelNumbers(list []manifest.Parcel) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = fmt.Sprint(p.Number)
	}
	return strings.Join(out, " ")
}

func manifests(t *testing.T, b *Bench) {
	shop := b.shop()
	vans, rail := b.login(shop, "OwnFleet", "vans", false), b.login(shop, "OwnFleet", "rail", false)
	trial := b.login(shop, "OwnFleet", "vans", true)
	early := b.soldWith(1, shop, vans, nil)
	b.soldWith(2, shop, vans, nil)
	b.soldWith(3, shop, rail, nil)
	b.soldWith(4, shop, trial, nil)
	for i, state := range []shipment.State{shipment.Cancelled, shipment.Rejected, shipment.Unknown, shipment.Sending} {
		b.soldWith(int64(5+i), shop, vans, func(s *shipment.Shipment) { s.State = state })
	}
	b.soldWith(9, shop, vans, func(s *shipment.Shipment) { s.Testing = true }) // bought before its auth went live
	last := b.soldWith(10, shop, vans, nil)

	for range 2 { // while the catalogue is behind, and after it caught up
		same(b, "open with vans", b.openWith(vans, 0), "1 2 10")
		same(b, "open since the second", b.openWith(vans, early.CreatedMs+1), "2 10")
		same(b, "open since the last", b.openWith(vans, last.CreatedMs), "10")
		same(b, "open with rail", b.openWith(rail, 0), "3")
		same(b, "open with the test auth", b.openWith(trial, 0), "4")
		some := get(b, func(r Repo) ([]manifest.Parcel, error) { return r.OpenAmong(vans, []int64{3, 4, 5, 9, 10, 2}) })
		same(b, "open among", parcelNumbers(some), "2 10")
		same(b, "of one", some[0], manifest.Parcel{Number: 2, Courier: "OwnFleet", Parcels: 2, Weight: 500})
		left := get(b, func(r Repo) ([]manifest.Left, error) { return r.LeftOpen(0) })
		same(b, "left open", leftOpen(left), "rail live 1/2/500, vans live 3/6/1500, vans test 1/2/500")
		b.settle()
	}
	flights := get(b, func(r Repo) ([]manifest.Flight, error) { return r.InFlight() })
	if want := []manifest.Flight{{Number: 7, AuthID: vans.ID, State: shipment.Unknown}, {Number: 8, AuthID: vans.ID, State: shipment.Sending}}; !slices.Equal(flights, want) {
		t.Fatalf("in flight = %+v, want %+v", flights, want)
	}

	m := b.manifest(31, vans)
	b.write(func(r Repo) error { return r.CreateManifest(m, []int64{1, 2}) })
	got := get(b, func(r Repo) (manifest.Manifest, error) { return r.Manifest(m.ID) })
	same(b, "manifest", got, m)
	same(b, "by number", get(b, func(r Repo) (manifest.Manifest, error) { return r.ManifestNumbered(31) }), m)
	same(b, "of a shipment", get(b, func(r Repo) (manifest.Manifest, error) { return r.ManifestOf(early.ID) }), m)
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.ManifestOf(last.ID); return err })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Manifest("none"); return err })
	same(b, "open beside it", b.openWith(vans, 0), "10")
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateManifest(b.manifest(32, vans), []int64{10}) }) // one is pending
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateManifest(b.manifest(32, rail), []int64{3, 2}) })
	same(b, "open after a refused one", b.openWith(rail, 0), "3")

	b.write(func(r Repo) error { return r.ReleaseManifest(m.ID) })
	same(b, "open again", b.openWith(vans, 0), "1 2 10")
	m.State, m.Told, m.EndedMs = manifest.Refused, "No.", 5
	b.write(func(r Repo) error { return r.UpdateManifest(m, manifest.Closing) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateManifest(m, manifest.Closing) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdateManifest(b.manifest(33, vans), manifest.Closing) })

	second := b.manifest(32, vans)
	b.write(func(r Repo) error { return r.CreateManifest(second, []int64{10, 2, 1}) })
	same(b, "pending", len(get(b, func(r Repo) ([]manifest.Manifest, error) { return r.PendingManifests() })), 1)
	contents := func(after int64, n int) string {
		list := get(b, func(r Repo) ([]shipment.Shipment, error) { return r.ManifestShipments(second.ID, after, n) })
		out := ""
		for _, s := range list {
			out += fmt.Sprintf("%d %s ", s.Number, s.Consignment.To.City)
		}
		return strings.TrimSpace(out)
	}
	same(b, "contents", contents(0, 2), "1 York 2 Bath")
	same(b, "the rest of them", contents(2, 2), "10 Dover")
	b.write(func(r Repo) error {
		return r.AppendMoments(second.ID, shipment.Moment{AtMs: 9, Step: shipment.StepClosed, Note: "manifest 32", By: "sam"})
	})
	for _, id := range []shipment.ID{early.ID, last.ID} {
		history := get(b, func(r Repo) (shipment.Shipment, error) { return r.Shipment(id) }).Timeline
		same(b, "history", history[len(history)-1], shipment.Moment{AtMs: 9, Step: shipment.StepClosed, Note: "manifest 32", By: "sam"})
	}
	second.State, second.CourierRef, second.PaperKey, second.OwnPaper, second.EndedMs = manifest.Closed, "M-1", "key", true, 7
	b.write(func(r Repo) error { return r.UpdateManifest(second, manifest.Closing) })
	same(b, "pending after all", len(get(b, func(r Repo) ([]manifest.Manifest, error) { return r.PendingManifests() })), 0)
	third := b.manifest(33, rail)
	third.State = manifest.Unknown
	b.write(func(r Repo) error { return r.CreateManifest(third, []int64{3}) })

	for _, c := range []struct {
		f    manifest.Filter
		want string
	}{
		{manifest.Filter{}, "33 32 31"},
		{manifest.Filter{FromMs: second.BegunMs}, "33 32"},
		{manifest.Filter{FromMs: m.BegunMs, ToMs: second.BegunMs}, "31"},
		{manifest.Filter{AccountID: shop.ID, Courier: "OwnFleet"}, "33 32 31"},
		{manifest.Filter{Courier: "Other"}, ""},
	} {
		list := pageThrough(t, 2, func(p page.Request) (page.Result[manifest.Manifest], error) {
			return get(b, func(r Repo) (page.Result[manifest.Manifest], error) { return r.Manifests(c.f, p) }), nil
		})
		var numbers []string
		for _, m := range list {
			numbers = append(numbers, fmt.Sprint(m.Number))
		}
		same(b, fmt.Sprintf("manifests of %+v", c.f), strings.Join(numbers, " "), c.want)
	}
	b.refuse(errs.Invalid, func(r Repo) error { _, err := r.Manifests(manifest.Filter{}, page.Request{Cursor: "x"}); return err })

	// An auth that is registered anew takes over what its like left open.
	b.soldWith(11, shop, rail, nil)
	b.write(func(r Repo) error { return r.DeleteAuth(rail.ID) })
	same(b, "open with nobody", leftOpen(get(b, func(r Repo) ([]manifest.Left, error) { return r.LeftOpen(0) })), "vans test 1/2/500")
	anew := b.login(shop, "OwnFleet", "rail", false)
	same(b, "open with the new one", b.openWith(anew, 0), "11")
}

func leftOpen(list []manifest.Left) string {
	var out []string
	for _, l := range list {
		mode := "live"
		if l.Testing {
			mode = "test"
		}
		out = append(out, fmt.Sprintf("%s %s %d/%d/%d", l.Company, mode, l.Shipments, l.Parcels, l.Weight))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/core/draft"
	"packbench/backend/core/health"
	"packbench/backend/core/setup"
)

// clickAndDrop stands in for Royal Mail, and is away or not.
type clickAndDrop struct {
	mu   sync.Mutex
	away bool
	sold []string // our references, in order
	met  int      // purchases that reached it
}

func (c *clickAndDrop) set(away bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.away = away
}

func (c *clickAndDrop) purchases() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.met
}

func (c *clickAndDrop) labels() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.sold)
}

func (c *clickAndDrop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.Method == http.MethodPost {
		c.met++
	}
	w.Header().Set("Content-Type", "application/json")
	if c.away {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if r.Method != http.MethodPost {
		fmt.Fprint(w, `{"orders":[]}`)
		return
	}
	var in struct {
		Items []struct {
			OrderReference string
			Packages       []struct{}
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || len(in.Items) != 1 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.sold = append(c.sold, in.Items[0].OrderReference)
	n := len(c.sold)
	fmt.Fprintf(w, `{"successCount":1,"errorsCount":0,"failedOrders":[],"createdOrders":[{"orderIdentifier":%d,"orderReference":%q,
		"trackingNumber":"RM%08dGB","packages":[{"packageNumber":1,"trackingNumber":"RM%08dGB"}],"label":"JVBERi0xLjQK"}]}`,
		n, in.Items[0].OrderReference, n, n)
}

const mailKey = "canary-away-7d1f-click-and-drop"

// A courier goes away and comes back: order systems are told when to try again, nothing is sent meanwhile, the terminal says
// how it is, and what waits is bought in order, each once.
func TestACourierGoesAwayAndComesBack(t *testing.T) {
	mail := &clickAndDrop{}
	stand := httptest.NewServer(mail)
	t.Cleanup(stand.Close)
	f := apptest.NewFolder(t)
	options := f.Options()
	options.Stand = stand.URL
	a, err := app.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	server, _, err := a.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve() }()
	t.Cleanup(func() {
		if err := server.Shutdown(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	run := &apptest.Terminal{Folder: f, App: a}
	run.JSON(t, &struct{}{}, "", "group", "create", "North wing")
	run.JSON(t, &struct{}{}, `{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"}`,
		"account", "create", "--group", "North wing", "--name", "Web shop", "--sender", "-")
	var token struct{ Value string }
	run.JSON(t, &token, "", "token", "create", "--account", "Web shop", "--name", "Orders")
	var registered struct{ Auth struct{ ID string } }
	run.JSON(t, &registered, `{"api_key":"`+mailKey+`"}`, "auth", "add", "--account", "Web shop", "--courier", "RoyalMailClickAndDrop", "--company", "Post", "--fields", "-")
	line := health.Line{AuthID: registered.Auth.ID}
	order := func(reference string) string {
		return strings.NewReplacer(`"OwnFleet"`, `"RoyalMailClickAndDrop"`, "OF-NEXTDAY", "RM-TPN", "SAMPLE-1001", reference).Replace(setup.SampleOrder)
	}

	test := func() apptest.Result {
		return run.Run(t, "", "auth", "test", "--account", "Web shop", "--courier", "RoyalMailClickAndDrop", "--company", "Post")
	}
	mail.set(true)
	if got := test(); got.Status != 1 {
		t.Fatalf("test of one that is away: %+v", got)
	}
	for range health.Threshold - 1 { // as two more tests would
		a.Health.Note(line, health.Call{Courier: "RoyalMailClickAndDrop", Outcome: health.Absent, Sentence: "Royal Mail answered with 503. Try again later."})
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL()+"/api/couriers/v1/RoyalMailClickAndDrop/create-label", strings.NewReader(order("API-1")))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("api-user", "Web shop")
	request.Header.Set("api-token", token.Value)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Success bool
		Message string
	}
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	after, _ := strconv.Atoi(answer.Header.Get("Retry-After"))
	if answer.StatusCode != http.StatusServiceUnavailable || after < 1 || told.Success || !strings.HasPrefix(told.Message, "Royal Mail has not answered since ") {
		t.Errorf("create-label: %d, Retry-After %d, %+v", answer.StatusCode, after, told)
	}

	if err := a.Health.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	shown := run.Run(t, "", "courier", "health")
	if shown.Status != 0 || !strings.Contains(shown.Out, "not answering since ") || !strings.Contains(shown.Out, "Post") || strings.Contains(shown.Out, mailKey) {
		t.Errorf("courier health: %+v", shown)
	}
	var kept []health.Report
	run.JSON(t, &kept, "", "courier", "health")
	if len(kept) != 1 || kept[0].State != health.Away || kept[0].AuthID != registered.Auth.ID || kept[0].Account != "Web shop" || kept[0].KeptMs == 0 {
		t.Errorf("courier health --json: %+v", kept)
	}

	ctx := apptest.Manager(t.Context())
	accounts, err := a.Accounts.Briefs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ids []draft.ID
	want := []string{"WAITS-3", "WAITS-1", "WAITS-2"}
	for _, reference := range want {
		d, err := a.Drafts.Save(ctx, draft.Draft{AccountID: accounts[0].ID, Order: order(reference)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID)
	}
	if waits, err := a.Drafts.Wait(ctx, ids); err != nil || waits.Waiting != len(want) {
		t.Fatalf("%+v, %v", waits, err)
	}
	buy := func() {
		t.Helper()
		if err := a.Waiting.Go(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.Waiting.Wait()
	}
	buy()
	if met := mail.purchases(); met != 0 {
		t.Fatalf("%d purchases were sent to a courier that is away", met)
	}

	mail.set(false)
	if got := test(); got.Status != 0 {
		t.Fatalf("test of one that is back: %+v", got)
	}
	buy()
	buy()
	var list []struct{ ID, Reference, State string }
	run.JSON(t, &list, "", "shipment", "list")
	var sold []string
	for _, id := range mail.labels() {
		at := slices.IndexFunc(list, func(s struct{ ID, Reference, State string }) bool { return s.ID == id && s.State == "booked" })
		if at < 0 {
			t.Fatalf("nobody knows of %s: %+v", id, list)
		}
		sold = append(sold, list[at].Reference)
	}
	if met := mail.purchases(); !slices.Equal(sold, want) || len(list) != len(want) || met != len(want) {
		t.Errorf("sold %v, want %v; %d shipments, %d purchases sent", sold, want, len(list), met)
	}
}

package app_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

const oneBox = `{"courier":"OwnFleet","shipment":{"dc_service_id":"SMALL",
	"ship_from":{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"},
	"ship_to":{"name":"Goods In","address_1":"4 Sample Rise","city":"Norbury Vale","postcode":"QN4 2LT","country_iso":"GB"},
	"parcels":[{"weight":1,"weight_unit":"kg","dim_length":30,"dim_width":20,"dim_height":10,"dim_unit":"cm",
	"items":[{"description":"Mug","quantity":2,"value":"5.00","value_currency":"GBP"}]}]}}`

// Every restriction of a preset holds at every door, in the same words at the same field.
func TestPresetsHoldAtEveryDoor(t *testing.T) {
	d := newDoors(t)
	for name, x := range map[string]struct{ rules, says string }{
		"weight from":  {`{"weight_min_g":1001}`, "takes a weight from 1.001 kg; this shipment has 1 kg"},
		"weight up to": {`{"weight_max_g":999}`, "takes a weight up to 0.999 kg; this shipment has 1 kg"},
		"length":       {`{"length_max_mm":299}`, "a length up to 29.9 cm; parcel 1 has 30 cm"},
		"width":        {`{"width_min_mm":201}`, "a width from 20.1 cm; parcel 1 has 20 cm"},
		"height":       {`{"height_max_mm":99}`, "a height up to 9.9 cm; parcel 1 has 10 cm"},
		"any side":     {`{"longest_max_mm":299}`, "a longest side up to 29.9 cm; parcel 1 has 30 cm"},
		"value":        {`{"value_max":{"minor":999,"currency":"GBP"}}`, "worth up to 9.99 GBP; this shipment's are worth 10.00 GBP"},
		"currency":     {`{"value_max":{"minor":9999,"currency":"EUR"}}`, "are worth 10.00 GBP, in another currency"},
		"country":      {`{"countries":["IE","FR"]}`, "goes to IE, FR; this shipment goes to GB"},
		"postcode":     {`{"postcodes":["BT","QN5"]}`, "goes to the postcodes BT, QN5; this shipment goes to QN4 2LT"},
		"not there":    {`{"postcodes_except":["QN4"]}`, "does not go to the postcodes QN4; this shipment goes to QN4 2LT"},
	} {
		t.Run(name, func(t *testing.T) {
			create := []string{"preset", "create", "--account", "Demo", "--courier", "OwnFleet", "--service", "OF-NEXTDAY", "--name", "Small", "--code", "SMALL", "--rules", "-"}
			d.terminal.JSON(t, &struct{}{}, x.rules, create...)
			defer d.terminal.JSON(t, &struct{}{}, "", "preset", "delete", "--account", "Demo", "--code", "SMALL")
			window := errorOf(d.shipments.Create(d.account, oneBox))
			d.alike(t, "shipment.dc_service_id", window,
				d.refusedByAPI(t, createLabel, oneBox),
				d.refusedByTerminal(t, oneBox, "shipment", "create", "--account", "Demo", "--file", "-"))
			d.alike(t, "", window, errorOf(struct{}{}, d.shipments.Check(d.account, oneBox)), window)
			if status, _, err := d.api.post(createLabel, oneBox); err != nil || status != http.StatusUnprocessableEntity {
				t.Errorf("the API answers %d, %v", status, err)
			}
			if said := window.Fields["shipment.dc_service_id"]; !strings.Contains(said, x.says) || !strings.HasPrefix(said, "The preset SMALL ") {
				t.Errorf("it says: %s", said)
			}
		})
	}
}

// What can't be delivered is refused before it is bought: the forms of postcodes, e-mail addresses and HS codes.
func TestFormsHoldAtEveryDoor(t *testing.T) {
	d := newDoors(t)
	for path, x := range map[string][2]string{
		"shipment.ship_to.postcode":          {`"QN4 2LT"`, `"75008"`},
		"shipment.ship_from.postcode":        {`"QX1 0AA"`, `"QX1"`},
		"shipment.ship_to.email":             {`"country_iso":"GB"},` + "\n\t" + `"parcels"`, `"country_iso":"GB","email":"goods in"},"parcels"`},
		"shipment.parcels.0.items.0.hs_code": {`"quantity":2`, `"quantity":2,"hs_code":"61.09"`},
	} {
		t.Run(path, func(t *testing.T) {
			body := strings.Replace(strings.Replace(oneBox, "SMALL", "OF-NEXTDAY", 1), x[0], x[1], 1)
			d.alike(t, path,
				errorOf(d.shipments.Create(d.account, body)),
				d.refusedByAPI(t, createLabel, body),
				d.refusedByTerminal(t, body, "shipment", "create", "--account", "Demo", "--file", "-"))
		})
	}
}

type presetShown struct {
	Code      string      `json:"dc_service_id"`
	APIUserID *int64      `json:"api_user_id"`
	WeightMax json.Number `json:"rule_weight_max"`
	ValueMax  json.Number `json:"rule_value_max"`
	LengthMax json.Number `json:"rule_length_max"`
	HeightMax json.Number `json:"rule_height_max"`
	Countries []string    `json:"rule_supported_countries"`
	Postcodes []string    `json:"rule_postcodes_except"`
}

// A preset that is shared from the terminal is listed to the other account and buys its labels, until it is taken back.
func TestASharedPresetWorksThroughTheAPI(t *testing.T) {
	d := newDoors(t)
	run := func(stdin string, args ...string) { t.Helper(); d.terminal.JSON(t, &struct{}{}, stdin, args...) }
	var friend struct{ Account account.Account }
	d.terminal.JSON(t, &friend, "", "account", "create", "--group", "Demo", "--name", "Friend")
	run("{}", "auth", "add", "--account", "Friend", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	var token struct{ Value string }
	d.terminal.JSON(t, &token, "", "token", "create", "--account", "Friend", "--name", "Orders")
	run(`{"weight_max_g":1500,"longest_max_mm":305,"height_max_mm":200,"value_max":{"minor":1250,"currency":"GBP"},"countries":["GB"],"postcodes_except":["bt"]}`,
		"preset", "create", "--account", "Demo", "--courier", "OwnFleet", "--service", "OF-NEXTDAY", "--name", "Small", "--code", "SMALL", "--rules", "-")
	c := &client{url: d.api.url, user: "Friend", token: token.Value}
	lists := func() (user, my []presetShown) {
		t.Helper()
		var all struct {
			User []presetShown `json:"user_presets"`
		}
		var mine struct{ Presets []presetShown }
		c.get(t, "/api/couriers/v1/OwnFleet/presets", &all)
		c.get(t, "/api/couriers/v1/OwnFleet/my-presets", &mine)
		return all.User, mine.Presets
	}
	if user, my := lists(); len(user)+len(my) != 0 {
		t.Errorf("not shared, and listed: %+v %+v", user, my)
	}
	status, text, err := c.post(createLabel, oneBox)
	if err != nil || status != http.StatusUnprocessableEntity || !strings.Contains(string(text), "has no preset") {
		t.Errorf("not shared, and used: %d %s %v", status, text, err)
	}
	run("", "preset", "share", "--account", "Demo", "--code", "SMALL", "--with", "Friend")
	user, my := lists()
	if len(user) != 1 || len(my) != 1 || user[0].Code != "SMALL" || my[0].Code != "SMALL" {
		t.Fatalf("shared, and listed as %+v %+v", user, my)
	}
	p := user[0]
	if p.APIUserID == nil || *p.APIUserID == friend.Account.APIUserID || p.WeightMax != "1.5" || p.ValueMax != "12.50" || p.LengthMax != "30.5" ||
		p.HeightMax != "20" || len(p.Countries) != 1 || len(p.Postcodes) != 1 || p.Postcodes[0] != "BT" {
		t.Errorf("listed %+v", p)
	}
	if status, text, err = c.post(createLabel, oneBox); err != nil || status != http.StatusOK || !strings.Contains(string(text), `"dc_service_id":"SMALL"`) {
		t.Fatalf("shared, and refused: %d %s %v", status, text, err)
	}
	heavy := strings.Replace(oneBox, `"weight":1,`, `"weight":2,`, 1)
	if status, text, err = c.post(createLabel, heavy); err != nil || status != http.StatusUnprocessableEntity || !strings.Contains(string(text), "up to 1.5 kg") {
		t.Errorf("its restriction does not hold for others: %d %s %v", status, text, err)
	}
	var trial shipment.Trial
	var bought []shipment.Row
	d.terminal.JSON(t, &bought, "", "shipment", "list", "--account", "Friend")
	d.terminal.JSON(t, &trial, "", "preset", "try", "--account", "Demo", "--code", "SMALL", "--shipment", strconv.FormatInt(bought[0].Number, 10))
	if !trial.Fits || len(trial.Findings) != 6 {
		t.Errorf("tried: %+v", trial)
	}
	run("", "preset", "unshare", "--account", "Demo", "--code", "SMALL", "--with", "Friend")
	if user, my := lists(); len(user)+len(my) != 0 {
		t.Errorf("taken back, and listed: %+v %+v", user, my)
	}
}

// get reads a route's answer into target.
func (c *client) get(t *testing.T, route string, target any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+route, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("api-user", c.user)
	r.Header.Set("api-token", c.token)
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(target); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", route, answer.StatusCode, err)
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"

	"github.com/gorilla/websocket"
)

// inspector speaks WebKit's remote inspector protocol to the page of the real window: the release program is not changed
// for it, only its environment names the address.
type inspector struct {
	conn   *websocket.Conn
	target string
	next   int
}

var socketPath = regexp.MustCompile(`/socket/\d+/\d+/WebPage`)

// connect waits until the window's page can be inspected, or the deadline.
func connect(address string, deadline time.Time) (*inspector, error) {
	var last error
	for time.Now().Before(deadline) {
		i, err := try(address, deadline)
		if err == nil {
			return i, nil
		}
		last = err
		time.Sleep(50 * time.Millisecond)
	}
	return nil, fmt.Errorf("the window's page did not appear: %w", last)
}

func try(address string, deadline time.Time) (*inspector, error) {
	client := http.Client{Timeout: 2 * time.Second}
	answer, err := client.Get("http://" + address + "/")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	path := socketPath.Find(body)
	if path == nil {
		return nil, fmt.Errorf("no page is listed yet")
	}
	conn, hello, err := websocket.DefaultDialer.Dial("ws://"+address+string(path), nil)
	if err != nil {
		return nil, err
	}
	defer hello.Body.Close()
	if err := conn.SetReadDeadline(deadline); err != nil {
		return nil, err
	}
	i := &inspector{conn: conn}
	for i.target == "" {
		var event struct {
			Method string `json:"method"`
			Params struct {
				TargetInfo struct {
					TargetID string `json:"targetId"`
				} `json:"targetInfo"`
			} `json:"params"`
		}
		if err := conn.ReadJSON(&event); err != nil {
			conn.Close()
			return nil, err
		}
		if event.Method == "Target.targetCreated" {
			i.target = event.Params.TargetInfo.TargetID
		}
	}
	return i, nil
}

// evaluate runs an expression in the page and gives its value as text.
func (i *inspector) evaluate(expression string) (string, error) {
	i.next++
	id := i.next
	inner, err := json.Marshal(map[string]any{
		"id": id, "method": "Runtime.evaluate",
		"params": map[string]any{"expression": "String(" + expression + ")", "returnByValue": true},
	})
	if err != nil {
		return "", err
	}
	outer := map[string]any{
		"id": id, "method": "Target.sendMessageToTarget",
		"params": map[string]any{"targetId": i.target, "message": string(inner)},
	}
	if err := i.conn.WriteJSON(outer); err != nil {
		return "", err
	}
	for {
		var event struct {
			Method string `json:"method"`
			Params struct {
				Message string `json:"message"`
			} `json:"params"`
		}
		if err := i.conn.ReadJSON(&event); err != nil {
			return "", err
		}
		if event.Method != "Target.dispatchMessageFromTarget" {
			continue
		}
		var result struct {
			ID     int `json:"id"`
			Result struct {
				Result struct {
					Value       string `json:"value"`
					Description string `json:"description"`
				} `json:"result"`
				WasThrown bool `json:"wasThrown"`
			} `json:"result"`
		}
		if err := json.Unmarshal([]byte(event.Params.Message), &result); err != nil || result.ID != id {
			continue
		}
		if result.Result.WasThrown {
			return "", fmt.Errorf("%s: %s", expression, result.Result.Result.Description)
		}
		return result.Result.Result.Value, nil
	}
}

// waitFor evaluates until the answer is wanted, or the deadline.
func (i *inspector) waitFor(expression, wanted string, deadline time.Time) error {
	var got string
	for time.Now().Before(deadline) {
		var err error
		if got, err = i.evaluate(expression); err == nil && got == wanted {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("%s stayed %q; wanted %q", expression, got, wanted)
}

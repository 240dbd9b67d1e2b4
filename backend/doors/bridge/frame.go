//go:build bridge

package bridge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
)

// Frame stands in for the window's frame: the test answers dialogs in advance and asks later what was opened.
type Frame struct {
	mu        sync.Mutex
	answers   []string // of file dialogs, first first; none left is a dialog that was closed
	links     []string // what was opened outside
	listeners map[chan event]struct{}
}

type event struct {
	Topic string `json:"topic"`
	ID    string `json:"id"`
}

// backlog is how many events a slow page may be behind before the newest are dropped.
const backlog = 64

func newFrame() *Frame { return &Frame{listeners: map[chan event]struct{}{}} }

// Emit tells every page of a change.
func (f *Frame) Emit(topic, id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for l := range f.listeners {
		select {
		case l <- event{topic, id}:
		default:
		}
	}
}

// Answer gives the next answer of a file dialog, "" for one that was closed.
func (f *Frame) Answer() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.answers) == 0 {
		return ""
	}
	first := f.answers[0]
	f.answers = f.answers[1:]
	return first
}

// OpenURL notes what would have been opened.
func (f *Frame) OpenURL(url string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.links = append(f.links, url)
}

// Focus has no window to bring to the front.
func (f *Frame) Focus() {}

// answer queues the answers of coming file dialogs: {"paths":["/tmp/label.pdf"]}.
func (b *Bridge) answer(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Paths []string `json:"paths"`
	}
	if !read(w, r, &in) {
		return
	}
	b.mu.Lock()
	b.answers = append(b.answers, in.Paths...)
	b.mu.Unlock()
	reply(w, true)
}

// open is the page's own wish to open an address outside.
func (b *Bridge) open(w http.ResponseWriter, r *http.Request) {
	var in struct {
		URL string `json:"url"`
	}
	if !read(w, r, &in) {
		return
	}
	b.OpenURL(in.URL)
	reply(w, true)
}

// opened gives what was opened outside so far, oldest first.
func (b *Bridge) opened(w http.ResponseWriter, _ *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	reply(w, append([]string{}, b.links...))
}

// events streams changes to a page.
func (b *Bridge) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streaming here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	mine := make(chan event, backlog)
	b.mu.Lock()
	b.listeners[mine] = struct{}{}
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.listeners, mine)
		b.mu.Unlock()
	}()
	_, _ = fmt.Fprint(w, ": hello\n\n")
	flusher.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case e := <-mine:
			data, err := json.Marshal(e)
			if err != nil {
				continue
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
				return
			}
			flusher.Flush()
		}
	}
}

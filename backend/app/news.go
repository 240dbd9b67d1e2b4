package app

import (
	"sync"
	"time"
)

// newsPause is how long changes of a topic are gathered: a busy API must not flood the screens.
const newsPause = 100 * time.Millisecond

// news tells the screens of topics that changed, each once a pause.
type news struct {
	emit func(topic string)

	mu      sync.Mutex
	waiting map[string]bool
}

func (n *news) tell(topic string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.waiting[topic] {
		return
	}
	if n.waiting == nil {
		n.waiting = map[string]bool{}
	}
	n.waiting[topic] = true
	time.AfterFunc(newsPause, func() {
		n.mu.Lock()
		delete(n.waiting, topic)
		n.mu.Unlock()
		n.emit(topic)
	})
}

package couriertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"testing"
)

// exchange is a request the adapter sent and what the mock answered.
type exchange struct {
	request *http.Request
	body    []byte
	status  int
	kind    string
	answer  []byte
}

// exchangesKept bounds how many exchanges are held to the contract: those of the cases, not of the whole campaign.
const exchangesKept = 2000

func (st *stand) note(r *http.Request, body []byte, answer *httptest.ResponseRecorder) {
	if len(st.seen) >= exchangesKept {
		return
	}
	key := fmt.Sprintf("%s %s %d %s", r.Method, r.URL, answer.Code, body)
	st.seen[key] = exchange{r, body, answer.Code, answer.Header().Get("Content-Type"), answer.Body.Bytes()}
}

// checkContract holds what went over the wire to the courier's own contract.
func (st *stand) checkContract(t *testing.T, s Suite) {
	c := LoadContract(t, s.Contracts...)
	st.serving.Lock()
	defer st.serving.Unlock()
	breaches, met := map[string]int{}, map[string]bool{}
	for _, e := range st.seen {
		wrong := c.Request(e.request, e.body)
		if len(wrong) == 0 {
			wrong = c.Answer(e.request, e.status, e.kind, e.answer)
		}
	next:
		for _, sentence := range wrong {
			for part := range s.Breaks {
				if strings.Contains(sentence, part) {
					met[part] = true
					continue next
				}
			}
			breaches[sentence]++
		}
	}
	var list []string
	for sentence, times := range breaches {
		list = append(list, fmt.Sprintf("%s (%d times)", sentence, times))
	}
	sort.Strings(list)
	for _, sentence := range list[:min(len(list), 20)] {
		t.Error(sentence)
	}
	for part, why := range s.Breaks {
		if !met[part] {
			t.Errorf("Suite.Breaks tells of %q (%s), which never happens", part, why)
		}
	}
	t.Logf("%d exchanges were held to %s", len(st.seen), strings.Join(s.Contracts, ", "))
}

package main

import (
	"fmt"
	"time"
)

// rounds is how often the empty folder and the full one take turns.
const rounds = 3

// among measures what many shipments cost where they should cost nothing: buying, and the start of serve, against a folder
// that holds none. kept is as in lists; it keeps what is bought here.
func among(binary, kept string, shipments, clients int, counted time.Duration) error {
	empty, err := newFolder(binary)
	if err != nil {
		return err
	}
	defer empty.remove()
	if err := empty.account(); err != nil {
		return err
	}
	full, err := listed(binary, kept, shipments)
	if err != nil {
		return err
	}
	if kept == "" {
		defer full.remove()
	} else if err := full.newToken(); err != nil {
		return err
	}
	folders := [2]*folder{empty, full}
	ready := [2]time.Duration{time.Hour, time.Hour}
	var perSecond [2]float64
	for range rounds {
		for i, f := range folders {
			s, err := f.serve()
			if err != nil {
				return err
			}
			ready[i] = min(ready[i], s.ready)
			got, err := load{address: s.address, user: accountName, token: f.token, format: "zpl", clients: clients, warm: 2 * time.Second, counted: counted}.run()
			s.stop()
			if err != nil {
				return err
			}
			perSecond[i] += got.perSecond / rounds
		}
	}
	name := fmt.Sprintf("among %d shipments, against none", shipments)
	start, limit := milliseconds(ready[1]), milliseconds(ready[0])
	return print(
		figure{Name: "create-label zpl " + name, Value: perSecond[1], Unit: "/s", Floor: perSecond[0], Ratio: perSecond[1] / perSecond[0], Goal: 0.9},
		figure{Name: "serve ready " + name, Value: start, Unit: "ms", Limit: limit, Ratio: start / limit, Goal: 1.1},
	)
}

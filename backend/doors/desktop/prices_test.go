package desktop

import (
	"context"
	"testing"
)

func TestANewQuestionEndsTheOneBefore(t *testing.T) {
	p := &Prices{door: New("tester", "test")}
	first, stopFirst := context.WithCancel(t.Context())
	second, stopSecond := context.WithCancel(t.Context())
	p.follow(stopFirst)
	p.follow(stopSecond)
	if first.Err() == nil || second.Err() != nil {
		t.Fatalf("first ended: %v, second: %v", first.Err(), second.Err())
	}
	if err := p.Stop(); err != nil || second.Err() == nil {
		t.Fatalf("%v, second ended: %v", err, second.Err())
	}
	if err := p.Stop(); err != nil {
		t.Fatal(err)
	}
}

package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The tags make build gives on Linux.
const releaseTags = "desktop,production,webkit2_41,sqlite_fts5,lazygtk"

// The bridge opens the window's methods to a browser: it must be in no program that is shipped. The test would say
// nothing if the bridge could not be found at all, so it looks for it under its own tag as well.
func TestTheReleaseHoldsNoBridge(t *testing.T) {
	const bridge = "packbench/backend/doors/bridge"
	if !slices.Contains(dependencies(t, "sqlite_fts5,bridge", bridge+"/cmd"), bridge) {
		t.Fatal("the bridge is not where this test looks for it")
	}
	for _, dep := range dependencies(t, releaseTags, ".") {
		if strings.HasPrefix(dep, bridge) {
			t.Errorf("the release depends on %s", dep)
		}
	}
}

func dependencies(t *testing.T, tags, pkg string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", tags, pkg).CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	return strings.Fields(string(out))
}

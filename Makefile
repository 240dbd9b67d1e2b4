# Packbench: every verb a developer needs. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# One set of flags everywhere, or SQLite is compiled once for each set.
TAGS := sqlite_fts5
WINDOW_TAGS := desktop,production,webkit2_41,sqlite_fts5
export GOFLAGS := -trimpath -tags=$(TAGS)

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
BINARY := build/bin/packbench
TOOLS := out/tools
LINT := $(TOOLS)/golangci-lint
MODULES := frontend/node_modules/.package-lock.json
UI := frontend/dist/index.html
UI_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) $(wildcard frontend/*.json frontend/*.html frontend/*.ts frontend/*.js)
ZPL_VIEWER := backend/infra/label/testdata/zplview

# Importing the keyring library must not start a message bus where there is none.
TEST_ENV := DBUS_SESSION_BUS_ADDRESS=disabled:

.PHONY: help
help: ## list the verbs
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: setup build ## install what is missing, build, and open the window
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then exec $(BINARY); \
	else echo "There is no display here, so the window can't open. Running the demo instead: packbench demo"; exec $(BINARY) demo; fi

.PHONY: setup setup-test
setup: ## install what building and running needs
	@build/setup.sh run
setup-test: ## install what the tests need as well
	@build/setup.sh test

.PHONY: test check
test: setup-test lint test-go test-ui build e2e smoke ## install what the tests need and run them all
check: ## what continuous integration runs
	@.ci/run

.PHONY: test-go
test-go: $(UI) zpl-viewer ## Go tests, with the race detector
	$(TEST_ENV) go test -race -timeout 40m ./...

.PHONY: conformance campaign
conformance: ## write what couriers were tried in again: testdata/conformance.json and docs/couriers
	PACKBENCH_WRITE=1 $(TEST_ENV) go test -run TestConformance ./backend/couriers/...
	PACKBENCH_WRITE=1 $(TEST_ENV) go test -run TestMatrix ./backend/couriers/couriertest
PURCHASES ?= 12000
campaign: ## buy PURCHASES times with each courier's stand-in, under faults
	PACKBENCH_PURCHASES=$(PURCHASES) $(TEST_ENV) go test -timeout 3h -run TestConformance ./backend/couriers/...

.PHONY: test-ui
test-ui: $(MODULES) ## types and unit tests of the screens
	cd frontend && npm run --silent check && npm run --silent test

.PHONY: e2e
e2e: $(UI) $(MODULES) out/packbench-bridge ## the screens in Chromium on the real backend
	cd frontend && npm run --silent e2e

out/packbench-bridge: FORCE
	@mkdir -p out
	$(TEST_ENV) go build -tags=$(TAGS),bridge -o $@ ./backend/doors/bridge/cmd

.PHONY: smoke
smoke: $(BINARY) ## the real window under a virtual screen, with a screenshot in out/
	@build/smoke/run $(BINARY) out/window.png

.PHONY: build
build: $(BINARY) ## the program, window and terminal in one, at build/bin/packbench
$(BINARY): $(UI) FORCE
	go build -tags=$(WINDOW_TAGS),lazygtk -ldflags '$(LDFLAGS) -extld=$(CURDIR)/build/link' -o $@ .

$(MODULES): frontend/package-lock.json
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(UI): $(MODULES) $(UI_SOURCES)
	cd frontend && npm run --silent build

.PHONY: zpl-viewer
zpl-viewer: $(ZPL_VIEWER)/node_modules/.package-lock.json
$(ZPL_VIEWER)/node_modules/.package-lock.json: $(ZPL_VIEWER)/package-lock.json
	cd $(ZPL_VIEWER) && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.PHONY: generate
generate: ## write frontend/wailsjs again from the bound structs
	@mkdir -p out
	$(TEST_ENV) go build -tags=bindings,$(TAGS) -o out/bindings .
	$(TEST_ENV) out/bindings -tsoutputtype interfaces

.PHONY: generated
generated: generate ## fail where the generated files are stale
	@git diff --exit-code --stat -- frontend/wailsjs || { echo "frontend/wailsjs is stale: commit what make generate wrote." >&2; exit 1; }

.PHONY: lint
lint: $(LINT) $(MODULES) $(UI) generated ## formatting, layers and mistakes, in Go and in the screens
	$(LINT) run ./...
	cd frontend && npm run --silent lint

$(LINT): build/tools/go.mod build/tools/go.sum
	@mkdir -p $(TOOLS)
	@echo "building golangci-lint; this is slow the first time"
	cd build/tools && GOFLAGS=-trimpath go build -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

.PHONY: bench
bench: $(UI) $(BINARY) $(MODULES) out/packbench-bridge ## speed, one JSON line each
	@$(TEST_ENV) go run ./backend/app/bench -binary $(BINARY)
	@cd frontend && node tests/bench/run.mjs

.PHONY: fuzz
FUZZTIME ?= 15s
fuzz: ## every fuzz target for FUZZTIME each
	@for pkg in $$(grep -rlE '^func Fuzz' --include='*_test.go' backend | xargs -n1 dirname | sort -u); do \
	  for target in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$pkg/*_test.go | sed 's/func //'); do \
	    echo "$$pkg $$target"; $(TEST_ENV) go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) ./$$pkg; done; done

.PHONY: clean
clean: ## remove what was built
	rm -rf build/bin out frontend/dist/assets frontend/dist/index.html

FORCE:

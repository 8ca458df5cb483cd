# Everything a contributor or CI runs. `make help` lists the targets.
#
# The tools are pinned in .tools, in modules of their own, so that go.mod
# holds what the product needs and nothing else. Building the linter takes about
# two minutes on two cores, once per version; after that Go's build cache has it.

ifeq ($(filter output-sync,$(.FEATURES)),)
$(error GNU make 4 or newer is needed; older ones ignore .SHELLFLAGS, and with it failures)
endif

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := all
MAKEFLAGS     += --no-print-directory

TOOL        := go tool -modfile=.tools/go.mod
ACTIONLINT  := go tool -modfile=.tools/actionlint.mod actionlint
PKGS        ?= ./...
TESTFLAGS   ?=
FUZZTIME    ?= 10s
SOAKTIME    ?= 60s
LONGCALLS   ?= 200000
BENCH       ?= .
BENCHCOUNT  ?= 1
BENCHOUT    ?= bench.txt

# The race detector needs a C compiler. Where there is none, the tests run
# without it rather than not at all.
RACE = $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)

# The modules below this one: examples and adapters that bring dependencies of
# their own. `./...` does not reach them. interop is left out: building the official
# SDKs for the first time takes minutes, so that make long runs it and CI does not.
MODULES = $(shell git ls-files --cached --others --exclude-standard -- '*/go.mod' | grep -v -e '^\.tools/' -e '^interop/' -e 'testdata/' | xargs -r -n1 dirname)

PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-zA-Z0-9_-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' Makefile

.PHONY: all
all: generate test lint ## Generate, test and lint: what to run before a commit

.PHONY: build
build: ## Compile every package
	go build $(PKGS)

.PHONY: generate
generate: ## Rewrite all generated code (go generate, here and in nested modules)
	go generate ./...
	@for m in $(MODULES); do echo "go generate ./... ($$m)"; (cd "$$m" && go generate ./...); done

.PHONY: checkgenerate
checkgenerate: ## Fail if generated code is stale
	@.ci/nodrift 'make generate' '*.l0.go' 'schemas'

.PHONY: golden
golden: ## Rewrite the golden files of every package whose tests know -update
	@pkgs=$$(.ci/find-tests golden); \
	if [ -z "$$pkgs" ]; then echo 'golden: no package has golden files yet'; exit 0; fi; \
	set -x; go test $$pkgs -update

.PHONY: checkgolden
checkgolden: ## Fail if golden files are stale
	@.ci/nodrift 'make golden' 'testdata' '**/testdata/**' 'schemas'

.PHONY: test
test: ## Run all tests, with the race detector and in random order
	go test $(RACE) -shuffle=on -timeout=10m $(TESTFLAGS) $(PKGS)

.PHONY: examples
examples: ## Vet and test the examples and every other nested module
	@if [ -n "$$(go list ./examples/... 2>/dev/null)" ]; then \
		set -x; go vet ./examples/...; go test $(TESTFLAGS) ./examples/...; \
	else echo 'examples: none in this module yet'; fi
	@for m in $(MODULES); do echo "== $$m"; (cd "$$m" && go vet ./... && go test $(TESTFLAGS) ./...); done

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME each (default 10s)
	@FUZZTIME=$(FUZZTIME) .ci/fuzz

.PHONY: soak
soak: ## Make calls at random against a faulty server for SOAKTIME (60s); SOAKSEED=n makes one call again
	SOAKTIME=$(SOAKTIME) go test $(RACE) -count=1 -v -timeout=0 ./runtime/internal/soak

.PHONY: interop
interop: ## Have the official SDKs talk to the simulated server (their first build takes minutes)
	cd interop && go vet ./... && go test -count=1 ./...

.PHONY: long
long: interop ## What takes too long for CI: make interop, and LONGCALLS (200000) calls of the soak test
	SOAKCALLS=$(LONGCALLS) go test -count=1 -v -timeout=0 ./runtime/internal/soak

.PHONY: bench
bench: ## Run the benchmarks that match BENCH, BENCHCOUNT times, into BENCHOUT
	go test -run='^$$' -bench='$(BENCH)' -benchmem -count=$(BENCHCOUNT) $(PKGS) | tee $(BENCHOUT)

.PHONY: benchcmp
benchcmp: ## Compare two results of bench: make benchcmp OLD=a.txt NEW=b.txt
	@$(TOOL) benchstat $(OLD) $(NEW)

.PHONY: lint
lint: ## Run golangci-lint, staticcheck (which sees generated code too) and actionlint
	$(TOOL) golangci-lint run $(PKGS)
	$(TOOL) staticcheck $(PKGS) ./testdata/cases/...
	$(ACTIONLINT)

.PHONY: checkarrows
checkarrows: ## Fail if the linter would let a package import what it must not
	@.ci/checkarrows

.PHONY: fmt
fmt: ## Format the Go code: gofumpt, and imports in groups
	$(TOOL) gofumpt -w .
	$(TOOL) golangci-lint fmt

.PHONY: checkfmt
checkfmt: ## Fail if Go code is not formatted by gofumpt
	@out=$$($(TOOL) gofumpt -l .); \
	if [ -n "$$out" ]; then printf 'not formatted, run make fmt:\n%s\n' "$$out"; exit 1; fi

.PHONY: vet
vet: ## Run go vet
	go vet $(PKGS)

.PHONY: deadcode
deadcode: ## Show functions that no program and no test reaches (information, not a gate)
	@$(TOOL) deadcode -test $(PKGS)

.PHONY: cross
cross: ## Compile for linux, darwin and windows on amd64 and arm64, without cgo
	@for p in $(PLATFORMS); do \
		echo "build $$p"; \
		CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build $(PKGS); \
	done

.PHONY: cover
cover: ## Measure test coverage over all packages into coverage.out
	go test -coverpkg=./... -coverprofile=coverage.out $(PKGS)
	@go tool cover -func=coverage.out | tail -n 1

.PHONY: tools
tools: ## Build the pinned tools, so that the first lint need not
	@$(TOOL) gofumpt -version
	@$(TOOL) golangci-lint version
	@$(TOOL) staticcheck -version
	@$(ACTIONLINT) -version

.PHONY: ci
ci: ## Run what CI runs
	@.ci/run

.PHONY: clean
clean: ## Remove what make wrote beside the sources
	rm -rf bin dist coverage.out coverage.html bench*.txt

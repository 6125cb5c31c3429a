# Every command a person runs. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Where rustup puts cargo, also in a shell that was opened before.
export PATH := $(HOME)/.cargo/bin:$(PATH)

PORT ?= 3000
BIND ?= 127.0.0.1
DATA_DIR ?= ./data

# One set of packages and features for tests and lints, so that both share what is compiled.
ALL := --workspace --features todo-gateway/precompress
PAGE_SOURCES := $(shell find web/index.html web/src web/styles web/assets web/Cargo.toml web/Trunk.toml \
	web/scripts/page.sh api/contract/src api/contract/Cargo.toml agent/language/src agent/language/Cargo.toml \
	Cargo.toml Cargo.lock rust-toolchain.toml -type f 2>/dev/null)
SCRIPTS := .ci/run $(wildcard web/scripts/*.sh chart/scripts/*.sh) web/e2e/bench.sh web/e2e/llama.sh web/e2e/schemathesis.sh

.PHONY: help
help: ## list these targets
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do \
		printf '  make %-15s %s\n' "$$name" "$$text"; done

.PHONY: run
run: build ## run the app in the foreground: make run PORT=3000 BIND=127.0.0.1 DATA_DIR=./data
	@PORT='$(PORT)' BIND='$(BIND)' DATA_DIR='$(DATA_DIR)' exec web/scripts/run.sh

.PHONY: dev
dev: tools ## run it for developing: page and services reload when their sources change
	@PORT='$(PORT)' DATA_DIR='$(DATA_DIR)' exec web/scripts/dev.sh

.PHONY: build
build: servers web/dist/index.html ## build target/release/todo-{api,agent,gateway} and web/dist

# Before the first cargo of every target: rustup may have no toolchain, and may not install one by itself.
.PHONY: toolchain
toolchain:
	@web/scripts/toolchain.sh

# Usage: $(call cargo_servers,PROFILE)
cargo_servers = web/scripts/progress.sh 'building the services' cargo build --profile $(1) --locked \
	--package todo-api --package todo-agent --package todo-gateway --features todo-gateway/precompress

.PHONY: servers
servers: toolchain
	@$(call cargo_servers,release)

# What the benchmarks measure: built as the images are.
.PHONY: dist
dist: servers web/dist/index.html
	@$(call cargo_servers,dist)

web/dist/index.html: $(PAGE_SOURCES) | servers
	@web/scripts/tools.sh
	@web/scripts/page.sh

.PHONY: test
test: build ## run all tests; those in a browser need Chromium or Chrome and its driver (CI=true: required)
	cargo test --locked $(ALL)

SECONDS ?= 60
.PHONY: fuzz
fuzz: toolchain ## feed random rules, searches, documents, sayings and streams, each for a while: make fuzz SECONDS=300
	FUZZ_SECONDS=$(SECONDS) cargo test --locked -p todo-api --lib fuzz:: -- --nocapture --test-threads 2
	FUZZ_SECONDS=$(SECONDS) cargo test --locked -p todo-language --test fuzz -- --nocapture
	FUZZ_SECONDS=$(SECONDS) cargo test --locked -p todo-agent --lib openai::sse -- --nocapture

.PHONY: test-bare
test-bare: ## try make run and make test on a Debian with rustup, a C compiler and make alone (as root)
	@web/scripts/bare-machine.sh

.PHONY: lint
lint: toolchain check-contract ## check formatting, lints, licences, unused dependencies, docs and scripts
	cargo fmt --all --check
	cargo clippy --locked $(ALL) --all-targets -- -D warnings
	cargo clippy --locked --package todo-web --target wasm32-unknown-unknown -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked $(ALL) --no-deps
	cargo deny --locked check --hide-inclusion-graph bans licenses sources
	@if cargo deny --locked fetch db; then cargo deny --locked check --disable-fetch advisories; \
		else echo 'lint: the RustSec database cannot be reached: advisories are NOT checked'; fi
	cargo shear
	shellcheck --external-sources $(SCRIPTS)

.PHONY: check-contract
check-contract: toolchain ## check that the shared types build for wasm32 and pull in no server crates
	cargo check --locked --package todo-contract --target wasm32-unknown-unknown
	@tree=$$(cargo tree --locked --package todo-contract --all-features --edges normal,build --prefix none); \
	if grep -E '^(diesel|actix)' <<<"$$tree"; then \
		echo 'check-contract: todo-contract must not depend on these' >&2; exit 1; fi

.PHONY: bench
bench: dist ## measure requests per second and latency through the gateway (needs wrk)
	@BIN_DIR=target/dist web/e2e/bench.sh

.PHONY: bench-chat
bench-chat: dist ## measure a chat turn's overhead, and the memory of 200 streaming turns at once
	TODO_BIN_DIR=$(CURDIR)/target/dist cargo bench --locked --package todo-e2e --profile load --bench chat

.PHONY: schemathesis
schemathesis: build ## hold answers to made-up requests against the OpenAPI document: make schemathesis CASES=10000
	@web/e2e/schemathesis.sh

.PHONY: test-llama
test-llama: build ## have llama.cpp's server and a small model answer through the whole product (built on first use)
	@web/e2e/llama.sh

.PHONY: evals
evals: toolchain ## say sayings to the model that OPENAI_* names and count what it does right: make evals ARGS='--model a --model b'
	@cargo run --quiet --locked --package todo-evals -- $(ARGS)

.PHONY: images
images: ## build the three images: make images PLATFORMS=linux/amd64,linux/arm64 REGISTRY=… TAG=…
	@web/scripts/images.sh

.PHONY: images-report
images-report: ## print size, digest, time to readiness and idle memory of the images, and check their bounds
	@web/scripts/images-report.sh

.PHONY: images-sbom
images-sbom: ## write what each image is made of to target/sbom (CycloneDX)
	@web/scripts/images-sbom.sh

.PHONY: images-scan
images-scan: ## look for known vulnerabilities in the images, with trivy or cargo-deny
	@web/scripts/images-scan.sh

.PHONY: images-reproducible
images-reproducible: ## compile the programs of the images again and check that they are the same, byte by byte
	@web/scripts/images-reproducible.sh

.PHONY: compose-up
compose-up: ## run the images on this machine and wait until all is well: make compose-up PROFILES=backup,ollama
	@web/scripts/compose.sh up

.PHONY: compose-down
compose-down: ## end what compose-up started; the data stays
	@web/scripts/compose.sh down

.PHONY: compose-logs
compose-logs: ## follow the logs of the containers
	@web/scripts/compose.sh logs

.PHONY: compose-backup
compose-backup: ## write a copy of the containers' database to ./backups
	@web/scripts/compose.sh backup

.PHONY: compose-restore
compose-restore: ## put a backup in the place of the containers' database: make compose-restore FILE=backups/…
	@web/scripts/compose.sh restore '$(FILE)'

.PHONY: test-containers
test-containers: ## build the images and test them, run by compose-up beside whatever else runs
	@web/scripts/test-containers.sh

.PHONY: lint-containers
lint-containers: ## check Dockerfiles, compose.yaml and workflows
	@web/scripts/lint-containers.sh

.PHONY: minikube
minikube: ## run the app in minikube: starts it, builds, loads, installs or upgrades (DRY_RUN=1 only says how)
	@chart/scripts/minikube.sh

.PHONY: oke-deploy
oke-deploy: ## deploy to the OKE cluster of kubectl's context: make oke-deploy REGISTRY=docker.io/you (DRY_RUN=1)
	@REGISTRY='$(REGISTRY)' chart/scripts/oke-deploy.sh

.PHONY: oke-destroy
oke-destroy: ## remove it from there; the data stays unless DELETE_DATA=1 (DRY_RUN=1)
	@chart/scripts/oke-destroy.sh

.PHONY: chart-test
chart-test: ## check the chart without a cluster: lint, schemas, policies, snapshots, scripts
	@chart/scripts/test.sh

.PHONY: chart-golden
chart-golden: ## take new snapshots of the chart, and write its README anew
	@CHART_GOLDEN=update chart/scripts/test.sh -k 'golden or package'

.PHONY: chart-e2e
chart-e2e: ## try the chart on a real cluster, in a namespace of its own: KUBECONFIG=… make chart-e2e
	@chart/scripts/e2e.sh

.PHONY: fmt
fmt: toolchain ## format the sources
	cargo fmt --all

.PHONY: tools
tools: toolchain ## get the pinned tools that the page is built with
	@web/scripts/tools.sh

.PHONY: clean
clean: toolchain ## remove what was built; data stays
	cargo clean
	rm -rf web/dist

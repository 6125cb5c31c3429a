#!/usr/bin/env bash
# Runs the app for developing: the page reloads when its sources change, api and agent start again when theirs do.
# Usage: [PORT=3000] [DATA_DIR=./data] web/scripts/dev.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

PORT=${PORT:-3000} DATA_DIR=${DATA_DIR:-./data} BIN_DIR=target/debug

# shellcheck source=web/scripts/tools-path.sh
. web/scripts/tools-path.sh
# shellcheck source=web/scripts/services.sh
. web/scripts/services.sh

if answers "$PORT"; then
    say "port $PORT is taken; choose another one: make dev PORT=$((PORT + 1))"
    exit 1
fi

seen=$(mktemp)
page=
end_dev() {
    [[ -z $page ]] || kill "$page" 2>/dev/null || true
    end_all
    rm -f "$seen"
}
trap 'exit 0' INT TERM HUP
trap end_dev EXIT

build_services() { cargo build --package todo-api --package todo-agent; }

start_services() {
    start_agent
    # The page comes from trunk, so the browser's origin is not the one that the api is asked under.
    start_api PUBLIC_ORIGINS="http://localhost:$PORT,http://127.0.0.1:$PORT"
    wait_ready agent "$agent_port" && wait_ready api "$api_port"
}

changed() {
    [[ -n $(find api agent Cargo.toml Cargo.lock -type f \( -name '*.rs' -o -name '*.toml' -o -name '*.lock' -o -name '*.sql' \) \
        -newer "$seen" -print -quit) ]]
}

prepare_data
choose_ports
build_services
start_services

cargo fetch --locked --quiet --target wasm32-unknown-unknown
trunk serve --config web/Trunk.toml --cargo-profile dev --dist target/page-dev --address 127.0.0.1 \
    --port "$PORT" --proxy-backend "http://127.0.0.1:$api_port/api" &
page=$!
say "the page will be at http://localhost:$PORT when it is built; Ctrl-C ends everything"

while kill -0 "$page" 2>/dev/null; do
    if changed; then
        touch "$seen"
        say "sources changed: building"
        if build_services; then
            end_all
            start_services || say "fix it and save: it will start again"
        fi
    fi
    sleep 1
done
say "trunk has ended"
false

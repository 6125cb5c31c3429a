#!/usr/bin/env bash
# Measures the three services through the front door with wrk (https://github.com/wg/wrk), on the cores that
# it shares with them. Usage: web/e2e/bench.sh [seconds for each row, default 10]
set -euo pipefail

seconds=${1:-10}
here=$(cd "$(dirname "$0")" && pwd)
data=$(mktemp -d)
port=${PORT:-3900}
url="http://127.0.0.1:$port"

command -v wrk >/dev/null || { echo "bench: wrk is missing; on Debian: apt-get install wrk" >&2; exit 1; }

RATE_LIMIT=off RUST_LOG=warn PORT=$port DATA_DIR=$data "$here/../scripts/run.sh" >"$data/run.log" 2>&1 &
services=$!
trap 'kill "$services" 2>/dev/null || true; wait "$services" 2>/dev/null || true; rm -rf "$data"' EXIT

for _ in $(seq 100); do
    curl -fsS "$url/api/instance" >/dev/null 2>&1 && break
    kill -0 "$services" 2>/dev/null || { cat "$data/run.log" >&2; exit 1; }
    sleep 0.1
done

json() { curl -fsS -b "$data/cookies" -c "$data/cookies" -H 'content-type: application/json' "$@"; }

# Usage: new_account NAME: signs up and in, and makes a token.
new_account() {
    account="{\"email\":\"$1@example.org\",\"password\":\"correct horse battery staple\"}"
    rm -f "$data/cookies"
    json -d "$account" "$url/api/auth/register" >/dev/null
    token=$(json -d '{"name":"bench","scope":"read_write"}' "$url/api/me/tokens" | sed 's/.*"token":"\([^"]*\)".*/\1/')
}

new_account reader
tasks=$(for n in $(seq 50); do printf '{"title":"Task %s about topic%s","priority":"low","tags":["home"]},' "$n" $((n % 7)); done)
json -d "{\"action\":\"add\",\"tasks\":[${tasks%,}]}" "$url/api/tasks/batch" >/dev/null

# Usage: row NAME CONNECTIONS METHOD PATH [BODY]
row() {
    NAME="$1, $2 at once" METHOD=$3 REQUEST_PATH=$4 BODY=${5:-} TOKEN=$token \
        wrk -t1 -c"$2" -d"${seconds}s" --timeout 10s -s "$here/bench/request.lua" "$url" | grep '^|'
}

echo "| request                | per second |  p50 ms |  p99 ms | errors |"
echo "|------------------------|-----------|----------|----------|--------|"
row "health" 64 GET /healthz
row "health of the api" 64 GET /api/instance
row "list of 50" 64 GET "/api/tasks?limit=50"
row "list of 50" 256 GET "/api/tasks?limit=50"
row "search" 64 GET "/api/tasks?q=topic3"
# An account may have 50,000 tasks: each of these gets its own, and less time.
((seconds <= 3)) || seconds=3
new_account writer
row "create" 64 POST /api/tasks '{"title":"Created {n}"}'
new_account second-writer
row "create" 256 POST /api/tasks '{"title":"Created {n}"}'
token=''
row "sign in" 8 POST /api/auth/login "$account"

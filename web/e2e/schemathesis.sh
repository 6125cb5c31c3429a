#!/usr/bin/env bash
# Has schemathesis (https://schemathesis.io) make up requests from the OpenAPI document and hold the answers against it,
# signed in by a token and not at all. Installed on first use.
# Usage: [CASES=10000] [BIN_DIR=target/release] web/e2e/schemathesis.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

cases=${CASES:-10000}
tool=${XDG_CACHE_HOME:-$HOME/.cache}/todo-app/schemathesis
data=$(mktemp -d)
port=${PORT:-3950}
url=http://127.0.0.1:$port

if [[ ! -x $tool/bin/schemathesis ]]; then
    python3 -m venv "$tool"
    "$tool/bin/pip" install --quiet schemathesis==4.32.5
fi

RATE_LIMIT=off RUST_LOG=warn PORT=$port DATA_DIR=$data web/scripts/run.sh >"$data/run.log" 2>&1 &
services=$!
trap 'kill "$services" 2>/dev/null || true; wait "$services" 2>/dev/null || true; rm -rf "$data"' EXIT
until curl -fsS "$url/api/instance" >/dev/null 2>&1; do
    kill -0 "$services" 2>/dev/null || { cat "$data/run.log" >&2; exit 1; }
    sleep 0.1
done

json() { curl -fsS -b "$data/cookies" -c "$data/cookies" -H 'content-type: application/json' "$@"; }
json -d '{"email":"ada@example.org","password":"correct horse battery staple"}' "$url/api/auth/register" >/dev/null
token=$(json -d '{"name":"schemathesis","scope":"read_write"}' "$url/api/me/tokens" | sed 's/.*"token":"\([^"]*\)".*/\1/')
json -d '{"title":"Buy milk","repeat":{"rule":"FREQ=DAILY","from":"due"}}' "$url/api/tasks" >/dev/null
json -d '{"message":"add bread","planner":"builtin"}' "$url/api/chat" >/dev/null
curl -fsS "$url/api/openapi.json" >"$data/openapi.json"
operations=$(python3 -c 'import json,sys; print(sum(len(p) for p in json.load(open(sys.argv[1]))["paths"].values()))' "$data/openapi.json")
each=$((cases / (2 * operations) + 1))

# Usage: try_out NAME [FLAG…]. Streams of events do not end by themselves, and are tried by the api's own tests.
try_out() (
    echo "=== $1: $each cases for each of $operations operations"
    # It leaves notes of its own where it runs.
    cd "$data"
    "$tool/bin/schemathesis" run openapi.json --url "$url" --max-examples "$each" --workers 2 --no-color \
        --phases examples,coverage,fuzzing --continue-on-failure --request-timeout 30 --suppress-health-check all \
        --checks not_a_server_error,content_type_conformance,response_schema_conformance,status_code_conformance \
        --exclude-path-regex '/events$' --seed 1 "${@:2}"
)
failed=0
try_out "without a session" || failed=1
try_out "signed in" --header "Authorization: Bearer $token" || failed=1
exit "$failed"

#!/usr/bin/env bash
# Runs the built services in the foreground, on one address. Ctrl-C ends them.
# Usage: [PORT=3000] [BIND=127.0.0.1] [DATA_DIR=./data] web/scripts/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

PORT=${PORT:-3000} BIND=${BIND:-127.0.0.1} DATA_DIR=${DATA_DIR:-./data} BIN_DIR=${BIN_DIR:-target/release}
WEB_ROOT=${WEB_ROOT:-web/dist}
export RUST_LOG=${RUST_LOG:-warn}

# shellcheck source=web/scripts/services.sh
. web/scripts/services.sh

if answers "$PORT"; then
    say "port $PORT is taken, maybe by a todo-app that still runs"
    say "choose another one: make run PORT=$((PORT + 1))"
    say "or see who has it: ss -ltnp 'sport = :$PORT'   (lsof -i :$PORT on a Mac)"
    exit 1
fi

asked_to_end=false
trap 'asked_to_end=true' INT TERM HUP
trap end_all EXIT

# Who reaches it only from this machine is meant to. Elsewhere the api's own default holds.
case $BIND in
    127.* | localhost | ::1 | '[::1]') export REGISTRATION=${REGISTRATION:-open} ;;
esac

prepare_data
choose_ports
start_agent
start_api PUBLIC_ORIGINS="${PUBLIC_ORIGINS:-}"
start gateway -u OPENAI_API_KEY LOG_FORMAT="${LOG_FORMAT:-text}" WEB_BIND="$BIND:$PORT" WEB_ROOT="$WEB_ROOT" \
    API_URL="http://127.0.0.1:$api_port"

is_up() { wait_ready agent "$agent_port" && wait_ready api "$api_port" && wait_ready gateway "$PORT"; }

if is_up; then
    host=$BIND
    [[ $BIND != 0.0.0.0 ]] || host=127.0.0.1
    say ""
    say "  ready: http://$host:$PORT"
    say ""
    say "  planner: $(planner)"
    say "  data:    $DATA_DIR"
    say "  Ctrl-C ends it; RUST_LOG=info shows every request."
    say ""
    while ! $asked_to_end && all_run; do
        sleep 0.3
    done
fi
if ! $asked_to_end; then
    exit 1
fi
say "stopping"

#!/usr/bin/env bash
# Runs a command with a container engine: the one that runs, or else a dockerd of its own whose data goes with it.
# As root. Usage: web/scripts/engine.sh COMMAND…
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

if "$DOCKER" info >/dev/null 2>&1; then
    exec "$@"
fi

folder=$(mktemp -d)
daemon=
# shellcheck disable=SC2317 # the trap calls it
end_engine() {
    if [[ -n $daemon ]]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap end_engine EXIT

export DOCKER_HOST=unix://$folder/docker.sock
dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" --host "$DOCKER_HOST" \
    >"$folder/log" 2>&1 &
daemon=$!
for ((tries = 0; tries < 120; tries++)); do
    if "$DOCKER" info >/dev/null 2>&1; then
        "$@"
        exit
    fi
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.5
done
echo "engine: dockerd does not run here; the end of its log:" >&2
tail -n 5 "$folder/log" >&2
exit 75

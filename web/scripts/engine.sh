#!/usr/bin/env bash
# Runs a command with a container engine: the one that runs, or else a dockerd of its own whose data goes with it.
# As root, with a static busybox. Ends with 75 if there is no engine here that runs containers.
# Usage: web/scripts/engine.sh COMMAND…
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

# An engine may answer and yet not be allowed to run anything.
runs_containers() {
    tar -C "$(dirname "$(command -v busybox)")" --dereference -c busybox |
        "$DOCKER" import - engine-check >/dev/null &&
        timeout 60 "$DOCKER" run --rm engine-check /busybox true
}

if "$DOCKER" info >/dev/null 2>&1; then
    if runs_containers; then
        exec "$@"
    fi
    echo "engine: the engine that runs here cannot run a container" >&2
    exit 75
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
        runs_containers || break
        "$@"
        exit
    fi
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.5
done
echo "engine: dockerd does not run here; the end of its log:" >&2
tail -n 5 "$folder/log" >&2
exit 75

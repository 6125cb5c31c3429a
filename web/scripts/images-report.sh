#!/usr/bin/env bash
# Prints what the images weigh and how fast they are, as a Markdown table, and fails if one breaks its bounds.
# Usage: [REGISTRY=…] [TAG=dev] [TRIES=7] web/scripts/images-report.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

need_engine
readonly READY_MS=500 IDLE_MIB=25
declare -A size_mb=([web]=15 [api]=30 [agent]=15) port=([web]=3000 [api]=8000 [agent]=8010)
failures=0

secrets=$(mktemp -d)
printf '%s' 'a-secret-that-is-long-enough-for-a-report' >"$secrets/secret"
chmod -R a+rX "$secrets"
running=
trap '[[ -z $running ]] || "$DOCKER" rm --force --volumes "$running" >/dev/null; rm -rf "$secrets"' EXIT

# Usage: start PART: from an empty database; sets `running` and `ready`, the milliseconds until /readyz answered 200.
start() {
    local part=$1 begun address flags=() path=/readyz
    [[ $part == web ]] || flags=(--env AGENT_TOKEN_FILE=/secret --env JWT_SECRET_FILE=/secret --volume "$secrets/secret:/secret:ro")
    # web alone, without an api.
    [[ $part != web ]] || path='/readyz?page'
    begun=$(date +%s%3N)
    running=$("$DOCKER" run --detach --publish "127.0.0.1::${port[$part]}" --read-only --cap-drop ALL \
        --security-opt no-new-privileges "${flags[@]}" "$(image_of "$part")")
    address=$("$DOCKER" port "$running" "${port[$part]}" | head -n 1)
    until [[ $(curl --silent --output /dev/null --write-out '%{http_code}' "http://$address$path") == 200 ]]; do
        if (($(date +%s%3N) - begun > 10000)); then
            echo "images-report: todo-$part was not ready within 10 seconds" >&2
            "$DOCKER" logs "$running" >&2
            exit 1
        fi
    done
    ready=$(($(date +%s%3N) - begun))
}

stop() {
    "$DOCKER" rm --force --volumes "$running" >/dev/null
    running=
}

# Resident memory of the container's one process, in tenths of a MiB.
resident() {
    local pid
    pid=$("$DOCKER" inspect --format '{{.State.Pid}}' "$running")
    awk '/^VmRSS:/ { printf "%d", $2 * 10 / 1024 }' "/proc/$pid/status" 2>/dev/null || echo 0
}

# Usage: bound WHAT VALUE MOST UNIT
bound() {
    (($2 <= $3)) && return
    echo "images-report: $1 is $2 $4, more than $3" >&2
    failures=$((failures + 1))
}

echo "| image | processor | size | ready after | idle | digest |"
echo "|---|---|---|---|---|---|"
for part in web api agent; do
    bytes=$("$DOCKER" image inspect --format '{{.Size}}' "$(image_of "$part")")
    times=()
    for ((try = 0; try < ${TRIES:-7}; try++)); do
        start "$part"
        times+=("$ready")
        idle=$(resident)
        stop
    done
    mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
    printf '| todo-%s | %s | %d.%d MB | %d ms (median %d) | %d.%d MiB | %s |\n' "$part" \
        "$("$DOCKER" image inspect --format '{{.Architecture}}' "$(image_of "$part")")" \
        $((bytes / 1000000)) $((bytes / 100000 % 10)) "${times[0]}" "${times[${#times[@]} / 2]}" $((idle / 10)) $((idle % 10)) \
        "$("$DOCKER" image inspect --format '{{.Id}}' "$(image_of "$part")")"
    bound "the size of todo-$part" $((bytes / 1000)) $((${size_mb[$part]} * 1000)) kB
    # What else the machine does only adds to it, so the best of the tries is nearest to what it takes.
    bound "todo-$part's time to readiness" "${times[0]}" "$READY_MS" ms
    bound "todo-$part's idle memory" "$idle" $((IDLE_MIB * 10)) "tenths of a MiB"

    arm=$(image_of "$part" arm64)
    if "$DOCKER" image inspect "$arm" >/dev/null 2>&1; then
        bytes=$("$DOCKER" image inspect --format '{{.Size}}' "$arm")
        printf '| todo-%s | arm64 | %d.%d MB | | | %s |\n' "$part" $((bytes / 1000000)) $((bytes / 100000 % 10)) \
            "$("$DOCKER" image inspect --format '{{.Id}}' "$arm")"
        bound "the size of todo-$part for arm64" $((bytes / 1000)) $((${size_mb[$part]} * 1000)) kB
    fi
done
echo
echo "Ready after: from \`docker run\` to the first 200 of /readyz, migrations of an empty database included; best of ${TRIES:-7}."
exit $((failures > 0))

#!/usr/bin/env bash
# Runs a command that calls cargo, and says at least every 10 seconds how far it is where cargo itself draws no
# progress bar. Usage: web/scripts/progress.sh TITLE COMMAND…
set -euo pipefail
title=$1
shift
[[ ! -t 2 ]] || exec "$@"

every=10
shopt -s extglob

# Passes on what cargo says, but for its progress bar and the crates it names, and tells the bar's numbers instead.
report() {
    local chunk line state='starting' said=$SECONDS status
    while :; do
        status=0
        IFS= read -r -d $'\r' -t "$every" chunk || status=$?
        if ((status <= 128)); then
            while IFS= read -r line; do
                line=${line//$'\e[K'/}
                case $line in
                *'Building ['*'] '*) state=${line##*] } ;;
                *([[:space:]])@(Compiling|Checking|Downloaded|Downloading|Fresh|Updating|Adding|Locking)\ * | *([[:space:]])) ;;
                *) printf '%s\n' "$line" >&2 ;;
                esac
            done <<<"$chunk"
        fi
        # 1: the end; above 128: nothing came in time.
        ((status != 1)) || return 0
        if ((SECONDS - said >= every)); then
            said=$SECONDS
            printf '%s: %s s, %s\n' "$title" "$SECONDS" "$state" >&2
        fi
    done
}

export CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=120
echo "$title" >&2
{ "$@" 2>&1 >&3 3>&- | report 3>&-; } 3>&1

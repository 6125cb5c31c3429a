#!/usr/bin/env bash
# Runs the product in containers on this machine; docs/docker.md explains.
# Usage: [PROFILES=backup,ollama] web/scripts/compose.sh up|down|logs|backup|secrets
#        web/scripts/compose.sh restore FILE
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

say() { echo "todo: $*" >&2; }

# Usage: from_file NAME: its last value in .env, where values may have quotes or a comment after them.
from_file() {
    local line value=
    while IFS= read -r line || [[ -n $line ]]; do
        line=${line%$'\r'}
        line=${line#export }
        [[ $line == "$1="* ]] || continue
        value=${line#*=}
        case $value in
            \"*) value=${value#\"} value=${value%%\"*} ;;
            \'*) value=${value#\'} value=${value%%\'*} ;;
            *) value=${value%%[[:space:]]#*} value=${value%"${value##*[![:space:]]}"} ;;
        esac
    done <.env
    echo "$value"
}

# Usage: setting NAME [DEFAULT]: from the environment, or else from .env.
setting() {
    local value=${!1-}
    if [[ -z $value && -f .env && -z ${COMPOSE_DISABLE_ENV_FILE-} ]]; then
        value=$(from_file "$1")
    fi
    echo "${value:-${2-}}"
}

SECRETS_DIR=$(setting SECRETS_DIR ./.secrets) BACKUP_DIR=$(setting BACKUP_DIR ./backups)
REGISTRY=$(setting REGISTRY docker.io/library) TAG=$(setting TAG dev)
PROJECT=$(setting COMPOSE_PROJECT_NAME todo-app)
PROFILES=${PROFILES:-$(setting COMPOSE_PROFILES)}
PROFILES=${PROFILES// /}
# With secrets that are files, and what else docker compose would read.
COMPOSE_FILE=$(setting COMPOSE_FILE)
if [[ -z $COMPOSE_FILE ]]; then
    COMPOSE_FILE=compose.yaml:compose.secrets.yaml
    for file in compose.override.yaml compose.override.yml docker-compose.override.yml docker-compose.override.yaml; do
        [[ ! -f $file ]] || COMPOSE_FILE+=:$file
    done
fi
export SECRETS_DIR REGISTRY TAG COMPOSE_FILE

read -ra client <<<"$COMPOSE"
# As flags, since podman-compose does not read COMPOSE_PROFILES.
IFS=, read -ra profiles <<<"$PROFILES"
compose() { "${client[@]}" ${profiles[@]+"${profiles[@]/#/--profile=}"} "$@"; }

# The id of a service's container, running or not; empty if there is none. By its labels, which podman-compose writes too;
# its ps knows no services.
container() {
    "$DOCKER" ps --all --quiet --filter "label=com.docker.compose.project=$PROJECT" \
        --filter "label=com.docker.compose.service=$1" | head -n 1
}

# Made once. The folder is its owner's alone; the files in it are readable, since the containers' user (10001) is another
# one and gets each by itself.
make_secrets() {
    local name key
    key=$(setting OPENAI_API_KEY)
    (
        umask 077
        mkdir -p "$SECRETS_DIR"
        for name in jwt_secret agent_token; do
            [[ -s $SECRETS_DIR/$name ]] || head -c 48 /dev/urandom | base64 | tr -d '\n' >"$SECRETS_DIR/$name"
        done
        # Empty: no model.
        [[ -e $SECRETS_DIR/openai_api_key ]] || printf %s "$key" >"$SECRETS_DIR/openai_api_key"
    )
    chmod 444 "$SECRETS_DIR"/{jwt_secret,agent_token}
    chmod 644 "$SECRETS_DIR/openai_api_key"
    if [[ -n $key && $key != "$(<"$SECRETS_DIR/openai_api_key")" ]]; then
        say "note: OPENAI_API_KEY is set, but the key in $SECRETS_DIR/openai_api_key is another one, and is what is used"
    fi
}

use_ollama() {
    OPENAI_BASE_URL=$(setting OPENAI_BASE_URL http://ollama:11434/v1)
    OPENAI_MODEL=$(setting OPENAI_MODEL qwen3:4b)
    export OPENAI_BASE_URL OPENAI_MODEL
}

# Usage: wait_healthy SERVICE: within two minutes. To be called when compose has ended: what it has not started, nothing will.
wait_healthy() {
    local tries id health
    for ((tries = 0; tries < 240; tries++)); do
        id=$(container "$1")
        # podman leaves it to timers of systemd, which is not everywhere.
        [[ -z $id || ${DOCKER##*/} != podman ]] || "$DOCKER" healthcheck run "$id" >/dev/null 2>&1 || true
        health=$("$DOCKER" inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}' "$id" 2>/dev/null || true)
        case $health in
            *" healthy") return ;;
            created* | configured* | exited* | dead* | restarting* | '') break ;;
        esac
        sleep 0.5
    done
    fail "$1"
}

# Says what a service that did not come up had to say.
fail() {
    local id
    id=$(container "$1")
    if [[ -z $id ]]; then
        say "$1 has no container; the lines above say why"
        exit 1
    fi
    say "$1 is not healthy ($("$DOCKER" inspect --format '{{.State.Status}}, exit code {{.State.ExitCode}}' "$id" 2>/dev/null)). Its last lines:"
    "$DOCKER" logs --tail 5 "$id" >&2
    exit 1
}

have_images() {
    local part
    for part in "${PARTS[@]}"; do
        "$DOCKER" image inspect "$(image_of "$part")" >/dev/null 2>&1 || return
    done
}

up() {
    make_secrets
    if [[ $REGISTRY == docker.io/library ]] && ! have_images; then
        say "building the images, once"
        web/scripts/images.sh
    fi
    [[ ,$PROFILES, != *,ollama,* ]] || use_ollama
    local part outcome=0
    compose up --detach --remove-orphans || outcome=$?
    for part in "${PARTS[@]}"; do
        wait_healthy "$part"
    done
    ((outcome == 0)) || exit "$outcome"
    say ""
    say "  ready: http://localhost:$(compose port web 3000 | sed 's/.*://')"
    say ""
    say "  make compose-logs    shows what happens"
    say "  make compose-down    ends it and keeps the data"
}

# The name of the volume with the data.
data_volume() {
    "$DOCKER" inspect --format '{{range .Mounts}}{{if eq .Destination "/data"}}{{.Name}}{{end}}{{end}}' "$(container api)" 2>/dev/null
}

down() {
    local volume
    volume=$(data_volume || true)
    profiles=(backup ollama)
    compose down --remove-orphans
    say "The data stays${volume:+ in the volume $volume}; \`make compose-up\` brings it back."
    say "To delete it for good: ${DOCKER##*/} volume rm ${volume:-todo-app_data}"
}

# What is removed at the end.
helper='' staged=''
clean_up() {
    [[ -z $helper ]] || "$DOCKER" rm --force --volumes "$helper" >/dev/null
    [[ -z $staged ]] || rm -rf "$staged"
}
trap clean_up EXIT

# Usage: make_helper COMMAND…: makes a container of the api's image on the api's data, with a folder /backups of its own.
make_helper() {
    local api
    api=$(container api)
    if [[ -z $api ]]; then
        say "there is no api container: \`make compose-up\` first"
        exit 1
    fi
    "$DOCKER" create --volumes-from "$api" --volume /backups --network none --read-only --cap-drop ALL \
        --security-opt no-new-privileges "$("$DOCKER" inspect --format '{{.Image}}' "$api")" "$@"
}

backup() {
    local name
    name=todo-$(date -u +%Y%m%dT%H%M%SZ).sqlite3
    helper=$(make_helper backup "/backups/$name")
    "$DOCKER" start --attach "$helper" >/dev/null
    (umask 077 && mkdir -p "$BACKUP_DIR")
    "$DOCKER" cp "$helper:/backups/$name" "$BACKUP_DIR/$name"
    say "Wrote $BACKUP_DIR/$name."
}

# Usage: restore FILE
restore() {
    local file=${1:-}
    if [[ ! -f $file ]]; then
        say "which backup? make compose-restore FILE=backups/todo-….sqlite3"
        exit 1
    fi
    helper=$(make_helper restore /backups/backup.sqlite3)
    staged=$(mktemp -d)
    # The containers' user has to be able to read it.
    install -m 644 "$file" "$staged/backup.sqlite3"
    "$DOCKER" cp "$staged/backup.sqlite3" "$helper:/backups/backup.sqlite3"
    compose stop api >/dev/null 2>&1
    local outcome=0
    "$DOCKER" start --attach "$helper" >&2 || outcome=$?
    # Over the old data, if the backup was refused.
    compose start api >/dev/null 2>&1
    wait_healthy api
    ((outcome == 0)) || exit "$outcome"
    say "The api is healthy again."
}

case ${1:-} in
    secrets) make_secrets ;;
    up | down | backup) need_engine && "$1" ;;
    restore) need_engine && restore "${2:-}" ;;
    logs) compose logs --follow --tail 100 ;;
    *)
        sed -n 's/^# Usage: /Usage: /p; s/^#        //p' "$0" | head -n 2 >&2
        exit 2
        ;;
esac

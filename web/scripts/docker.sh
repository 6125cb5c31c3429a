# shellcheck shell=bash
# To be sourced: chooses the clients of the container engine, and knows the images' names.
# Sets DOCKER and COMPOSE, unless they are set.

# The order in which they start.
# shellcheck disable=SC2034 # for whoever sources this
PARTS=(agent api web)
TOOLS_VENV=${XDG_CACHE_HOME:-$HOME/.cache}/todo-app/container-tools

# Usage: can_build CLIENT: whether it builds with BuildKit. Docker's client needs a plugin for it since version 23.
can_build() {
    command -v "$1" >/dev/null || return
    case $("$1" --version) in
        podman*) return 0 ;;
        "Docker version "1[89]* | "Docker version "2[0-2]*) return 0 ;;
    esac
    "$1" buildx version >/dev/null 2>&1
}

find_docker() {
    local client
    for client in docker /usr/bin/docker podman; do
        if can_build "$client"; then
            echo "$client"
            return
        fi
    done
    echo docker
}

find_compose() {
    if "$DOCKER" compose version >/dev/null 2>&1; then
        echo "$DOCKER compose"
    elif [[ $(docker-compose version --short 2>/dev/null) == [2-9]* ]]; then
        echo docker-compose
    elif [[ -x $TOOLS_VENV/bin/docker-compose ]]; then
        echo "$TOOLS_VENV/bin/docker-compose"
    else
        echo podman-compose
    fi
}

DOCKER=${DOCKER:-$(find_docker)}
COMPOSE=${COMPOSE:-$(find_compose)}
export DOCKER_BUILDKIT=1

# Ends the program with advice if there is no engine.
need_engine() {
    "$DOCKER" info >/dev/null 2>&1 && return
    echo "todo: $DOCKER cannot reach a container engine: is it installed, does it run, may you use it? (docs/docker.md)" >&2
    exit 1
}

# Usage: base_image PART: the image that its Dockerfile starts from.
base_image() { sed -n 's/^ARG RUST_IMAGE=//p' "$1/Dockerfile"; }

# Usage: image_of PART [ARCH]: what is built here, unless another registry is named; compose.yaml and the chart name the
# public ones.
image_of() { echo "${REGISTRY:-docker.io/library}/todo-$1:${TAG:-dev}${2:+-$2}"; }

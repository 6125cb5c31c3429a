#!/usr/bin/env bash
# Builds the three images, cross-compiled. Each is tagged for its processor (todo-api:dev-arm64), and the engine's own
# without that (todo-api:dev).
# Usage: [PLATFORMS=linux/amd64,linux/arm64] [REGISTRY=docker.io/library] [TAG=dev] [BUILD_FLAGS=…] web/scripts/images.sh [PART…]
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

need_engine
if (($#)); then
    PARTS=("$@")
fi
own=$("$DOCKER" version --format '{{.Server.Arch}}' 2>/dev/null || "$DOCKER" info --format '{{.Host.Arch}}')
PLATFORMS=${PLATFORMS:-linux/$own}

revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
# Two builds of one commit are to be the same, byte by byte.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
version=${VERSION:-$(git describe --tags --match 'v*' --dirty 2>/dev/null || sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)}

read -ra flags <<<"${BUILD_FLAGS:-}"
# Attestations would make an index of each image; a registry gets them, in the workflow of releases.
if "$DOCKER" buildx version >/dev/null 2>&1; then
    flags+=(--load --provenance=false)
fi

for part in "${PARTS[@]}"; do
    for platform in ${PLATFORMS//,/ }; do
        arch=${platform#linux/}
        tags=(--tag "$(image_of "$part" "$arch")")
        [[ $arch != "$own" ]] || tags+=(--tag "$(image_of "$part")")
        "$DOCKER" build "${flags[@]}" --file "$part/Dockerfile" --platform "$platform" "${tags[@]}" \
            --build-arg "RUST_IMAGE=${RUST_IMAGE:-$(base_image "$part")}" \
            --build-arg "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" \
            --build-arg "VERSION=$version" --build-arg "REVISION=$revision" \
            --build-arg "CREATED=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ 2>/dev/null || date -u -r "$SOURCE_DATE_EPOCH" +%FT%TZ)" .
    done
done
"$DOCKER" image ls --filter "label=org.opencontainers.image.revision=$revision"

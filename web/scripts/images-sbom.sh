#!/usr/bin/env bash
# Writes what each image is made of to target/sbom, as CycloneDX JSON. The list of crates is read from the program itself.
# Usage: [REGISTRY=…] [TAG=dev] web/scripts/images-sbom.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

need_engine
syft=$(command -v syft || true)
if [[ -z $syft ]]; then
    web/scripts/container-tools.sh
    syft=$TOOLS_VENV/bin/syft
fi

folder=target/sbom
mkdir -p "$folder"
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
for part in "${PARTS[@]}"; do
    "$DOCKER" save --output "$archive" "$(image_of "$part")"
    SYFT_CHECK_FOR_APP_UPDATE=false "$syft" scan --quiet --source-name "todo-$part" --output "cyclonedx-json=$folder/todo-$part.cdx.json" \
        "docker-archive:$archive"
    crates=$(grep -o "\"purl\": *\"pkg:cargo/" "$folder/todo-$part.cdx.json" | wc -l || true)
    echo "$folder/todo-$part.cdx.json: $crates crates"
    if ((crates == 0)); then
        echo "images-sbom: todo-$part holds no list of crates: build it with \`make images\`" >&2
        exit 1
    fi
done

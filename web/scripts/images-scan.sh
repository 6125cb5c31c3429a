#!/usr/bin/env bash
# Looks for known vulnerabilities in the images. Fails on any that is high or critical and has a fix, and where nothing
# could be looked up. Usage: [REGISTRY=…] [TAG=dev] web/scripts/images-scan.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

need_engine
if ! command -v trivy >/dev/null; then
    echo "images-scan: trivy is missing: NOTHING was scanned. https://trivy.dev says how to install it;" >&2
    echo "images-scan: \`make lint\` checks the same crates against the RustSec database" >&2
    exit 1
fi
if ! trivy image --quiet --download-db-only; then
    echo "images-scan: trivy cannot get its database: NOTHING was scanned (docs/docker.md, \"Without the internet\")" >&2
    exit 1
fi
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
failed=0
for part in "${PARTS[@]}"; do
    "$DOCKER" save --output "$archive" "$(image_of "$part")"
    trivy image --quiet --skip-db-update --exit-code 1 --ignore-unfixed --severity HIGH,CRITICAL --input "$archive" || failed=1
done
exit "$failed"

#!/usr/bin/env bash
# Builds the page within the build of an image. It is the same on every processor, so the builder's own makes it.
# Usage: web/scripts/image-page.sh amd64|arm64 FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."
web/scripts/image-binary.sh "$1" todo-precompress target/release/todo-precompress
web/scripts/page.sh
mkdir -p "$2"
cp web/dist/* "$2"

#!/usr/bin/env bash
# Builds the page into web/dist, with compressed copies of its files. Usage: web/scripts/page.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/tools-path.sh
. web/scripts/tools-path.sh

# trunk runs wasm-opt in release mode only. The profile is `wasm` in both.
release=true
[[ $(wasm-opt --version 2>/dev/null) == *version_132* ]] || release=false

# trunk works offline, so that it downloads no tools of its own.
# Nobody needs to know, nor to download, where this machine keeps its sources.
sources="${CARGO_HOME:-$HOME/.cargo}/registry/src/"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$sources="
cargo fetch --locked --quiet --target wasm32-unknown-unknown
web/scripts/progress.sh 'building the page' trunk build --config web/Trunk.toml --release="$release" --minify=true
target/release/todo-precompress web/dist

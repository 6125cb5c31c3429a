#!/usr/bin/env bash
# Gets what the build of the page needs: the wasm target, trunk, wasm-bindgen and, where npm is, wasm-opt.
# What is there already is left alone. Usage: web/scripts/tools.sh
set -euo pipefail

# The versions of the last two are pinned in web/Trunk.toml too.
trunk=0.22.1 wasm_bindgen=0.2.130 binaryen=132

scripts=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=web/scripts/tools-path.sh
. "$scripts/tools-path.sh"

say() { echo "tools: $*" >&2; }

# Usage: is_version COMMAND VERSION
is_version() { [[ $("$1" --version 2>/dev/null) == *" $2"* ]]; }

# Usage: install CRATE VERSION MINUTES [flags of cargo install]
# Both run for seconds at a time: what counts is how fast they are compiled, not how fast they are.
install() {
    local crate=$1 version=$2 minutes=$3
    shift 3
    if command -v cargo-binstall >/dev/null &&
        cargo binstall --no-confirm --disable-strategies compile "$crate@$version" >&2; then
        return
    fi
    CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$tools_dir} CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=0 \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
        "$scripts/progress.sh" "building $crate $version, once: about $minutes minutes on two cores" \
        cargo install "$crate" --version "$version" --no-default-features "$@" >&2
}

"$scripts/toolchain.sh"
tools_dir=$(mktemp -d)
trap 'rm -rf "$tools_dir"' EXIT
is_version trunk "$trunk" || install trunk "$trunk" 3 --locked --features rustls
# Its lock file names a version that the registry lacks.
is_version wasm-bindgen "$wasm_bindgen" || install wasm-bindgen-cli "$wasm_bindgen" 1

if ! is_version wasm-opt "version $binaryen"; then
    if command -v npm >/dev/null; then
        say "installing wasm-opt $binaryen into $binaryen_dir"
        npm install --silent --no-fund --no-audit --prefix "$binaryen_dir" "binaryen@$binaryen" >&2 ||
            say "npm could not install binaryen@$binaryen"
    fi
    is_version wasm-opt "version $binaryen" ||
        say "no wasm-opt $binaryen (npm installs it): the page is built without it and is somewhat larger"
fi

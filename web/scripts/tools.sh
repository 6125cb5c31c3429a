#!/usr/bin/env bash
# Gets what the build of the page needs: the wasm target, trunk, wasm-bindgen and, where npm is, wasm-opt.
# What is there already is left alone. Usage: web/scripts/tools.sh
set -euo pipefail

# The versions of the last two are pinned in web/Trunk.toml too.
trunk=0.22.1 wasm_bindgen=0.2.130 binaryen=132

# shellcheck source=web/scripts/tools-path.sh
. "$(dirname "$0")/tools-path.sh"

say() { echo "tools: $*" >&2; }

has_wasm_target() { [[ -d $(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) ]]; }

# Usage: is_version COMMAND VERSION
is_version() { [[ $("$1" --version 2>/dev/null) == *" $2"* ]]; }

# Usage: install CRATE VERSION MINUTES [flags of cargo install]
install() {
    local crate=$1 version=$2 minutes=$3
    shift 3
    if command -v cargo-binstall >/dev/null &&
        cargo binstall --no-confirm --disable-strategies compile "$crate@$version" >&2; then
        return
    fi
    say "building $crate $version, once: about $minutes minutes on two cores"
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        cargo install "$crate" --version "$version" --no-default-features "$@" >&2
}

if ! command -v cargo >/dev/null; then
    say "Rust is missing; https://rustup.rs installs it, then say \`make\` again"
    exit 1
fi
if ! has_wasm_target; then
    say "installing the Rust toolchain that rust-toolchain.toml names"
    rustup toolchain install || rustup show
    has_wasm_target || rustup target add wasm32-unknown-unknown
fi
is_version trunk "$trunk" || install trunk "$trunk" 8 --locked --features rustls
# Its lock file names a version that the registry lacks.
is_version wasm-bindgen "$wasm_bindgen" || install wasm-bindgen-cli "$wasm_bindgen" 4

if ! is_version wasm-opt "version $binaryen"; then
    if command -v npm >/dev/null; then
        say "installing wasm-opt $binaryen into $binaryen_dir"
        npm install --silent --no-fund --no-audit --prefix "$binaryen_dir" "binaryen@$binaryen" >&2 ||
            say "npm could not install binaryen@$binaryen"
    fi
    is_version wasm-opt "version $binaryen" ||
        say "no wasm-opt $binaryen (npm installs it): the page is built without it and is somewhat larger"
fi

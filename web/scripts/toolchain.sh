#!/usr/bin/env bash
# Installs the Rust toolchain that rust-toolchain.toml names, where rustup does not do so by itself.
# Usage: web/scripts/toolchain.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

has_toolchain() { [[ -d $(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) ]]; }

has_toolchain && exit
if ! command -v rustup >/dev/null; then
    if command -v cargo >/dev/null; then
        echo "toolchain: this Rust has no target wasm32-unknown-unknown, and there is no rustup to add it: https://rustup.rs" >&2
    else
        echo "toolchain: Rust is missing; https://rustup.rs installs it, then run make again" >&2
    fi
    exit 1
fi
echo "toolchain: installing the Rust toolchain of rust-toolchain.toml (about 250 MB, once)" >&2
# Older versions of rustup take no toolchain from the file here, but install it on first use.
rustup toolchain install || rustup show >/dev/null
has_toolchain || rustup target add wasm32-unknown-unknown

#!/usr/bin/env bash
# Makes stand-ins for the base images of the Dockerfiles, for a machine that reaches Debian's mirror but no image
# registry. Debian 12, as root, with debootstrap and rustup. An image that is there already is left alone.
# Usage: web/scripts/stand-in-images.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh
# shellcheck source=web/scripts/tools-path.sh
. web/scripts/tools-path.sh

say() { echo "stand-in-images: $*" >&2; }

image=$(base_image api)
if "$DOCKER" image inspect "$image" >/dev/null 2>&1; then
    say "$image is here"
    exit
fi
if timeout 120 "$DOCKER" pull --quiet "$image" >&2; then
    say "$image was pulled: no stand-in is needed"
    exit
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

say "$image cannot be pulled: making one of this machine's Rust and Debian's packages"
debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates bookworm "$root" http://deb.debian.org/debian >&2
rm -rf "$root"/var/cache/apt/archives/*.deb

# What this machine trusts, the container does too.
cp --dereference /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

toolchain=$(rustc --print sysroot)
mkdir -p "$root/usr/local/rustup/toolchains" "$root/usr/local/cargo/bin"
cp -r "$toolchain" "$root/usr/local/rustup/toolchains/"
rm -rf "$root/usr/local/rustup/toolchains/${toolchain##*/}/share"
for tool in cargo rustc rustdoc; do
    ln -s rustup "$root/usr/local/cargo/bin/$tool"
done
# The page's tools take ten minutes to compile; the image may as well have them.
for tool in rustup trunk wasm-bindgen; do
    cp --dereference "$(command -v "$tool")" "$root/usr/local/cargo/bin/"
done
env -i PATH="$PATH" HOME="$HOME" RUSTUP_HOME="$root/usr/local/rustup" CARGO_HOME="$root/usr/local/cargo" \
    rustup set profile minimal
env -i PATH="$PATH" HOME="$HOME" RUSTUP_HOME="$root/usr/local/rustup" CARGO_HOME="$root/usr/local/cargo" \
    rustup default "${toolchain##*/}"

tar -C "$root" --numeric-owner -c . | "$DOCKER" import \
    --change 'ENV RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo' \
    --change 'ENV PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    - "$image" >&2
say "$image is a stand-in now"

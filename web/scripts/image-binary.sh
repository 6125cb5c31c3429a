#!/usr/bin/env bash
# Builds one program as a static binary, within the build of an image; the same source gives the same bytes. It holds
# the list of the crates that it is made of, for scanners.
# The features are those of all servers together, so that every image shares the compiled dependencies.
# Usage: web/scripts/image-binary.sh amd64|arm64 PROGRAM FILE
set -euo pipefail
cd "$(dirname "$0")/../.."
arch=$1 program=$2 file=$3

case $arch in
    amd64) target=x86_64-unknown-linux-musl ;;
    arm64) target=aarch64-unknown-linux-musl ;;
    *)
        echo "image-binary: no images are built for $arch; amd64 and arm64 are known" >&2
        exit 1
        ;;
esac

export SOURCE_DATE_EPOCH=0
export RUSTFLAGS="--remap-path-prefix=$PWD=/src --remap-path-prefix=$CARGO_HOME=/cargo"
export CFLAGS="-ffile-prefix-map=$CARGO_HOME=/cargo -ffile-prefix-map=$PWD=/src"

# shellcheck source=web/scripts/image-sources.sh
. web/scripts/image-sources.sh
cargo auditable zigbuild --profile dist --locked --target "$target" --package todo-api --package todo-agent --package todo-gateway \
    --features todo-gateway/precompress --bin "$program"
install -D "$CARGO_TARGET_DIR/$target/dist/$program" "$file"

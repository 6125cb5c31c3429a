#!/usr/bin/env bash
# Checks that the same source gives the same programs: compiles and links each again, in a copy of the commit that
# differs by an empty line for cargo to notice, and compares them with those of the images of this commit.
# Usage: [TAG=dev] web/scripts/images-reproducible.sh [PART…]
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

need_engine
if (($#)); then
    PARTS=("$@")
fi
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git clone --quiet --no-hardlinks . "$copy/todo-app"
for crate in api api/contract agent web/gateway; do
    echo >>"$copy/todo-app/$crate/src/lib.rs"
done

# Usage: program PART IMAGE: the hash of the program in it.
program() {
    local container name=todo-${1/web/gateway}
    container=$("$DOCKER" create "$2")
    "$DOCKER" cp "$container:/$name" "$copy/$name"
    "$DOCKER" rm --volumes "$container" >/dev/null
    sha256sum <"$copy/$name" | cut -d' ' -f1
}

failed=0
for part in "${PARTS[@]}"; do
    web/scripts/images.sh "$part" >&2
    first=$(program "$part" "$(image_of "$part")")
    TAG=again "$copy/todo-app/web/scripts/images.sh" "$part" >&2
    second=$(program "$part" "$(TAG=again image_of "$part")")
    echo "todo-$part: $first, and again: $second"
    [[ $first == "$second" ]] || failed=1
done
exit "$failed"

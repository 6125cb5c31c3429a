# shellcheck shell=bash
# To be sourced: dates the sources, in the build of an image, by when their contents last changed. Cargo goes by time
# stamps, and those of an archive or a checkout may be older than what the cache was built from.
for folder in api agent web; do
    known=$CARGO_TARGET_DIR/$folder.sum
    sum=$(find "$folder" -type f -not -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
    if [[ $(cat "$known" 2>/dev/null) != "$sum" ]]; then
        mkdir -p "$CARGO_TARGET_DIR"
        echo "$sum" >"$known"
    fi
    find "$folder" -type f -exec touch --reference="$known" {} +
done

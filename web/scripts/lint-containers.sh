#!/usr/bin/env bash
# Checks Dockerfiles, compose.yaml and the workflows, offline. Usage: web/scripts/lint-containers.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

web/scripts/container-tools.sh
export PATH=$TOOLS_VENV/bin:$PATH

failed=()
# Usage: check WHAT COMMAND…
check() {
    local what=$1
    shift
    "$@" || failed+=("$what")
}

same_toolchain() {
    local part wanted
    wanted=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
    for part in "${PARTS[@]}"; do
        [[ $(base_image "$part") == docker.io/library/rust:"$wanted"-* ]] && continue
        echo "$part/Dockerfile starts from $(base_image "$part"), and rust-toolchain.toml says $wanted" >&2
        return 1
    done
}

# The stages up to `build` are the same, so that the three images share what they build.
same_tools() {
    local part
    stage() { sed -n '/^FROM .* AS tools$/,/^$/p' "$1/Dockerfile"; }
    for part in agent web; do
        diff <(stage api) <(stage "$part") || return
    done
}

# What the images' builds call has to be sent to them.
scripts_are_sent() {
    local script sent
    mapfile -t sent < <(sed -n 's/^!\(web\/scripts\/.*\)/\1/p' .dockerignore)
    # shellcheck disable=SC2206 # one of them is a pattern
    sent=(${sent[@]})
    while read -r script; do
        printf '%s\n' "${sent[@]}" | grep -qxF "web/scripts/$script" && continue
        echo ".dockerignore leaves out web/scripts/$script, which the build of an image calls" >&2
        return 1
    done < <(grep -ohE '(web/scripts|[$]scripts"?)/[a-z-]+\.(sh|txt)' ./*/Dockerfile "${sent[@]}" | sed 's|.*/||' | sort -u)
}

# Without a file or a setting, as for someone who has compose.yaml alone.
compose_alone() {
    local folder outcome=0
    folder=$(mktemp -d)
    cp compose.yaml "$folder"
    (cd "$folder" && env -i PATH="$PATH" HOME="$HOME" docker-compose --profile '*' config --quiet) || outcome=$?
    rm -r "$folder"
    return "$outcome"
}

check Dockerfiles hadolint web/Dockerfile api/Dockerfile agent/Dockerfile
check "the toolchain" same_toolchain
check "the stage tools" same_tools
check .dockerignore scripts_are_sent
check compose.yaml compose_alone
check compose.secrets.yaml env COMPOSE_DISABLE_ENV_FILE=1 COMPOSE_FILE=compose.yaml:compose.secrets.yaml \
    docker-compose --profile '*' config --quiet
check workflows zizmor --offline --quiet --persona pedantic .github/workflows
if command -v actionlint >/dev/null; then
    check workflows actionlint
else
    echo "lint-containers: actionlint is missing and neither is Go here to install it: workflows are checked by zizmor alone"
fi
if ((${#failed[@]})); then
    echo "lint-containers: wrong: ${failed[*]}" >&2
    exit 1
fi

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

check Dockerfiles hadolint web/Dockerfile api/Dockerfile agent/Dockerfile
check "the toolchain" same_toolchain
check "the stage tools" same_tools
check compose.yaml env COMPOSE_DISABLE_ENV_FILE=1 docker-compose --profile '*' config --quiet
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

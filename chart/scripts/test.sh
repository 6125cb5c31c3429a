#!/usr/bin/env bash
# Checks the chart without a cluster. Usage: chart/scripts/test.sh [flags of pytest]; CHART_GOLDEN=update takes new
# snapshots and writes the README anew.
set -euo pipefail
cd "$(dirname "$0")/.."

TODO_CHART_TOOLS=${TODO_CHART_TOOLS:-$HOME/.cache/todo-app/chart}
export TODO_CHART_TOOLS PYTHONDONTWRITEBYTECODE=1
scripts/tools.sh

if [[ ${CHART_GOLDEN:-} == update ]]; then
    "$TODO_CHART_TOOLS/bin/helm-docs" --chart-search-root=. --sort-values-order=file --log-level=warning
fi
"$TODO_CHART_TOOLS/venv/bin/yamllint" --strict --config-file tests/yamllint.yaml Chart.yaml values*.yaml tests
"$TODO_CHART_TOOLS/venv/bin/python" -m pytest --quiet -p no:cacheprovider tests "$@"

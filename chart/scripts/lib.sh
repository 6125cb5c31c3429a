# shellcheck shell=bash
# To be sourced: what the scripts that change a cluster have in common.
# DRY_RUN=1 prints the commands that would change something, and asks the cluster nothing.

RELEASE=${RELEASE:-todo}
NAMESPACE=${NAMESPACE:-todo}
TIMEOUT=${TIMEOUT:-5m}
# shellcheck disable=SC2034 # for whoever sources this
PARTS=(web api agent)

say() { echo "$*" >&2; }
fail() {
    say "$SCRIPT: $*"
    exit 1
}

# Usage: need COMMAND WHERE: ends the program with advice if the command is missing.
need() { command -v "$1" >/dev/null || fail "$1 is missing: $2"; }

need_helm() {
    local where='https://helm.sh/docs/intro/install (version 3.14 or later, or 4)' version
    need helm "$where"
    version=$(helm version --short 2>/dev/null || true)
    case $version in
        v2.* | v3.[0-9].* | v3.1[0-3].*) fail "helm $version is too old: $where" ;;
    esac
}
need_kubectl() { need kubectl 'https://kubernetes.io/docs/tasks/tools'; }

# Before minutes are spent on images.
need_values() { [[ -z ${VALUES:-} || -f $VALUES ]] || fail "VALUES=$VALUES: there is no such file"; }

dry() { [[ ${DRY_RUN:-} == 1 ]]; }

# Usage: run COMMAND...: does it, or says what it would do.
run() {
    if dry; then
        printf '+'
        printf ' %q' "$@"
        echo
    else
        "$@"
    fi
}

# The flag by which an upgrade that fails is taken back; Helm 4 has another name for it.
rollback_flag() {
    case $(helm version --short 2>/dev/null) in
        v3.*) echo --atomic ;;
        *) echo --rollback-on-failure ;;
    esac
}

# Says which cluster is about to be changed; ends the program if there is none, or CONTEXT names another.
announce_cluster() {
    local context server
    context=$(kubectl config current-context 2>/dev/null) ||
        fail "kubectl has no current context: choose one with \`kubectl config use-context NAME\`"
    server=$(kubectl config view --minify --output 'jsonpath={.clusters[0].cluster.server}' 2>/dev/null || true)
    say "$SCRIPT: about to change the cluster \"$context\" (${server:-address unknown}), namespace $NAMESPACE, release $RELEASE"
    [[ -z ${CONTEXT:-} || $CONTEXT == "$context" ]] ||
        fail "CONTEXT=$CONTEXT is not the current context: say \`kubectl config use-context $CONTEXT\` first"
    if ! dry && ! kubectl version --request-timeout=15s >/dev/null 2>&1; then
        fail "the cluster \"$context\" does not answer: is it running, and does your login still hold?"
    fi
}

# Usage: confirm QUESTION: a yes of a person, or YES=1.
confirm() {
    [[ ${YES:-} == 1 ]] && return
    dry && return
    [[ -t 0 ]] || fail "this needs a yes: say it with YES=1 where nobody can be asked"
    local answer
    read -rp "$1 [y/N] " answer
    [[ $answer == [yY]* ]] || fail 'nothing was changed'
}

# Installs or upgrades, and takes it back if it does not become ready. What the release was told before, such as by
# `helm upgrade --set`, stays. Usage: deploy DEFAULTS [flags of helm]: DEFAULTS is the file of values that counts least,
# then comes what was told before, then VALUES, a file of your own, then the flags.
deploy() {
    local defaults=$1 told=()
    shift
    if dry; then
        echo "+ helm get values $RELEASE --namespace $NAMESPACE (what it was told before stays)"
    elif helm status "$RELEASE" --namespace "$NAMESPACE" >/dev/null 2>&1; then
        folder=$(mktemp -d)
        # shellcheck disable=SC2064 # as it is now
        trap "rm -rf '$folder'" EXIT
        helm get values "$RELEASE" --namespace "$NAMESPACE" --output yaml >"$folder/told.yaml" ||
            fail "cannot read the values of the release $RELEASE: nothing was changed"
        told=(--values "$folder/told.yaml")
    fi
    run helm upgrade --install "$RELEASE" chart --namespace "$NAMESPACE" --create-namespace \
        --wait "$(rollback_flag)" --timeout "$TIMEOUT" --values "$defaults" ${told[@]+"${told[@]}"} ${VALUES:+--values "$VALUES"} "$@"
}

# Usage: fullname: what the chart calls its objects.
fullname() { if [[ $RELEASE == *todo-app* ]]; then echo "$RELEASE"; else echo "$RELEASE-todo-app"; fi; }

smoke() { run helm test "$RELEASE" --namespace "$NAMESPACE" --timeout 3m --logs; }

# A Secret of the release's own, so that no secret is in Helm's records or on a command line. What is there stays.
# The model's key is taken from OPENAI_API_KEY, if that is set.
make_secret() {
    local name=$1 folder
    if dry; then
        echo "+ kubectl create secret generic $name --namespace $NAMESPACE (unless it is there)"
        return
    fi
    if kubectl get secret "$name" --namespace "$NAMESPACE" >/dev/null 2>&1; then
        say "$SCRIPT: the Secret $name is there and stays as it is"
        return
    fi
    need openssl 'it makes the secrets (Debian: apt-get install openssl)'
    folder=$(mktemp -d)
    (
        umask 077
        trap 'rm -rf "$folder"' EXIT
        openssl rand -base64 48 | tr -d '\n' >"$folder/jwt-secret"
        openssl rand -hex 32 | tr -d '\n' >"$folder/agent-token"
        [[ -z ${OPENAI_API_KEY:-} ]] || printf %s "$OPENAI_API_KEY" >"$folder/openai-api-key"
        kubectl create secret generic "$name" --namespace "$NAMESPACE" --from-file="$folder"
    )
}

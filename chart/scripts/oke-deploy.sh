#!/usr/bin/env bash
# Deploys to a cluster of Oracle Kubernetes Engine, or upgrades there: checks the tools and the cluster, builds for the
# nodes' processors, pushes, makes namespace and secret if missing, upgrades or takes it back, waits for the balancer's
# address, prints it, and runs helm test.
# Usage: REGISTRY=docker.io/you chart/scripts/oke-deploy.sh [flags of helm]
# DRY_RUN=1 changes nothing; CONTEXT=name insists on a context of kubectl; TAG (default: the commit); SKIP_BUILD=1 takes
# what the registry has; VALUES names a file of values of yours; OPENAI_API_KEY becomes the model's key when the secret
# is made.
set -euo pipefail
cd "$(dirname "$0")/../.."
SCRIPT=oke-deploy
# shellcheck source=chart/scripts/lib.sh
. chart/scripts/lib.sh

[[ -n ${REGISTRY:-} ]] || fail 'say where the images go: make oke-deploy REGISTRY=docker.io/you'
[[ ${REGISTRY%%/*} == *[.:]* || ${REGISTRY%%/*} == localhost ]] ||
    fail "REGISTRY=$REGISTRY does not begin with a host: OKE's nodes want the name in full, such as docker.io/${REGISTRY##*/}"
need_kubectl
need_helm
[[ ${SKIP_BUILD:-} == 1 ]] || need "${DOCKER:-docker}" 'it builds and pushes the images: https://docs.docker.com/engine/install'
need_values
announce_cluster
confirm 'Go on?'

# linux/arm64 or linux/amd64, each once, as the nodes have it.
node_platforms() {
    kubectl get nodes --output 'jsonpath={range .items[*]}linux/{.status.nodeInfo.architecture}{"\n"}{end}' | sort -u | paste -sd,
}

if dry; then
    platforms=${PLATFORMS:-linux/arm64}
else
    platforms=${PLATFORMS:-$(node_platforms)}
    [[ -n $platforms ]] || fail 'the cluster has no nodes: add a node pool first (docs/oke.md)'
fi
if [[ -z ${TAG:-} ]]; then
    TAG=$(git rev-parse --short=12 HEAD 2>/dev/null) || fail 'there is no git checkout here to name the images by: say TAG=…'
    # Nodes do not pull a name that they have, so what is not committed needs another one.
    if [[ ${SKIP_BUILD:-} != 1 && -n $(git status --porcelain) ]]; then
        TAG+=-$(date -u +%Y%m%d%H%M%S)
    fi
fi
say "oke-deploy: images $REGISTRY/todo-{web,api,agent}:$TAG for $platforms"

# A tag for each processor, and where there are several, one that lists them.
push_part() {
    local name=$REGISTRY/todo-$1:$TAG arch names=()
    for arch in ${platforms//linux\//}; do
        names+=("$name-$arch")
    done
    for arch in "${names[@]}"; do
        run "${DOCKER:-docker}" push "$arch"
    done
    if ((${#names[@]} == 1)); then
        run "${DOCKER:-docker}" tag "${names[0]}" "$name"
        run "${DOCKER:-docker}" push "$name"
    else
        run "${DOCKER:-docker}" manifest create --amend "$name" "${names[@]}"
        run "${DOCKER:-docker}" manifest push "$name"
    fi
}
if [[ ${SKIP_BUILD:-} != 1 ]]; then
    run make images "REGISTRY=$REGISTRY" "TAG=$TAG" "PLATFORMS=$platforms"
    platforms=${platforms//,/ }
    for part in "${PARTS[@]}"; do
        push_part "$part" || fail "$REGISTRY/todo-$part cannot be pushed: is \`docker login ${REGISTRY%%/*}\` done, and does the repository take it?"
    done
fi

if dry; then
    echo "+ kubectl create namespace $NAMESPACE (unless it is there)"
else
    if ! kubectl get namespace "$NAMESPACE" >/dev/null 2>&1; then
        kubectl create namespace "$NAMESPACE"
        # The first, so that oke-destroy knows that nobody else made it. In a namespace of others, the second would stop
        # what does not keep to it.
        kubectl label namespace "$NAMESPACE" todo-app/made-by=oke-deploy pod-security.kubernetes.io/enforce=restricted >/dev/null
    fi
fi
make_secret todo-secrets
deploy chart/values-oke.yaml --set "image.registry=$REGISTRY" --set-string "image.tag=$TAG" \
    --set secrets.existingSecret=todo-secrets "$@"

service=$(fullname)-web
# Usage: of_service PATH: a field of web's Service.
of_service() { kubectl get service "$service" --namespace "$NAMESPACE" --output "jsonpath=$1"; }

if dry; then
    echo "+ kubectl wait --for=jsonpath={.status.loadBalancer.ingress} service/$service --namespace $NAMESPACE"
    smoke
    exit
fi
if [[ $(of_service '{.spec.type}') != LoadBalancer ]]; then
    smoke
    echo "The app has no balancer of its own: \`helm status $RELEASE --namespace $NAMESPACE\` says where the app is"
    exit
fi
say "oke-deploy: waiting for the balancer's address, which takes a minute or two the first time"
kubectl wait --for='jsonpath={.status.loadBalancer.ingress}' "service/$service" --namespace "$NAMESPACE" \
    --timeout="$TIMEOUT" >/dev/null ||
    fail "the balancer has no address after $TIMEOUT: \`kubectl describe service $service --namespace $NAMESPACE\` says why (docs/troubleshooting.md)"
smoke
echo "The app: http://$(of_service '{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}')"

#!/usr/bin/env bash
# Removes the app and its balancer from the cluster. The data stays, unless DELETE_DATA=1; the cluster stays always.
# Usage: chart/scripts/oke-destroy.sh; DRY_RUN=1 changes nothing; YES=1 does not ask; CONTEXT=name insists on a context.
set -euo pipefail
cd "$(dirname "$0")/../.."
SCRIPT=oke-destroy
# shellcheck source=chart/scripts/lib.sh
. chart/scripts/lib.sh

need_kubectl
need_helm
announce_cluster
if [[ ${DELETE_DATA:-} == 1 ]]; then
    confirm "Remove the release $RELEASE WITH ALL ACCOUNTS AND TASKS, the backups, and the namespace $NAMESPACE with all that is in it, if oke-deploy made it? Nothing brings them back."
else
    confirm "Remove the release $RELEASE? The data and the secret stay."
fi

run helm uninstall "$RELEASE" --namespace "$NAMESPACE" --ignore-not-found --wait --timeout "$TIMEOUT"
# Helm leaves the pod of its test.
run kubectl delete pod "$(fullname)-smoke" --namespace "$NAMESPACE" --ignore-not-found
if [[ ${DELETE_DATA:-} == 1 ]]; then
    run kubectl delete persistentvolumeclaim --namespace "$NAMESPACE" --selector "app.kubernetes.io/instance=$RELEASE"
    run kubectl delete secret todo-secrets --namespace "$NAMESPACE" --ignore-not-found
    run kubectl delete namespace --selector todo-app/made-by=oke-deploy --field-selector "metadata.name=$NAMESPACE"
elif ! dry; then
    say "oke-destroy: kept, and found again by the next oke-deploy:"
    kubectl get persistentvolumeclaim,secret --namespace "$NAMESPACE" >&2
fi

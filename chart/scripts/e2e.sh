#!/usr/bin/env bash
# Takes the chart through its life on a real cluster, in a namespace of its own: install, helm test, upgrade, a failed
# upgrade, rollback, a pod deleted, backup, uninstall, and a reinstall that finds the data. The images have to be where
# the nodes find them. Usage: KUBECONFIG=… chart/scripts/e2e.sh
# IMAGE_REGISTRY (docker.io/library) and TAG (dev) name the images, READY_WITHIN the seconds from install to ready (20),
# HELM another helm, VALUES a file of values for this cluster; KEEP=1 leaves the namespace.
set -euo pipefail
cd "$(dirname "$0")/../.."
SCRIPT=chart-e2e
RELEASE=todo
NAMESPACE=${NAMESPACE:-todo-e2e-$RANDOM}
# shellcheck source=chart/scripts/lib.sh
. chart/scripts/lib.sh
# shellcheck source=chart/scripts/e2e-app.sh
. chart/scripts/e2e-app.sh

IMAGE_REGISTRY=${IMAGE_REGISTRY:-docker.io/library}
TAG=${TAG:-dev}
READY_WITHIN=${READY_WITHIN:-20}

[[ -n ${KUBECONFIG:-} ]] || fail 'set KUBECONFIG to the file of a cluster to try the chart on'
tools=${TODO_CHART_TOOLS:-$HOME/.cache/todo-app/chart}
export PATH=$PATH:$tools/bin:$tools/venv/bin
command -v "${HELM:-helm}" >/dev/null || { chart/scripts/tools.sh && HELM=helm4; }
helm() { command "${HELM:-helm}" "$@"; }
need_kubectl
need curl 'it speaks to the app (Debian: apt-get install curl)'
announce_cluster

work=$(mktemp -d)
tidy() {
    local status=$?
    stop_forwarding
    ((status == 0)) || show_what_is_there
    [[ ${KEEP:-} == 1 ]] || kubectl delete namespace "$NAMESPACE" --wait=false >/dev/null 2>&1 || true
    rm -rf "$work"
    ((status == 0)) || say "chart-e2e: FAILED, at the step \"${step:-start}\""
}
trap tidy EXIT

show_what_is_there() {
    kubectl get pods,pvc --namespace "$NAMESPACE" --output wide >&2 || true
    kubectl get events --namespace "$NAMESPACE" --sort-by=.lastTimestamp 2>/dev/null | tail -20 >&2 || true
    kubectl logs --namespace "$NAMESPACE" --selector "app.kubernetes.io/instance=$RELEASE" --tail=5 --prefix >&2 || true
}

passed=0
step() {
    step=$1
    echo "--- $step"
}
ok() {
    passed=$((passed + 1))
    echo "    ok: $*"
}
# Usage: check WORDS COMMAND...
check() {
    local words=$1
    shift
    "$@" || fail "$step: not so: $words"
    ok "$words"
}

base=(--namespace "$NAMESPACE" --set "image.registry=$IMAGE_REGISTRY" --set-string "image.tag=$TAG"
    --set api.extraEnv[0].name=RATE_LIMIT --set-string api.extraEnv[0].value=off ${VALUES:+--values "$VALUES"})
install() { helm install "$RELEASE" chart "${base[@]}" --wait --timeout 2m >/dev/null; }
upgrade() { helm upgrade "$RELEASE" chart "${base[@]}" --wait --timeout 2m "$@" >/dev/null; }
secret() { kubectl get secret todo-todo-app --namespace "$NAMESPACE" --output "jsonpath={.data.$1}"; }
web_pods() { kubectl get deployment todo-todo-app-web --namespace "$NAMESPACE" --output 'jsonpath={.status.readyReplicas}'; }
completes() { kubectl wait --for=condition=Complete "job/$1" --namespace "$NAMESPACE" --timeout 2m >/dev/null; }
status() { helm list --namespace "$NAMESPACE" --deployed --failed --pending --output json | grep -o '"status":"[a-z-]*"'; }
passes_helm_test() { helm test "$RELEASE" --namespace "$NAMESPACE" --timeout 2m --logs >"$work/test.log" 2>&1 || { cat "$work/test.log" >&2; return 1; }; }

step 'a namespace that enforces the restricted profile'
kubectl create namespace "$NAMESPACE" >/dev/null
kubectl label namespace "$NAMESPACE" pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/warn=restricted >/dev/null
open_host_paths data

step 'install'
began=$(date +%s%N)
install 2>"$work/warnings" || { cat "$work/warnings" >&2; fail 'it does not become ready'; }
took=$((($(date +%s%N) - began) / 1000000))
ok "all pods are ready after $((took / 1000)).$(printf %03d $((took % 1000))) s"
check "that is within $READY_WITHIN s" test "$took" -le "$((READY_WITHIN * 1000))"
check 'the API server warned of nothing' no_warnings "$work/warnings"
check 'helm test passes' passes_helm_test
check 'the test saw the task' grep -q 'The task is on the list.' "$work/test.log"
register
add_task 'Outlives everything'
before=$(secret jwt-secret)

step 'upgrade'
more=(--set web.replicas=2 --set backup.enabled=true)
upgrade "${more[@]}"
check 'there are two web pods' test "$(web_pods)" = 2
check 'the secret that was made is kept' test "$(secret jwt-secret)" = "$before"
check 'the session and the task are there' sees_task 'Outlives everything'
check 'helm test passes' passes_helm_test

step 'a failed upgrade of web is taken back'
check 'the upgrade fails' fails upgrade "${more[@]}" --set web.image.tag=there-is-no-such-tag --timeout 20s "$(rollback_flag)"
check 'the release is deployed' test "$(status)" = '"status":"deployed"'
check 'the task is there' sees_task 'Outlives everything'

step 'a failed upgrade of the api is taken back'
check 'the upgrade fails' fails upgrade "${more[@]}" --set api.extraEnv[1].name=DATABASE_READERS --set-string api.extraEnv[1].value=none \
    --timeout 20s "$(rollback_flag)"
check 'the release is deployed' test "$(status)" = '"status":"deployed"'
check 'the task is there' sees_task 'Outlives everything'

step 'rollback to the first revision'
helm rollback "$RELEASE" 1 --namespace "$NAMESPACE" --wait --timeout 2m >/dev/null
check 'there is one web pod' eventually test_web_pods 1
check 'the task is there' sees_task 'Outlives everything'

step 'the pod of the api is deleted'
kubectl delete pod --namespace "$NAMESPACE" --selector app.kubernetes.io/component=api >/dev/null
kubectl rollout status deployment/todo-todo-app-api --namespace "$NAMESPACE" --timeout 2m >/dev/null
check 'the task is there' sees_task 'Outlives everything'

step 'backup'
open_host_paths backup
upgrade --set backup.enabled=true
kubectl create job backup-now --from=cronjob/todo-todo-app-backup --namespace "$NAMESPACE" >/dev/null
check 'the job completes' completes backup-now
check 'it wrote a copy' grep -q 'Wrote /backups/todo-' <(kubectl logs job/backup-now --namespace "$NAMESPACE")

step 'who reaches the api'
see_whether_policies_hold

step 'uninstall keeps the volume'
helm uninstall "$RELEASE" --namespace "$NAMESPACE" --wait --timeout 2m >/dev/null
stop_forwarding
check 'no pod is left' eventually no_pods
check 'the claim is there and bound' test "$(kubectl get pvc todo-todo-app-data --namespace "$NAMESPACE" --output 'jsonpath={.status.phase}')" = Bound

step 'a reinstall finds it'
install
log_in
check 'the account and the task are there' sees_task 'Outlives everything'
check 'helm test passes' passes_helm_test

echo "chart-e2e: $passed passed, 0 failed, with $(helm version --short) on Kubernetes $(kubectl version --output json 2>/dev/null | grep -A9 serverVersion | grep -o '"gitVersion": "[^"]*"' | cut -d'"' -f4)"

# shellcheck shell=bash
# shellcheck disable=SC2154 # work and base are e2e.sh's
# To be sourced by e2e.sh: a person who uses the app, and conditions to wait for.

email=ada-$RANDOM@example.org
password='correct horse battery staple'

# Usage: eventually COMMAND...: waits until it succeeds, a minute at most.
eventually() {
    local deadline=$((SECONDS + 60))
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.5
    done
}

fails() { ! "$@" 2>/dev/null; }
test_web_pods() { test "$(web_pods)" = "$1"; }
no_pods() { [[ -z $(kubectl get pods --namespace "$NAMESPACE" --selector 'app.kubernetes.io/component in (web,api,agent)' --output name) ]]; }
no_warnings() { ! grep -i warning "$1" >&2; }

stop_forwarding() {
    [[ -z ${forwarding:-} ]] || kill "$forwarding" 2>/dev/null || true
    forwarding=
}

# The app's address, by a tunnel to the pod behind the Service; another one once that pod is gone.
forward() {
    curl --silent --fail --max-time 5 --output "$work/page" "${url:-}/" 2>/dev/null && return
    stop_forwarding
    kubectl port-forward --namespace "$NAMESPACE" service/todo-todo-app-web :80 >"$work/forward" 2>&1 &
    forwarding=$!
    eventually grep -q Forwarding "$work/forward" || return 1
    url=http://127.0.0.1:$(grep -o '127.0.0.1:[0-9]*' "$work/forward" | head -1 | cut -d: -f2)
    curl --silent --fail --max-time 5 --output "$work/page" "$url/"
}

# Usage: ask METHOD PATH [JSON]: the answer's body is in $work/answer.
ask() {
    eventually forward || fail 'web cannot be reached'
    curl --silent --show-error --fail-with-body --max-time 30 --cookie "$work/cookies" --cookie-jar "$work/cookies" \
        --request "$1" ${3:+--header 'Content-Type: application/json' --data "$3"} --output "$work/answer" "$url/api$2"
}

register() { ask POST /auth/register "{\"email\": \"$email\", \"password\": \"$password\"}"; }
log_in() { eventually ask POST /auth/login "{\"email\": \"$email\", \"password\": \"$password\"}"; }
add_task() { ask POST /tasks "{\"title\": \"$1\"}"; }
sees_task() { eventually has_task "$1"; }
has_task() { ask GET /tasks && grep -qF "\"title\":\"$1\"" "$work/answer"; }

# Volumes of the provisioner kubernetes.io/host-path are folders of root, and Kubernetes does not apply fsGroup to
# folders of a node. Where that is this machine, the claim is made beforehand, and its folder given to the app's user.
open_host_paths() {
    local claim=todo-todo-app-$1 folder file=api
    [[ $1 == data ]] || file=backup
    kubectl get storageclass --output 'jsonpath={.items[*].provisioner}' | grep -q kubernetes.io/host-path || return 0
    if ! kubectl get pvc "$claim" --namespace "$NAMESPACE" >/dev/null 2>&1; then
        helm template "$RELEASE" chart "${base[@]}" --set backup.enabled=true --show-only "templates/$file/pvc.yaml" |
            kubectl apply --namespace "$NAMESPACE" --filename - >/dev/null
        kubectl annotate pvc "$claim" --namespace "$NAMESPACE" "meta.helm.sh/release-name=$RELEASE" \
            "meta.helm.sh/release-namespace=$NAMESPACE" >/dev/null
    fi
    kubectl wait --for='jsonpath={.status.phase}=Bound' "pvc/$claim" --namespace "$NAMESPACE" --timeout 1m >/dev/null
    folder=$(kubectl get pv "$(kubectl get pvc "$claim" --namespace "$NAMESPACE" --output 'jsonpath={.spec.volumeName}')" \
        --output 'jsonpath={.spec.hostPath.path}')
    [[ -d $folder ]] || fail "the volume of $claim is a folder of a node, $folder, and not on this machine: chown it to 10001 there"
    chown 10001:10001 "$folder"
}

# Says whether this cluster enforces NetworkPolicies: a pod without the right labels asks the api.
see_whether_policies_hold() {
    local api spec
    api=$(kubectl get service todo-todo-app-api --namespace "$NAMESPACE" --output 'jsonpath={.spec.clusterIP}')
    spec='{"spec": {"securityContext": {"runAsNonRoot": true, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{"name": "stranger", "image": "'$IMAGE_REGISTRY/todo-api:$TAG'", "args": ["healthcheck"],
        "env": [{"name": "API_BIND", "value": "'$api':8000"}], "securityContext": {"allowPrivilegeEscalation": false,
        "capabilities": {"drop": ["ALL"]}}}]}}'
    kubectl run stranger --namespace "$NAMESPACE" --restart=Never --image "$IMAGE_REGISTRY/todo-api:$TAG" --overrides "$spec" >/dev/null
    eventually stranger_ended || fail 'the pod that asks the api does not end'
    if [[ $(stranger_phase) == Failed ]]; then
        ok 'a pod without the right labels does not reach the api'
    else
        echo '    note: this cluster does not enforce NetworkPolicies; make chart-test reasons about them'
    fi
}
stranger_phase() { kubectl get pod stranger --namespace "$NAMESPACE" --output 'jsonpath={.status.phase}'; }
stranger_ended() { [[ $(stranger_phase) == @(Failed|Succeeded) ]]; }

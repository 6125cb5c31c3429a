#!/usr/bin/env bash
# Runs the app in minikube on this machine: starts it if needed, builds and loads the images, installs or upgrades,
# waits, and prints the address. Usage: chart/scripts/minikube.sh; DRY_RUN=1 changes nothing; SKIP_BUILD=1 takes the
# images that are there; PROFILE names another minikube; VALUES a file of values of yours; OPENAI_API_KEY becomes the
# model's key.
set -euo pipefail
cd "$(dirname "$0")/../.."
SCRIPT=minikube
# shellcheck source=chart/scripts/lib.sh
. chart/scripts/lib.sh

PROFILE=${PROFILE:-minikube}
TAG=${TAG:-dev}
CONTEXT=$PROFILE

need minikube 'https://minikube.sigs.k8s.io/docs/start'
need_kubectl
need_helm
need "${DOCKER:-docker}" 'it builds the images: https://docs.docker.com/engine/install'
need_values

if ! minikube status --profile "$PROFILE" >/dev/null 2>&1; then
    say "minikube: starting the profile $PROFILE"
    run minikube start --profile "$PROFILE"
fi
dry || kubectl config use-context "$PROFILE" >/dev/null
dry || announce_cluster

[[ ${SKIP_BUILD:-} == 1 ]] || run make images "TAG=$TAG"
for part in "${PARTS[@]}"; do
    run minikube image load --profile "$PROFILE" --overwrite=true "docker.io/library/todo-$part:$TAG"
done

# The same tag may name a newer image: its id makes new pods.
flags=(--set-string "image.tag=$TAG")
if ! dry; then
    for part in "${PARTS[@]}"; do
        id=$("${DOCKER:-docker}" image inspect --format '{{.Id}}' "docker.io/library/todo-$part:$TAG")
        flags+=(--set-string "$part.podAnnotations.todo-app/image=${id#sha256:}")
    done
    kubectl create namespace "$NAMESPACE" --dry-run=client --output yaml | kubectl apply --filename - >/dev/null
fi
make_secret todo-secrets
deploy chart/values-minikube.yaml "${flags[@]}" --set secrets.existingSecret=todo-secrets
smoke

if dry; then
    echo "+ minikube service $(fullname)-web --namespace $NAMESPACE --profile $PROFILE --url"
    exit
fi
echo
echo "The app: http://$(minikube ip --profile "$PROFILE"):$(kubectl get service "$(fullname)-web" --namespace "$NAMESPACE" \
    --output 'jsonpath={.spec.ports[0].nodePort}')"
echo "Where that address cannot be reached (Docker Desktop): minikube service $(fullname)-web --namespace $NAMESPACE --profile $PROFILE"

"""What a person reads after the installation."""

import pytest
from rendering import CHART, SECRETS, VALUE_SETS, helm

OPEN = "anyone who reaches the app may register"
CLEAR = "Passwords cross the network in the clear"
LOST = "All accounts and tasks are lost"
UNGUARDED = "Every pod of the cluster can speak to the api and the agent"
IN_RECORDS = "secrets given as values are kept in Helm's record"


def notes(name: str) -> str:
    given = name in ("given-secrets", "existing-secret")
    result = helm("helm4", "install", "todo", str(CHART), "--namespace=todo", "--dry-run=client",
                  f"--values={VALUE_SETS[name]}", *([] if given else SECRETS))
    assert result.returncode == 0, result.stderr
    return result.stdout.split("\nNOTES:\n")[1]


@pytest.mark.parametrize(("name", "warnings"), [("defaults", set()), ("oke", {OPEN, CLEAR}), ("minikube", {OPEN, CLEAR}),
                                                ("balancer-tls", {OPEN}), ("ingress-tls", {OPEN}), ("http-route", {OPEN}),
                                                ("no-volume", {LOST, UNGUARDED}), ("builtin-planner", set())])
def test_what_is_unsafe_is_said(name: str, warnings: set[str]) -> None:
    said = notes(name)
    assert {warning for warning in (OPEN, CLEAR, LOST, UNGUARDED) if warning in said} == warnings


def test_secrets_in_helms_records_are_pointed_at() -> None:
    assert IN_RECORDS in notes("given-secrets") and IN_RECORDS not in notes("existing-secret")


@pytest.mark.parametrize(("name", "address"), [("ingress-tls", "https://todo.example.org"), ("http-route", "https://todo.example.org"),
                                               ("oke", "kubectl get service todo-todo-app-web -n todo --watch"),
                                               ("minikube", "minikube service todo-todo-app-web"),
                                               ("defaults", "kubectl port-forward service/todo-todo-app-web 3000:80")])
def test_the_address_is_given(name: str, address: str) -> None:
    assert address in notes(name)

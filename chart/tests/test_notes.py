"""What a person reads after the installation."""

import pytest
from rendering import CHART, SECRETS, VALUE_SETS, helm

FIRST = "Whoever registers first owns the app"
OPEN = "anyone who reaches the app may register"
CLEAR = "Passwords cross the network in the clear"
LOST = "All accounts and tasks are lost"
UNGUARDED = "Every pod of the cluster can speak to the api and the agent"
IN_RECORDS = "secrets given as values are kept in Helm's record"


def notes(name: str, *more: str) -> str:
    given = name in ("given-secrets", "existing-secret")
    result = helm("helm4", "install", "todo", str(CHART), "--namespace=todo", "--dry-run=client",
                  f"--values={VALUE_SETS[name]}", *([] if given else SECRETS), *more)
    assert result.returncode == 0, result.stderr
    return result.stdout.split("\nNOTES:\n")[1]


@pytest.mark.parametrize(("name", "warnings"), [("defaults", {FIRST}), ("oke", {FIRST, CLEAR}), ("minikube", {FIRST, CLEAR}),
                                                ("balancer-tls", {FIRST}), ("ingress-tls", {FIRST}), ("http-route", {FIRST}),
                                                ("no-volume", {FIRST, LOST, UNGUARDED}), ("builtin-planner", set())])
def test_what_is_unsafe_is_said(name: str, warnings: set[str]) -> None:
    said = notes(name)
    assert {warning for warning in (FIRST, OPEN, CLEAR, LOST, UNGUARDED) if warning in said} == warnings


@pytest.mark.parametrize(("name", "said"), [("defaults", False), ("oke", True), ("balancer-tls", True), ("ingress-tls", True),
                                            ("http-route", True)])
def test_that_anyone_may_register_is_said_where_the_app_is_reached(name: str, said: bool) -> None:
    assert (OPEN in notes(name, "--set=api.registration=open")) == said


def test_secrets_in_helms_records_are_pointed_at() -> None:
    assert IN_RECORDS in notes("given-secrets") and IN_RECORDS not in notes("existing-secret")


@pytest.mark.parametrize(("name", "address"), [("ingress-tls", "https://todo.example.org"), ("http-route", "https://todo.example.org"),
                                               ("oke", "kubectl get service todo-todo-app-web -n todo --watch"),
                                               ("minikube", "minikube service todo-todo-app-web"),
                                               ("defaults", "kubectl port-forward service/todo-todo-app-web 3000:80")])
def test_the_address_is_given(name: str, address: str) -> None:
    assert address in notes(name)

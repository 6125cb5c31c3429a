//! `compose.yaml` against the pages that explain it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file)).unwrap()
}

/// The names of what can be set from outside: `${NAME:-default}`.
fn asked_for(compose: &str) -> BTreeSet<&str> {
    compose.split("${").skip(1).filter_map(|rest| rest.split([':', '}']).next()).collect()
}

/// The names of what the containers are given.
fn given(compose: &str) -> BTreeSet<&str> {
    let in_environment = compose.split("environment:\n").skip(1).flat_map(|rest| {
        let settings = rest.lines().filter(|line| !line.trim_start().starts_with('#'));
        settings.map_while(|line| line.strip_prefix("      ")?.split_once(": ")).map(|(name, _)| name)
    });
    in_environment.collect()
}

#[test]
fn what_can_be_set_is_explained() {
    let (compose, page) = (read("compose.yaml"), read("docs/docker.md"));
    let names = asked_for(&compose);
    assert!(names.contains("WEB_PORT") && names.len() > 15, "{names:?}");
    let unexplained: Vec<_> = names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(unexplained.is_empty(), "not in docs/docker.md: {unexplained:?}");
}

#[test]
fn what_the_containers_are_given_exists() {
    let (compose, page) = (read("compose.yaml"), read("docs/configuration.md"));
    let names = given(&compose);
    assert!(names.contains("JWT_SECRET_FILE") && names.len() > 15, "{names:?}");
    let known = |name: &str| page.contains(&format!("| `{}`", name.trim_end_matches("_FILE")));
    let unknown: Vec<_> = names.iter().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "not in docs/configuration.md: {unknown:?}");
}

#[test]
fn the_example_of_settings_names_only_what_is_asked_for() {
    let (compose, example, script) = (read("compose.yaml"), read(".env.example"), read("web/scripts/compose.sh"));
    let asked = asked_for(&compose);
    let lines = example.lines().filter_map(|line| line.strip_prefix('#')?.split_once('='));
    let names: BTreeSet<_> = lines.map(|(name, _)| name).filter(|name| !name.contains(' ')).collect();
    assert!(names.len() > 10, "{names:?}");
    let unknown: Vec<_> = names.iter().filter(|name| !asked.contains(*name) && !script.contains(*name)).collect();
    assert!(unknown.is_empty(), "in .env.example only: {unknown:?}");
    let missing: Vec<_> = asked.difference(&names).collect();
    assert!(missing.is_empty(), "not in .env.example: {missing:?}");
}

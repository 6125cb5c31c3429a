//! Secrets that are missing, short, and made.

use crate::support::engine::{docker, image, try_docker};
use crate::support::stack::Stack;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, Instant};

const LONG: &str = "a-secret-of-the-tests-that-is-long-enough";

/// Starts the part with these settings; it has to end at once, with one line that has all of `words`.
fn ends_with_one_line(part: &str, settings: &[String], words: &[&str]) {
    let image = image(part);
    let mut arguments = vec!["run", "--rm", "--read-only", "--cap-drop", "ALL"];
    settings.iter().for_each(|setting| arguments.extend(["--env", setting]));
    arguments.push(&image);
    let started = Instant::now();
    let (succeeded, said) = try_docker(&arguments);
    assert!(!succeeded, "{part} with {settings:?} went on");
    assert!(started.elapsed() < Duration::from_secs(10), "{part} took {:?}", started.elapsed());
    assert_eq!(said.lines().count(), 1, "{part}: {said}");
    assert!(words.iter().all(|word| said.contains(word)), "{part}: {said}");
    assert!(!said.contains("abc"), "the secret is told: {said}");
}

pub async fn a_missing_secret_ends_it_with_one_line() {
    ends_with_one_line("api", &[format!("AGENT_TOKEN={LONG}")], &["JWT_SECRET", "example"]);
    let nowhere = ["CREATE_SECRETS=on", "JWT_SECRET_FILE=/none/jwt_secret"].map(str::to_owned);
    ends_with_one_line("api", &nowhere, &["JWT_SECRET", "/none/jwt_secret", "cannot be made"]);
    ends_with_one_line("agent", &[], &["AGENT_TOKEN", "example"]);
    ends_with_one_line("agent", &["AGENT_TOKEN_FILE=/none".into()], &["AGENT_TOKEN", "/none", "No such file"]);
}

pub async fn a_short_secret_ends_it_with_one_line() {
    ends_with_one_line("api", &["JWT_SECRET=abc".into(), format!("AGENT_TOKEN={LONG}")], &["JWT_SECRET", "32"]);
    ends_with_one_line("api", &[format!("JWT_SECRET={LONG}"), "AGENT_TOKEN=abc".into()], &["AGENT_TOKEN", "16"]);
    ends_with_one_line("agent", &["AGENT_TOKEN=abc".into()], &["AGENT_TOKEN", "16"]);
}

/// `make compose-up` makes them once, for the owner and the containers alone.
pub async fn secrets_are_made_once() {
    let mut stack = Stack::start().await;
    let folder = stack.folder().join("secrets");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let made = (read("jwt_secret"), read("agent_token"));
    assert!(made.0.len() >= 32 && made.1.len() >= 32 && made.0 != made.1);
    assert_eq!(std::fs::metadata(&folder).unwrap().mode() & 0o777, 0o700, "nobody else gets at them");
    stack.restart().await;
    assert_eq!((read("jwt_secret"), read("agent_token")), made);
}

/// The api makes them in the volumes, readable by itself alone; the agent gets its own and not the one that signs.
pub async fn compose_alone_makes_its_secrets() {
    let stack = Stack::of_one_file();
    let client = stack.register("ada@example.org").await;
    let signing = copied(&stack, "api", "/data/secrets/jwt_secret");
    let shared = copied(&stack, "agent", "/shared/agent_token");
    assert!(signing.len() >= 32 && shared.len() >= 32 && signing != shared);
    let (found, said) = try_docker(&["cp", &format!("{}:/data/secrets", stack.container("agent")), "-"]);
    assert!(!found, "the agent has the secret that signs: {said}");
    stack.compose(&["down"]);
    stack.compose(&["up", "--detach", "--wait"]);
    assert_eq!(copied(&stack, "api", "/data/secrets/jwt_secret"), signing, "it is kept");
    assert_eq!(client.get("/me").await["email"], "ada@example.org", "who was signed in still is");
}

/// A file of a service's container, for its owner alone.
fn copied(stack: &Stack, service: &str, file: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let here = folder.path().join("secret");
    docker(&["cp", &format!("{}:{file}", stack.container(service)), here.to_str().unwrap()]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(&here), 0o600, "{file}");
    std::fs::read_to_string(&here).unwrap()
}

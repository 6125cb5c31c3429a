//! `web/scripts/compose.sh` with stand-ins for the engine and for podman-compose, which takes fewer words than Docker's.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Knows a container for each service, whose name is its id; those of `NEVER` were never started.
const ENGINE: &str = r#"#!/usr/bin/env bash
echo "engine $*" >>"$CALLS"
case "$*" in
    --version) echo 'podman version 5.4.2' ;;
    ps*) [[ "$*" =~ compose.service=([a-z]+) ]] && echo "${BASH_REMATCH[1]}" ;;
    inspect*Status*" ${NEVER:-none}") echo 'created ' ;;
    inspect*Health*) echo 'running healthy' ;;
esac
"#;

/// Ends well though a port is taken, as Docker's does.
const COMPOSE: &str = r#"#!/usr/bin/env bash
echo "compose $*" >>"$CALLS"
while [[ ${1:-} == --profile=* ]]; do shift; done
case "$*" in
    'up --detach --remove-orphans') [[ -z ${NEVER:-} ]] || { echo 'port 3000: address already in use' >&2; } ;;
    'down --remove-orphans' | 'start api' | 'stop api' | 'logs --follow --tail 100') ;;
    'port web 3000') echo 0.0.0.0:3000 ;;
    *) echo "podman-compose: error: unrecognized arguments: $*" >&2; exit 2 ;;
esac
"#;

/// A folder with the script, its stand-ins and a file `.env`.
struct Folder(PathBuf);

struct Outcome {
    succeeded: bool,
    said: String,
    calls: String,
}

impl Folder {
    fn new(name: &str, env: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compose-script").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("web/scripts")).unwrap();
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts");
        for file in ["compose.sh", "docker.sh"] {
            fs::copy(scripts.join(file), folder.join("web/scripts").join(file)).unwrap();
        }
        fs::write(folder.join(".env"), env).unwrap();
        for (file, text) in [("podman", ENGINE), ("podman-compose", COMPOSE)] {
            fs::write(folder.join(file), text).unwrap();
            fs::set_permissions(folder.join(file), fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self(folder)
    }

    fn run(&self, action: &str, environment: &[(&str, &str)]) -> Outcome {
        let calls = self.0.join("calls");
        let _ = fs::remove_file(&calls);
        let mut command = Command::new("bash");
        command.arg(self.0.join("web/scripts/compose.sh")).arg(action).env_clear();
        command.env("PATH", std::env::var("PATH").unwrap()).env("HOME", &self.0).env("CALLS", &calls);
        command.env("DOCKER", self.0.join("podman")).env("COMPOSE", self.0.join("podman-compose"));
        let output = command.envs(environment.iter().copied()).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        Outcome { succeeded: output.status.success(), said, calls: fs::read_to_string(calls).unwrap_or_default() }
    }

    fn secret(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(".secrets").join(name)).unwrap()
    }
}

#[test]
fn podman_compose_understands_what_it_is_asked() {
    let folder = Folder::new("podman", "");
    let up = folder.run("up", &[("PROFILES", "backup")]);
    assert!(up.succeeded && up.said.contains("ready: http://localhost:3000"), "{}", up.said);
    assert!(up.calls.contains("compose --profile=backup up --detach"), "{}", up.calls);
    let down = folder.run("down", &[]);
    assert!(down.succeeded, "{}", down.said);
    assert!(down.calls.contains("compose --profile=backup --profile=ollama down"), "{}", down.calls);
    assert!(folder.run("logs", &[]).succeeded);
}

#[test]
fn what_was_never_started_is_not_waited_for() {
    let started = Instant::now();
    let up = Folder::new("port", "").run("up", &[("NEVER", "web")]);
    assert!(!up.succeeded && started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(up.said.contains("address already in use") && up.said.contains("web is not healthy"), "{}", up.said);
}

#[test]
fn settings_have_quotes_and_comments() {
    let env = "TAG=\"1.2\" # the one that works\r\nexport REGISTRY=registry.example.org/todo\nCOMPOSE_PROFILES=backup, ollama\n\
        COMPOSE_PROJECT_NAME='mine'\n";
    let up = Folder::new("settings", env).run("up", &[]);
    assert!(up.succeeded, "{}", up.said);
    assert!(up.calls.contains("compose --profile=backup --profile=ollama up"), "{}", up.calls);
    assert!(up.calls.contains("compose.project=mine"), "{}", up.calls);
    let image = Folder::new("image", "TAG=\"1.2\" # the one that works\r\n").run("up", &[]);
    assert!(image.calls.contains("image inspect docker.io/library/todo-web:1.2"), "{}", image.calls);
    let disabled = Folder::new("disabled", "TAG=1.2\n").run("up", &[("COMPOSE_DISABLE_ENV_FILE", "1")]);
    assert!(disabled.calls.contains("todo-web:dev"), "{}", disabled.calls);
}

#[test]
fn the_models_key_is_taken_when_the_secrets_are_made() {
    let folder = Folder::new("key", "OPENAI_API_KEY=sk-first\n");
    assert!(folder.run("secrets", &[]).succeeded);
    assert_eq!(folder.secret("openai_api_key"), "sk-first");
    let again = folder.run("secrets", &[("OPENAI_API_KEY", "sk-second")]);
    assert_eq!(folder.secret("openai_api_key"), "sk-first", "what is there stays");
    assert!(again.said.contains("OPENAI_API_KEY is set, but"), "{}", again.said);
    assert!(!again.said.contains("sk-"), "no key is shown: {}", again.said);
}

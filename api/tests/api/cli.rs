//! The program itself: its commands and how it speaks of wrong settings.

use crate::support::TestApp;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn program(database: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_todo-api"));
    command.args(arguments).env_clear().env("DATABASE_URL", database);
    command
}

fn run(database: &Path, arguments: &[&str]) -> Output {
    program(database, arguments).output().unwrap()
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn fails_with(output: &Output, words: &[&str]) {
    assert!(!output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text:?}");
    }
}

async fn app_with_a_task() -> TestApp {
    let app = TestApp::start().await;
    let ada = app.register_as("ada@example.org").await;
    assert_eq!(ada.post("/api/tasks", json!({ "title": "Find the zebra" })).await.0, 201);
    app
}

#[tokio::test]
async fn a_backup_of_a_running_server_restores_into_a_stopped_one() {
    let app = app_with_a_task().await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, elsewhere) = (folder.path().join("backup.sqlite3"), folder.path().join("new/todo.sqlite3"));
    succeeds(&run(&app.database(), &["backup", backup.to_str().unwrap()]));
    let said = succeeds(&run(&elsewhere, &["restore", backup.to_str().unwrap()]));
    assert!(said.contains("Restored"), "{said}");
    assert!(succeeds(&run(&elsewhere, &["check"])).contains("is whole"));
    assert!(succeeds(&run(&elsewhere, &["user", "list"])).contains("ada@example.org"));
}

#[tokio::test]
async fn a_backup_replaces_nothing_unless_told() {
    let app = app_with_a_task().await;
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.sqlite3");
    std::fs::write(&backup, "precious").unwrap();
    let to = backup.to_str().unwrap();
    fails_with(&run(&app.database(), &["backup", to]), &["is there already", "--force"]);
    assert_eq!(std::fs::read(&backup).unwrap(), b"precious");
    succeeds(&run(&app.database(), &["backup", "--force", to]));
    assert!(todo_api::db::check(&backup).unwrap().is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[tokio::test]
async fn backups_in_a_folder_are_named_by_time_and_only_old_ones_of_that_name_are_deleted() {
    let app = app_with_a_task().await;
    let folder = tempfile::tempdir().unwrap();
    let old = ["todo-20260101T030000Z.sqlite3", "todo-20260102T030000Z.sqlite3"];
    let others = ["todo-list.sqlite3", "todo-20260101T030000Z.sqlite3.partial-7", "notes.txt"];
    old.iter().chain(&others).for_each(|name| std::fs::write(folder.path().join(name), "kept").unwrap());
    let to = folder.path().to_str().unwrap();
    let said = succeeds(&run(&app.database(), &["backup", "--into", to, "--keep", "2"]));
    assert!(said.contains("Wrote") && said.contains(&format!("Deleted {to}/{}", old[0])), "{said}");
    let there = |name: &&str| folder.path().join(name).exists();
    assert!(!there(&old[0]) && there(&old[1]) && others.iter().all(there));
    let new = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let new =
        new.filter(|path| !path.ends_with(old[1])).find(|path| todo_api::db::check(path).is_ok_and(|p| p.is_empty()));
    assert!(new.is_some(), "the new copy is whole");
}

#[tokio::test]
async fn a_backup_needs_a_place_and_keeps_at_least_one() {
    let app = app_with_a_task().await;
    fails_with(&run(&app.database(), &["backup"]), &["<FILE|--into <FOLDER>>"]);
    fails_with(&run(&app.database(), &["backup", "--into", "/tmp", "--keep", "0"]), &["--keep"]);
    fails_with(&run(&app.database(), &["backup", "here.sqlite3", "--keep", "3"]), &["--keep"]);
    fails_with(&run(&app.database(), &["backup", "here.sqlite3", "--daily", "03:00"]), &["--daily"]);
}

#[tokio::test]
async fn a_restore_refuses_a_running_server() {
    let app = app_with_a_task().await;
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.sqlite3");
    succeeds(&run(&app.database(), &["backup", backup.to_str().unwrap()]));
    fails_with(&run(&app.database(), &["restore", backup.to_str().unwrap()]), &["server is running", "stop it"]);
    fails_with(&run(&app.database(), &["migrate"]), &["server is running"]);
    assert_eq!(app.search_rows("zebra").await, 1);
}

#[tokio::test]
async fn a_restore_keeps_the_old_file_aside() {
    let app = app_with_a_task().await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, file) = (folder.path().join("backup.sqlite3"), folder.path().join("todo.sqlite3"));
    succeeds(&run(&app.database(), &["backup", backup.to_str().unwrap()]));
    let mut child = program(&file, &["user", "add", "old@example.org"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"correct horse\n").unwrap();
    assert!(child.wait().unwrap().success());
    let said = succeeds(&run(&file, &["restore", backup.to_str().unwrap()]));
    let kept = said.split("kept as ").nth(1).unwrap().trim().trim_end_matches('.');
    assert!(succeeds(&run(Path::new(kept), &["user", "list"])).contains("old@example.org"));
    assert!(!succeeds(&run(&file, &["user", "list"])).contains("old@example.org"));
}

#[tokio::test]
async fn a_restore_refuses_what_is_no_whole_database_of_ours_and_changes_nothing() {
    let app = app_with_a_task().await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (backup, file) = (path("backup.sqlite3"), path("todo.sqlite3"));
    succeeds(&run(&app.database(), &["backup", backup.to_str().unwrap()]));
    succeeds(&run(&file, &["restore", backup.to_str().unwrap()]));
    let before = std::fs::read(&file).unwrap();

    std::fs::write(path("text"), "not a database, but long enough to be looked at".repeat(100)).unwrap();
    let mut damaged = std::fs::read(&backup).unwrap();
    damaged.iter_mut().skip(4096).step_by(7).for_each(|byte| *byte ^= 0x5a);
    std::fs::write(path("damaged"), damaged).unwrap();
    let whole = std::fs::read(&backup).unwrap();
    std::fs::write(path("cut"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(path("empty"), "").unwrap();
    foreign_database(&path("foreign"));
    newer_database(&backup, &path("newer"));

    for (name, word) in [
        ("text", "not a database"),
        ("damaged", ""),
        ("cut", ""),
        ("empty", "no todo-app database"),
        ("foreign", "no todo-app database"),
        ("newer", "newer than this program"),
        ("absent", "no such file"),
    ] {
        fails_with(&run(&file, &["restore", path(name).to_str().unwrap()]), &[name, word]);
        assert_eq!(std::fs::read(&file).unwrap(), before, "{name}");
    }
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("partial")), "{names:?}");
}

fn foreign_database(file: &Path) {
    execute(file, "CREATE TABLE recipes (id INTEGER)");
}

fn newer_database(backup: &Path, file: &Path) {
    std::fs::copy(backup, file).unwrap();
    execute(file, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')");
}

fn execute(file: &Path, sql: &str) {
    use diesel::connection::SimpleConnection;
    todo_api::db::connect(file).unwrap().batch_execute(sql).unwrap();
}

#[tokio::test]
async fn check_finds_what_is_not_whole() {
    let app = app_with_a_task().await;
    assert!(succeeds(&run(&app.database(), &["check"])).contains("is whole"), "beside a running server");
    execute(&app.database(), "DELETE FROM task_search");
    let output = run(&app.database(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("the search index lacks task 1"));
    fails_with(&run(Path::new("/nonexistent/todo.sqlite3"), &["check"]), &["/nonexistent/todo.sqlite3"]);
}

#[tokio::test]
async fn accounts_are_managed_beside_a_running_server() {
    let app = TestApp::with(&["--registration", "closed"], Default::default()).await;
    let said = succeeds(&run(&app.database(), &["user", "add", "ada@example.org", "--generate"]));
    let password = said.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    let login = json!({ "email": "ada@example.org", "password": password });
    let ada = app.visitor();
    assert_eq!(ada.post("/api/auth/login", login.clone()).await.0, 200);
    fails_with(&run(&app.database(), &["user", "add", "ada@example.org", "--generate"]), &["register with another"]);
    succeeds(&run(&app.database(), &["user", "reset-password", "ada@example.org", "--generate"]));
    assert_eq!(app.visitor().post("/api/auth/login", login).await.0, 401);
    fails_with(&run(&app.database(), &["user", "delete", "ada@example.org"]), &["--yes"]);
    succeeds(&run(&app.database(), &["user", "delete", "ada@example.org", "--yes"]));
    assert_eq!(succeeds(&run(&app.database(), &["user", "list"])), "");
    fails_with(&run(&app.database(), &["user", "delete", "ada@example.org", "--yes"]), &["no such account"]);
}

#[test]
fn a_wrong_setting_ends_the_program_with_its_name_and_an_example() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("todo.sqlite3");
    let good = [("JWT_SECRET", "0123456789abcdef0123456789abcdef"), ("AGENT_TOKEN", "0123456789abcdef")];
    for (name, value, example) in [
        ("JWT_SECRET", "", "JWT_SECRET=$("),
        ("JWT_SECRET", "31 bytes are one byte too few..", "32 bytes"),
        ("JWT_SECRET_FILE", "/nonexistent", "JWT_SECRET_FILE"),
        ("AGENT_TOKEN", "short", "AGENT_TOKEN=$("),
        ("AGENT_URL", "127.0.0.1:8010", "AGENT_URL=http://"),
        ("AGENT_URL", "https://agent", "AGENT_URL=http://"),
        ("API_BIND", "8000", "API_BIND=127.0.0.1:8000"),
        ("DATABASE_URL", "postgres://db/todo", "DATABASE_URL=data/"),
        ("DATABASE_URL", "/", "DATABASE_URL=data/"),
        ("DATABASE_READERS", "0", "DATABASE_READERS=4"),
        ("REGISTRATION", "maybe", "[possible values: open, invite, closed]"),
        ("RATE_LIMIT", "maybe", "RATE_LIMIT=off"),
        ("CREATE_SECRETS", "maybe", "CREATE_SECRETS=on"),
        ("PROXY_HOPS", "-1", "PROXY_HOPS=1"),
        ("PUBLIC_ORIGINS", "todo.example.org", "PUBLIC_ORIGINS=https://"),
        ("COOKIE_SECURE", "maybe", "[possible values: auto, always, never]"),
        ("METRICS_BIND", "9000", "METRICS_BIND=0.0.0.0:9000"),
        ("CHAT_STEPS", "many", "CHAT_STEPS=8"),
        ("CHAT_STEP_TIMEOUT", "60", "60s"),
        ("MODEL_MONTHLY_TOKENS", "0", "MODEL_MONTHLY_TOKENS=2000000"),
        ("MODEL_INPUT_PRICE", "cheap", "MODEL_INPUT_PRICE=0.25"),
        ("MODEL_OUTPUT_PRICE", "-1", "MODEL_OUTPUT_PRICE=2.00"),
        ("MODEL_CURRENCY", "dollars", "MODEL_CURRENCY=EUR"),
        ("SSE_HEARTBEAT", "0s", "60s"),
        ("LOG_FORMAT", "xml", "[possible values: auto, json, text]"),
        ("RUST_LOG", "a=b=c", "RUST_LOG=info"),
    ] {
        let output = program(&database, &[]).envs(good).env(name, value).output().unwrap();
        fails_with(&output, &[name, example]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            !name.starts_with("JWT_SECRET") || value.is_empty() || name.ends_with("FILE") || !said.contains(value),
            "{said}"
        );
    }
    assert!(!database.exists(), "nothing was begun");
}

#[test]
fn help_lists_every_command_and_setting() {
    let help = succeeds(&run(Path::new("unused"), &["--help"]));
    for command in ["serve", "migrate", "backup", "restore", "check", "openapi", "healthcheck", "user"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    let output =
        program(Path::new("unused"), &["serve", "--help"]).env("JWT_SECRET", "do-not-show-me").output().unwrap();
    let help = succeeds(&output);
    assert!(help.contains("[env: DATABASE_URL=") && !help.contains("do-not-show-me"), "{help}");
}

#[test]
fn a_port_that_is_taken_is_said_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let output = program(&folder.path().join("todo.sqlite3"), &[])
        .envs([("JWT_SECRET", "0123456789abcdef0123456789abcdef"), ("AGENT_TOKEN", "0123456789abcdef")])
        .env("API_BIND", taken.local_addr().unwrap().to_string())
        .output()
        .unwrap();
    fails_with(&output, &["API_BIND: cannot listen", "in use"]);
}

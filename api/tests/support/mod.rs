//! Starts the real server on a port of its own, with a database of its own, and speaks to it as clients do.

mod client;
mod cookies;

pub(crate) use client::{TestClient, json_of};
pub(crate) use cookies::Cookies;

use clap::Parser;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use jiff::Timestamp;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use todo_api::clock::Clock;
use todo_api::config::Settings;
use todo_api::server::{self, Running};
use todo_api::state::AppState;

/// The moment at which [`TestApp::start_at_fixed_time`] stands: a Monday.
pub(crate) const FIXED_NOW: &str = "2027-03-01T09:00:00Z";
pub(crate) const PASSWORD: &str = "correct horse";

/// A server, which ends with the test's runtime.
pub(crate) struct TestApp {
    pub(crate) state: AppState,
    running: Running,
    url: String,
    folder: TempDir,
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    settings: Settings,
}

/// Settings as they are read from a command line of `arguments`, with secrets.
pub(crate) fn settings(database: &Path, arguments: &[&str]) -> Settings {
    let database = database.display().to_string();
    let fixed = ["test", "--jwt-secret", "0123456789abcdef0123456789abcdef", "--agent-token", "0123456789abcdef"];
    let defaults = ["--database-url", &database, "--rate-limit", "off", "--registration", "open"];
    let given = |flag: &str| arguments.contains(&flag);
    let mut all: Vec<&str> = fixed.to_vec();
    all.extend(defaults.chunks(2).filter(|pair| !given(pair[0])).flatten());
    all.extend(arguments);
    Arguments::try_parse_from(all).unwrap().settings.with_secrets().unwrap()
}

impl TestApp {
    /// With the system's clock.
    pub(crate) async fn start() -> Self {
        Self::with(&[], Clock::system()).await
    }

    /// With a clock that stands at [`FIXED_NOW`] until a test moves it by `app.state.clock.advance(…)`.
    pub(crate) async fn start_at_fixed_time() -> Self {
        Self::with(&[], Clock::fixed(FIXED_NOW.parse::<Timestamp>().unwrap())).await
    }

    /// With these flags of the command line.
    pub(crate) async fn with(arguments: &[&str], clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(template(), folder.path().join("todo.sqlite3")).unwrap();
        Self::open(folder, arguments, clock).await
    }

    async fn open(folder: TempDir, arguments: &[&str], clock: Clock) -> Self {
        let settings = settings(&folder.path().join("todo.sqlite3"), arguments);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (running, server) = server::start(settings, clock, listener).await.unwrap();
        tokio::spawn(server);
        Self { url: format!("http://{}", running.address), state: running.state.clone(), running, folder }
    }

    /// Stops the server and starts another on the same data.
    pub(crate) async fn restart(self, arguments: &[&str]) -> Self {
        let Self { state, running, folder, .. } = self;
        let clock = state.clock.clone();
        drop(state);
        running.stop().await;
        Self::open(folder, arguments, clock).await
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("todo.sqlite3")
    }

    /// `http://127.0.0.1:port`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A browser without a session.
    pub(crate) fn visitor(&self) -> TestClient {
        TestClient::visitor(&self.url)
    }

    /// A browser that signed up just now.
    pub(crate) async fn register(&self) -> TestClient {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let email = format!("person{}@example.org", COUNT.fetch_add(1, Ordering::Relaxed));
        self.register_as(&email).await
    }

    /// A browser that signed up just now as `email`.
    pub(crate) async fn register_as(&self, email: &str) -> TestClient {
        let visitor = self.visitor();
        let body = serde_json::json!({ "email": email, "password": PASSWORD, "time_zone": "Europe/Berlin" });
        let (status, answer) = visitor.post("/api/auth/register", body).await;
        assert_eq!(status, 201, "{answer}");
        visitor
    }
}

fn template() -> &'static Path {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, file) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("template.sqlite3");
        todo_api::db::migrate(&file).unwrap();
        (folder, file)
    });
    file
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl TestApp {
    /// A browser that signs in as `email`.
    pub(crate) async fn sign_in(&self, email: &str) -> TestClient {
        let browser = self.visitor();
        let (status, answer) =
            browser.post("/api/auth/login", serde_json::json!({ "email": email, "password": PASSWORD })).await;
        assert_eq!(status, 200, "{answer}");
        browser
    }

    /// Waits until `condition` holds, for ten seconds at most.
    pub(crate) async fn until(&self, mut condition: impl AsyncFnMut() -> bool) {
        let wait = async {
            while !condition().await {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the condition holds within ten seconds");
    }

    /// Runs a query that counts, as `count`.
    pub(crate) async fn count(&self, sql: String) -> i64 {
        let counted = self.state.db.read(move |c| Ok(diesel::sql_query(sql).get_result::<Count>(c)?.count));
        counted.await.unwrap()
    }

    /// The tables, by name, that have rows of `user_id`.
    pub(crate) async fn rows_of(&self, user_id: i64) -> Vec<String> {
        let tables = "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
                      WHERE m.type = 'table' AND c.name = 'user_id'";
        let names = self.state.db.read(move |c| Ok(diesel::sql_query(tables).load::<Name>(c)?)).await.unwrap();
        assert!(names.len() >= 7, "the tables with a user_id were found");
        let mut found = Vec::new();
        for Name { name } in names {
            if self.count(format!("SELECT count(*) AS count FROM {name} WHERE user_id = {user_id}")).await > 0 {
                found.push(name);
            }
        }
        found
    }

    /// How many tasks of all accounts the index finds.
    pub(crate) async fn search_rows(&self, word: &str) -> i64 {
        let words: Vec<_> = (1..10).map(|owner| format!("\"{owner}:{word}\"")).collect();
        let any = words.join(" OR ");
        self.count(format!("SELECT count(*) AS count FROM task_search WHERE task_search MATCH '{any}'")).await
    }
}

//! `todo-api smoke`: does what a person does first, from outside, and says how far it came.

use super::{Failure, client, say};
use crate::config::Registration;
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(250);
/// A turn of the chat takes no longer.
const PATIENCE: Duration = Duration::from_secs(130);

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where the app is, as a browser in the same network would open it.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:3000", value_parser = front_door)]
    url: String,
    /// How many seconds to wait until it answers.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
    /// What the server's REGISTRATION is: where nobody may register, it is enough that the server says so.
    #[arg(long, default_value = "open")]
    registration: Registration,
}

fn front_door(text: &str) -> Result<String, String> {
    let wrong = |what: &str| format!("{what}; example: --url=http://127.0.0.1:3000");
    let url = reqwest::Url::parse(text).map_err(|_| wrong("not a URL"))?;
    if url.scheme() != "http" {
        return Err(wrong("must begin with http:// (this command speaks no TLS)"));
    }
    if url.path() != "/" || url.query().is_some() {
        return Err(wrong("must not have a path"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let http = client(PATIENCE)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut visitor = Visitor { http, url: args.url.clone(), cookies: Vec::new() };
        visitor.wait_for_page(Duration::from_secs(args.wait)).await?;
        match args.registration {
            Registration::Open => visitor.use_it().await,
            Registration::Closed => visitor.stay_outside().await,
            // Whoever registers first owns the server, so this does not.
            Registration::Invite => visitor.look_on().await,
        }
    })
}

struct Visitor {
    http: Client,
    url: String,
    cookies: Vec<String>,
}

impl Visitor {
    async fn wait_for_page(&self, within: Duration) -> Result<(), Failure> {
        let deadline = Instant::now() + within;
        loop {
            let problem = match self.page().await {
                Ok(page) if page.contains("<html") => return say("The page is there."),
                Ok(_) => "it answers with something else than a page".to_owned(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > deadline {
                return Err(format!("no page at {} within {within:?}: {problem}", self.url).into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn page(&self) -> reqwest::Result<String> {
        self.http.get(&self.url).send().await?.error_for_status()?.text().await
    }

    async fn use_it(&mut self) -> Result<(), Failure> {
        let word = random_word()?;
        let (email, title) = (format!("smoke-{word}@example.org"), format!("Smoke {word}"));
        let credentials = json!({ "email": email, "password": random_word()? });
        self.expect(Method::POST, "/auth/register", &credentials, StatusCode::CREATED).await?;
        say(&format!("Registered {email}."))?;
        let used = self.chat_as(&credentials, &title).await;
        // Whatever happened, no account is left behind.
        let gone =
            self.expect(Method::DELETE, "/me", &credentials_without_email(&credentials), StatusCode::NO_CONTENT).await;
        used?;
        gone?;
        say("Deleted the account.")
    }

    async fn chat_as(&mut self, credentials: &Value, title: &str) -> Result<(), Failure> {
        self.expect(Method::POST, "/auth/login", credentials, StatusCode::OK).await?;
        say("Logged in.")?;
        let planner = self.expect(Method::GET, "/planner", &Value::Null, StatusCode::OK).await?;
        if planner.get("available") != Some(&Value::Bool(true)) {
            return Err("the api cannot reach the agent".into());
        }
        // The built-in planner is asked for by name, so that no model is paid for, and none can be in the way.
        let message = json!({ "message": format!("add {title}"), "planner": "builtin" });
        let answer = self.expect(Method::POST, "/chat", &message, StatusCode::OK).await?;
        say(&format!("Said \"add {title}\"; the answer was: {}", text(&answer, "response")))?;
        let list = self.expect(Method::GET, "/tasks", &Value::Null, StatusCode::OK).await?;
        let titles: Vec<&str> =
            list.get("items").and_then(Value::as_array).into_iter().flatten().map(|task| text(task, "title")).collect();
        if titles != [title] {
            return Err(format!("the list should have the one task {title:?}, but has {titles:?}").into());
        }
        say("The task is on the list.")
    }

    async fn look_on(&mut self) -> Result<(), Failure> {
        let instance = self.expect(Method::GET, "/instance", &Value::Null, StatusCode::OK).await?;
        match text(&instance, "registration") {
            state @ ("first" | "invite") => say(&format!(
                "The server answers, and its registration is {state:?}, as it is told. The chat was not tried."
            )),
            other => Err(format!("registration should be \"first\" or \"invite\", but is {other:?}").into()),
        }
    }

    async fn stay_outside(&mut self) -> Result<(), Failure> {
        let nobody = json!({ "email": "smoke@example.org", "password": random_word()? });
        self.expect(Method::POST, "/auth/register", &nobody, StatusCode::FORBIDDEN).await?;
        say("The server answers, and lets nobody register, as it is told. The chat was not tried.")
    }

    /// Sends `body` to a path under /api, insists on the status, and keeps the cookies.
    async fn expect(&mut self, method: Method, path: &str, body: &Value, status: StatusCode) -> Result<Value, Failure> {
        let request = self.http.request(method.clone(), format!("{}/api{path}", self.url));
        let response = with(request, &self.cookies, body).send().await?;
        let found = response.status();
        let new: Vec<String> =
            response.headers().get_all(SET_COOKIE).iter().filter_map(|line| pair(line.to_str().ok()?)).collect();
        if !new.is_empty() {
            self.cookies = new;
        }
        let answer = response.text().await?;
        if found == status {
            return Ok(serde_json::from_str(&answer).unwrap_or(Value::Null));
        }
        Err(format!("{method} /api{path} answered {found} and not {status}: {answer}").into())
    }
}

fn with(request: RequestBuilder, cookies: &[String], body: &Value) -> RequestBuilder {
    let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) };
    if body.is_null() { request } else { request.json(body) }
}

fn credentials_without_email(credentials: &Value) -> Value {
    json!({ "password": text(credentials, "password") })
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The `name=value` of a `Set-Cookie` line.
fn pair(line: &str) -> Option<String> {
    line.split(';').next().map(|pair| pair.trim().to_owned())
}

/// Of letters, so that no planner finds a date in it.
fn random_word() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| char::from(b'a' + byte % 16)).collect())
}

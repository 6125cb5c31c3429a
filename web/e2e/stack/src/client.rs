//! A script that speaks to the front door.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// What every test's account signs in with.
pub const PASSWORD: &str = "correct horse battery staple";

/// A signed-in account.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    fn new(url: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        Self { http, url: url.to_owned() }
    }

    /// A request below `/api`, as the account, to be sent by the caller.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}/api{path}", self.url))
    }

    /// Signs in to an account that is there.
    pub async fn sign_in(url: &str, email: &str) -> Self {
        let client = Self::new(url);
        client.post("/auth/login", json!({"email": email, "password": PASSWORD})).await;
        client
    }

    /// Signs up.
    pub async fn register(url: &str, email: &str) -> Self {
        let client = Self::new(url);
        let body = json!({"email": email, "password": PASSWORD, "time_zone": "Europe/Berlin"});
        let (status, answer) = client.send(Method::POST, "/auth/register", Some(&body)).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        client
    }

    /// Sends a request below `/api`; an answer without JSON is `null`.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        self.try_send(method, path, body).await.unwrap()
    }

    /// As [`Self::send`], where the server may be gone.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> reqwest::Result<(StatusCode, Value)> {
        let request = self.request(method, path);
        let answer = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = answer.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The JSON at a path.
    ///
    /// # Panics
    /// If the answer is not 200.
    pub async fn get(&self, path: &str) -> Value {
        self.expect(Method::GET, path, None, 200).await
    }

    /// Posts, and answers with the JSON that came back.
    ///
    /// # Panics
    /// If the answer is not a success.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(Method::POST, path, Some(&body)).await;
        assert!(status.is_success(), "POST {path} {body}: {status} {answer}");
        answer
    }

    /// Sends, and insists on the status.
    pub async fn expect(&self, method: Method, path: &str, body: Option<&Value>, status: u16) -> Value {
        let (found, answer) = self.send(method.clone(), path, body).await;
        assert_eq!(found.as_u16(), status, "{method} {path}: {answer}");
        answer
    }

    /// Makes a task with a title and no more.
    pub async fn add(&self, title: &str) -> Value {
        self.post("/tasks", json!({"title": title})).await
    }

    /// Says something, and waits for the whole answer.
    pub async fn say(&self, message: &str) -> Value {
        self.post("/chat", json!({"message": message})).await
    }

    /// The titles on the list, in order; `query` such as `?status=done`.
    pub async fn titles(&self, query: &str) -> Vec<String> {
        let page = self.get(&format!("/tasks{query}")).await;
        let items = page["items"].as_array().unwrap();
        items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    }

    /// A personal API token.
    pub async fn token(&self) -> String {
        let made = self.post("/me/tokens", json!({"name": "test", "scope": "read_write"})).await;
        made["token"].as_str().unwrap().to_owned()
    }
}

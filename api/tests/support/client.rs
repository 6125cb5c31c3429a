//! A browser with its cookies, or a script with its token.

use super::Cookies;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

pub(crate) struct TestClient {
    base: String,
    http: Client,
}

impl TestClient {
    /// Keeps cookies; sends no Origin, as scripts do.
    pub(crate) fn visitor(base: &str) -> Self {
        let http = Client::builder().cookie_store(true).no_proxy().build().unwrap();
        Self { base: base.to_owned(), http }
    }

    /// Shows a personal API token and keeps no cookies.
    pub(crate) fn bearer(base: &str, token: &str) -> Self {
        let value = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
        let headers = HeaderMap::from_iter([(reqwest::header::AUTHORIZATION, value)]);
        let http = Client::builder().default_headers(headers).no_proxy().build().unwrap();
        Self { base: base.to_owned(), http }
    }

    /// The same client, with its cookies, at another server.
    pub(crate) fn at(self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self }
    }

    /// Makes a token of `scope` (`read`, `read_write`) and answers with a client that shows it.
    pub(crate) async fn token(&self, scope: &str) -> Self {
        let (status, created) = self.post("/api/me/tokens", json!({ "name": "script", "scope": scope })).await;
        assert_eq!(status, 201, "{created}");
        Self::bearer(&self.base, created["token"].as_str().unwrap())
    }

    /// A request, to be filled in and passed to [`Self::send`].
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// The cookies that it has by now, as a new pair from a refresh.
    pub(crate) async fn cookies(&self) -> Cookies {
        Cookies::of(&self.request("POST", "/api/auth/refresh").send().await.unwrap())
    }

    pub(crate) async fn get_with_cookies(&self, path: &str, cookies: &Cookies) -> (u16, Value) {
        json_of(self.request("GET", path).header("cookie", cookies.header()).send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        json_of(self.request("GET", path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        json_of(self.request("POST", path).json(&body).send().await.unwrap()).await
    }

    /// Imports tasks and waits until they are there.
    pub(crate) async fn import(&self, tasks: Vec<Value>) {
        let (status, answer) = self.post("/api/me/import", json!({ "tasks": tasks })).await;
        match status {
            200 => {}
            202 => assert_eq!(self.ended(&answer).await["status"], "done"),
            _ => panic!("{status} {answer}"),
        }
    }

    /// The job, once it has ended.
    pub(crate) async fn ended(&self, job: &Value) -> Value {
        let path = format!("/api/jobs/{}", job["id"].as_str().unwrap());
        let wait = async {
            loop {
                let (status, job) = self.get(&path).await;
                assert_eq!(status, 200, "{job}");
                if job["status"] != "running" {
                    return job;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(120), wait).await.expect("the job ends within two minutes")
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        json_of(self.request("PATCH", path).json(&body).send().await.unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> (u16, Value) {
        json_of(self.request("DELETE", path).send().await.unwrap()).await
    }
}

/// The status, and the body as JSON; `null` where there is none.
pub(crate) async fn json_of(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    let json = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
    (status, json)
}

//! One request: JSON in, JSON or a problem out, and one renewal of the session on a 401.

use super::error::{ApiError, ApiResult};
use super::{json, refresh};
use futures_util::future::LocalBoxFuture;
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

const TIMEOUT_MS: u32 = 30_000;
const PATIENT_TIMEOUT_MS: u32 = 100_000;

/// A request to the api, to be sent.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
    timeout_ms: u32,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), query: Vec::new(), headers: Vec::new(), body: None, timeout_ms: TIMEOUT_MS }
    }

    /// `GET /api{path}`.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// `POST /api{path}`.
    #[must_use]
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// `PATCH /api{path}`.
    #[must_use]
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// `DELETE /api{path}`.
    #[must_use]
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Adds query parameters.
    #[must_use]
    pub fn query(mut self, params: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.query.extend(params);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Waits for an answer that takes a minute or two.
    #[must_use]
    pub fn patient(self) -> Self {
        Self { timeout_ms: PATIENT_TIMEOUT_MS, ..self }
    }

    /// Sets the body, as JSON.
    #[must_use]
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_string(body).ok();
        self
    }

    /// Sets the body to JSON text that is there already.
    #[must_use]
    pub fn json_text(mut self, body: String) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends it and reads the answer's JSON.
    ///
    /// # Errors
    /// As [`Call::text`], and `unexpected` if the answer is not of this shape.
    pub async fn fetch<T: DeserializeOwned>(self) -> ApiResult<T> {
        let text = self.text().await?;
        json::read(&text).map_err(|_| ApiError::unexpected(200))
    }

    /// Sends it and drops the answer's body.
    ///
    /// # Errors
    /// As [`Call::text`].
    pub async fn done(self) -> ApiResult<()> {
        self.text().await.map(drop)
    }

    /// Sends it and gives the answer's body.
    ///
    /// # Errors
    /// The api's problem, `offline`, or `unexpected`. After a 401 the session is renewed once.
    pub fn text(self) -> LocalBoxFuture<'static, ApiResult<String>> {
        // In a box, so that not every function that waits for it holds all of it.
        Box::pin(async move {
            match self.once().await {
                Err(error) if error.is_signed_out() && refresh::may_help(&self.path) => {
                    refresh::renew().await?;
                    self.once().await
                }
                answer => answer,
            }
        })
    }

    /// Sends it without renewing the session.
    pub(super) async fn once(&self) -> ApiResult<String> {
        let response = self.send().await.map_err(|_| ApiError::offline())?;
        let (status, ok) = (response.status(), response.ok());
        let body = response.text().await.map_err(|_| ApiError::offline())?;
        if ok { Ok(body) } else { Err(ApiError::from_body(status, &body)) }
    }

    async fn send(&self) -> Result<Response, gloo_net::Error> {
        let mut builder = RequestBuilder::new(&format!("/api{}", self.path))
            .method(self.method.clone())
            .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(self.timeout_ms)))
            .header("Accept", "application/json");
        if !self.query.is_empty() {
            builder = builder.query(self.query.iter().map(|(name, value)| (*name, value.as_str())));
        }
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        match &self.body {
            Some(body) => builder.header("Content-Type", "application/json").body(body.as_str())?.send().await,
            None => builder.send().await,
        }
    }
}

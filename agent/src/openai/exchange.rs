//! One request and its answer.

use super::Endpoint;
use super::api_error::{ApiError, failure_of};
use super::assembler::Answer;
use super::reader::{self, Reader, Unreadable};
use super::request::ChatRequest;
use super::retry::retry_after;
use super::sse::MAX_BYTES;
use crate::failure::{Code, Failure};
use crate::planner::{Outlet, Trace};
use reqwest::header::{CONTENT_TYPE, HeaderName};
use reqwest::{Response, Url};
use secrecy::ExposeSecret;
use std::time::{Duration, SystemTime};
use todo_contract::StepEvent;
use tokio::time::timeout;

/// Most bytes that are read of an error.
const MAX_ERROR: usize = 64 * 1024;
/// How long a server may keep the usage and its `[DONE]` back once it has said why it ended.
const GRACE: Duration = Duration::from_secs(2);

/// Why an exchange failed, and, if the server refused the request, how it said so.
pub(super) struct Trouble {
    pub(super) failure: Failure,
    pub(super) refusal: Option<Box<(u16, ApiError)>>,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self { failure, refusal: None }
    }
}

impl Trouble {
    fn refused(status: u16, error: ApiError, retry_after: Option<Duration>) -> Self {
        Self { failure: failure_of(status, &error, retry_after), refusal: Some(Box::new((status, error))) }
    }
}

impl Endpoint {
    /// Sends a request and reads its answer to the end; text is passed on as it comes.
    pub(super) async fn exchange(
        &self,
        body: &ChatRequest<'_>,
        trace: &Trace,
        out: &mut Outlet,
    ) -> Result<Answer, Trouble> {
        let response = self.send(body, trace).await.map_err(|error| unreachable(&error))?;
        let status = response.status().as_u16();
        metrics::counter!("todo_agent_model_requests_total", "status" => status.to_string()).increment(1);
        if !response.status().is_success() {
            let retry_after = retry_after(response.headers(), SystemTime::now());
            let body = self.read(response, MAX_ERROR).await.unwrap_or_default();
            return Err(Trouble::refused(status, ApiError::of_body(&body), retry_after));
        }
        let kind =
            response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_lowercase();
        match kind.as_str() {
            json if json.contains("json") && !json.contains("ndjson") && !json.contains("jsonl") => {
                let (answer, text) = reader::whole(&self.read(response, MAX_BYTES).await?)?;
                pass_on(text, out).await;
                Ok(answer)
            }
            html if html.starts_with("text/html") => Err(Trouble::from(Failure::lasting(
                Code::Error,
                "The model's server answered with a web page. Check OPENAI_BASE_URL, which usually ends in /v1.",
            ))),
            _ => self.streamed(response, out).await,
        }
    }

    async fn send(&self, body: &ChatRequest<'_>, trace: &Trace) -> reqwest::Result<Response> {
        let mut request = self.client.post(completions_url(&self.settings.base_url)).json(body);
        if let Some(key) = &self.settings.api_key {
            request = request.bearer_auth(key.expose_secret());
        }
        request = request.header(HeaderName::from_static("x-request-id"), &trace.request_id);
        if let Some(parent) = &trace.traceparent {
            request = request.header(HeaderName::from_static("traceparent"), parent);
        }
        request.send().await
    }

    async fn read(&self, mut response: Response, most: usize) -> Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        loop {
            let next = timeout(self.settings.idle_timeout, response.chunk()).await.map_err(|_| silent())?;
            match next.map_err(|_| broken())? {
                Some(bytes) if body.len().saturating_add(bytes.len()) <= most => body.extend_from_slice(&bytes),
                Some(_) => return Err(senseless().into()),
                None => return Ok(body),
            }
        }
    }

    async fn streamed(&self, mut response: Response, out: &mut Outlet) -> Result<Answer, Trouble> {
        let mut reader = Reader::default();
        while !reader.is_done() {
            let idle = self.settings.idle_timeout;
            let patience = if reader.has_finish() { GRACE.min(idle) } else { idle };
            let text = match timeout(patience, response.chunk()).await {
                Ok(Ok(Some(bytes))) => reader.push(&bytes)?,
                Ok(Ok(None)) => break,
                // Whatever happens after the reason to end does not change the answer.
                _ if reader.has_finish() => break,
                Ok(Err(_)) => return Err(broken().into()),
                Err(_) => return Err(silent().into()),
            };
            pass_on(text, out).await;
        }
        let (answer, text) = reader.end()?;
        pass_on(text, out).await;
        Ok(answer)
    }
}

async fn pass_on(text: String, out: &mut Outlet) {
    if !text.is_empty() {
        out.send(StepEvent::Text { text }).await;
    }
}

impl From<Unreadable> for Trouble {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Senseless => senseless().into(),
            Unreadable::Broken => broken().into(),
            Unreadable::Error(error) => Self::refused(error.status(), *error, None),
        }
    }
}

fn completions_url(base: &Url) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/chat/completions", base.path().trim_end_matches('/')));
    url
}

fn unreachable(error: &reqwest::Error) -> Trouble {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    let cause = causes.last().map(ToString::to_string).unwrap_or_default();
    tracing::warn!(cause, timeout = error.is_timeout(), "the model's server cannot be reached");
    metrics::counter!("todo_agent_model_requests_total", "status" => "none").increment(1);
    let what = if error.is_timeout() {
        "The model's server did not accept a connection in time.".to_owned()
    } else {
        format!("The model's server cannot be reached ({cause}). Check OPENAI_BASE_URL, and that it runs.")
    };
    Failure::passing(Code::Unreachable, what).into()
}

fn broken() -> Failure {
    Failure::passing(Code::Unreachable, "The model's server broke off in the middle of its answer.")
}

fn silent() -> Failure {
    Failure::passing(Code::Timeout, "The model's server fell silent in the middle of its answer.")
}

fn senseless() -> Failure {
    Failure::passing(Code::Malformed, "The model's server sent an answer that cannot be read.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_put_before_a_query() {
        let url = completions_url(&Url::parse("https://x.openai.azure.com/openai/v1?api-version=1").unwrap());
        assert_eq!(url.as_str(), "https://x.openai.azure.com/openai/v1/chat/completions?api-version=1");
    }
}

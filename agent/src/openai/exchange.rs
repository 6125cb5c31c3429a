//! One request and its answer.

use super::Endpoint;
use super::address::{authorized, followed, url};
use super::answer::Answer;
use super::api_error::{ApiError, failure_of};
use super::patience;
use super::reader::{self, Reader, Reading, Unreadable};
use super::request::{Ask, Body};
use super::sse::MAX_BYTES;
use super::unpacked::Unpacked;
use crate::failure::Failure;
use crate::planner::{Outlet, Trace};
use reqwest::Response;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use std::time::{Duration, SystemTime};
use todo_contract::StepEvent;
use tokio::time::timeout;

mod trouble;

pub(super) use trouble::Trouble;
use trouble::{broken, packed, redirected, senseless, silent, unreachable, web_page};

/// Most bytes that are read of an error.
const MAX_ERROR: usize = 64 * 1024;
/// Most redirects within the same server.
const MAX_REDIRECTS: usize = 3;
/// How long a server may keep the usage and its `[DONE]` back once it has said why it ended.
const GRACE: Duration = Duration::from_secs(2);

impl Endpoint {
    /// Sends a request and reads its answer to the end; text is passed on as it comes.
    pub(super) async fn exchange(
        &self,
        ask: &Ask<'_>,
        body: &Body<'_>,
        trace: &Trace,
        out: &mut Outlet,
    ) -> Result<Answer, Trouble> {
        let response = self.send(ask.is_responses(), body, trace).await?;
        let status = response.status().as_u16();
        metrics::counter!("todo_agent_model_requests_total", "status" => status.to_string()).increment(1);
        let unpacked = Unpacked::of(response.headers()).ok_or_else(packed)?;
        let mut incoming = Incoming { response, unpacked, idle: self.settings.idle_timeout };
        if !incoming.response.status().is_success() {
            let headers = incoming.response.headers().clone();
            let body = incoming.rest(Vec::new(), MAX_ERROR).await.unwrap_or_default();
            let error = ApiError::of_body(&body);
            let asked = patience::asked(status, Some(&headers), &error, SystemTime::now());
            return Err(Trouble {
                failure: failure_of(status, &error, asked),
                refusal: Some(Box::new((status, error))),
            });
        }
        let reading = Reading {
            responses: ask.is_responses(),
            structured: ask.is_structured(),
            hidden_thoughts: ask.hides_thoughts(),
        };
        let (answer, text) = incoming.answer(reading, out).await?;
        pass_on(text, out).await;
        Ok(answer)
    }

    /// Sends a request, and again where a redirect leads on the same server.
    async fn send(&self, responses: bool, body: &Body<'_>, trace: &Trace) -> Result<Response, Trouble> {
        let mut to = url(&self.settings.base_url, if responses { "responses" } else { "chat/completions" });
        for _ in 0..=MAX_REDIRECTS {
            let mut request = authorized(self.client.post(to.clone()).json(body), &self.settings)
                // Some proxies gather a stream in order to pack it.
                .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
                .header(HeaderName::from_static("x-request-id"), &trace.request_id);
            if let Some(parent) = &trace.traceparent {
                request = request.header(HeaderName::from_static("traceparent"), parent);
            }
            let response = request.send().await.map_err(|error| unreachable(&error))?;
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            match location.filter(|_| response.status().is_redirection()) {
                None => return Ok(response),
                Some(location) => to = followed(&to, location).ok_or_else(|| redirected(location))?,
            }
        }
        Err(redirected(to.as_str()))
    }
}

/// An answer that comes in.
struct Incoming {
    response: Response,
    unpacked: Unpacked,
    idle: Duration,
}

impl Incoming {
    async fn answer(&mut self, reading: Reading, out: &mut Outlet) -> Result<(Answer, String), Trouble> {
        let kind = self.response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.unwrap_or_default().to_lowercase();
        let in_lines = ["ndjson", "jsonl", "json-seq"].iter().any(|lines| kind.contains(lines));
        let mut begun = Vec::new();
        // What is said of the type is not always so.
        while begun.trim_ascii_start().is_empty() {
            let Some(bytes) = self.next(self.idle).await? else { break };
            begun.extend(bytes);
        }
        if kind.starts_with("text/html") || begun.trim_ascii_start().starts_with(b"<") {
            return Err(web_page());
        }
        if (kind.contains("json") && !in_lines) || reader::begins_whole(&begun) {
            return Ok(reader::whole(&self.rest(begun, MAX_BYTES).await?, reading)?);
        }
        self.streamed(begun, reading, out).await
    }

    async fn streamed(
        &mut self,
        begun: Vec<u8>,
        reading: Reading,
        out: &mut Outlet,
    ) -> Result<(Answer, String), Trouble> {
        let mut reader = Reader::new(reading);
        pass_on(reader.push(&begun)?, out).await;
        while !reader.is_done() {
            let patience = if reader.has_finish() { GRACE.min(self.idle) } else { self.idle };
            let text = match self.next(patience).await {
                Ok(Some(bytes)) => reader.push(&bytes)?,
                Ok(None) => break,
                // Whatever happens after the reason to end does not change the answer.
                Err(_) if reader.has_finish() => break,
                Err(failure) => return Err(failure.into()),
            };
            pass_on(text, out).await;
        }
        Ok(reader.end()?)
    }

    /// All that is still to come, after what has.
    async fn rest(&mut self, mut body: Vec<u8>, most: usize) -> Result<Vec<u8>, Trouble> {
        while let Some(bytes) = self.next(self.idle).await? {
            if body.len().saturating_add(bytes.len()) > most {
                return Err(senseless().into());
            }
            body.extend(bytes);
        }
        Ok(body)
    }

    async fn next(&mut self, patience: Duration) -> Result<Option<Vec<u8>>, Failure> {
        match timeout(patience, self.response.chunk()).await {
            Ok(Ok(Some(bytes))) => self.unpacked.push(&bytes).map(Some).map_err(|_| senseless()),
            Ok(Ok(None)) => Ok(None),
            Ok(Err(_)) => Err(broken()),
            Err(_) => Err(silent()),
        }
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
            Unreadable::Error(error) => {
                let status = error.status();
                Self {
                    failure: failure_of(status, &error, patience::asked(status, None, &error, SystemTime::now())),
                    refusal: Some(Box::new((status, *error))),
                }
            }
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self { failure, refusal: None }
    }
}

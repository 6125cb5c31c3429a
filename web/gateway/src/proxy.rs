//! Passes requests on to the api and streams its answers back, unbuffered.

use crate::headers;
use crate::problem::Failure;
use crate::request_id::{self, X_REQUEST_ID};
use crate::settings::{Settings, Upstream};
use actix_web::body::{self, SizedStream};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use awc::error::{ConnectError, SendRequestError};
use awc::{Client, ClientResponse, Connector};
use futures_util::{Stream, StreamExt};
use std::error::Error;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Shorter than the idle time after which actix servers close (5 s), so that no request meets a closing connection.
const IDLE: Duration = Duration::from_secs(4);

pub(crate) struct Proxy {
    client: Client,
    upstream: Upstream,
    timeout: Duration,
    max_body: u64,
    trust_proxy: bool,
    stop: CancellationToken,
}

/// A body without a length turned out to be larger than `MAX_BODY`.
#[derive(Debug, thiserror::Error)]
#[error("the body is too large")]
struct TooLarge;

impl Proxy {
    pub(crate) fn new(settings: &Settings, stop: CancellationToken) -> Self {
        // Unlimited, or streams that stay open would use up the connections of a worker.
        let connector = Connector::new().limit(0).timeout(CONNECT_TIMEOUT).conn_keep_alive(IDLE);
        let client =
            Client::builder().connector(connector).disable_timeout().disable_redirects().no_default_headers().finish();
        Self {
            client,
            upstream: settings.api_url.clone(),
            timeout: settings.upstream_timeout,
            max_body: settings.max_body,
            trust_proxy: settings.trust_proxy,
            stop,
        }
    }

    /// Asks the api and answers as it does. Dropping the future, or the answer's body, drops the connection to the api.
    pub(crate) async fn answer(
        &self,
        request: &HttpRequest,
        payload: Payload,
        request_id: &str,
    ) -> Result<HttpResponse, Failure> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let uri = self.upstream.at(path).map_err(|_| Failure::BadRequest)?;
        let mut asked = self.client.request(request.method().clone(), uri).no_decompress();
        *asked.headers_mut() = headers::for_upstream(request, self.trust_proxy);
        asked.headers_mut().insert(X_REQUEST_ID, request_id::header(request_id));

        let sent = match length(request.headers()) {
            Some(length) if length > self.max_body => return Err(Failure::PayloadTooLarge),
            Some(0) => asked.send(),
            Some(length) => asked.send_body(SizedStream::new(length, payload)),
            None if request.headers().contains_key(header::TRANSFER_ENCODING) => {
                asked.send_stream(bounded(payload, self.max_body))
            }
            None => asked.send_body(body::None::new()),
        };
        match tokio::time::timeout(self.timeout, sent).await {
            Err(_) => Err(Failure::GatewayTimeout),
            Ok(Err(error)) => Err(failure(&error)),
            Ok(Ok(response)) => Ok(self.pass_back(response)),
        }
    }

    fn pass_back<S>(&self, response: ClientResponse<S>) -> HttpResponse
    where
        S: Stream<Item = Result<Bytes, PayloadError>> + Unpin + 'static,
    {
        let length = length(response.headers());
        let mut answer = HttpResponse::build(response.status());
        let mut headers = response.headers().clone();
        headers::drop_hop_by_hop(&mut headers);
        headers.remove(header::CONTENT_LENGTH);
        for pair in &headers {
            answer.append_header(pair);
        }
        if is_event_stream(response.headers()) {
            // Events go on for ever: at shutdown they end, and the client asks again where it stopped.
            answer.streaming(response.take_until(self.stop.clone().cancelled_owned()))
        } else {
            with_body(answer, response, length)
        }
    }
}

fn with_body<S>(mut answer: HttpResponseBuilder, response: ClientResponse<S>, length: Option<u64>) -> HttpResponse
where
    S: Stream<Item = Result<Bytes, PayloadError>> + Unpin + 'static,
{
    match length {
        Some(length) => answer.body(SizedStream::new(length, response)),
        None if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) => answer.finish(),
        None => answer.streaming(response),
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_event_stream(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// Fails as soon as more than `max` bytes have come.
fn bounded(payload: Payload, max: u64) -> impl Stream<Item = Result<Bytes, Box<dyn Error>>> {
    let mut left = max;
    payload.map(move |chunk| {
        let chunk = chunk?;
        let size = u64::try_from(chunk.len())?;
        left = left.checked_sub(size).ok_or(TooLarge)?;
        Ok(chunk)
    })
}

fn failure(error: &SendRequestError) -> Failure {
    let failure = match error {
        SendRequestError::Body(cause) if cause.is::<TooLarge>() => Failure::PayloadTooLarge,
        SendRequestError::Body(_) => Failure::BadRequest,
        SendRequestError::Timeout | SendRequestError::Connect(ConnectError::Timeout) => Failure::GatewayTimeout,
        _ => Failure::BadGateway,
    };
    if matches!(failure, Failure::BadGateway | Failure::GatewayTimeout) {
        tracing::warn!(%error, "the api did not answer");
    }
    failure
}

//! The api, which may be away for a moment: while it restarts.

use crate::body::{self, Body};
use crate::problem::Failure;
use crate::settings::{Settings, Upstream};
use actix_web::body::{None as NoBody, SizedStream};
use actix_web::error::PayloadError;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, Uri};
use actix_web::web::Bytes;
use awc::error::{ConnectError, SendRequestError};
use awc::{Client, ClientResponse, Connector};
use futures_util::Stream;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Shorter than the idle time after which actix servers close (5 s), so that no request meets a closing connection.
const IDLE: Duration = Duration::from_secs(4);
/// Between two tries; it grows to the second.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(250));
/// An outage of which nothing was heard for this long is another one.
const FORGOTTEN: Duration = Duration::from_secs(30);
/// How long an answer to "are you ready?" is believed, and waited for.
const BELIEVED: Duration = Duration::from_millis(250);
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

/// What all workers know of the api.
#[derive(Debug, Default)]
pub(crate) struct Health {
    outage: Mutex<Option<Outage>>,
    ready: Mutex<Option<(Instant, bool)>>,
}

#[derive(Clone, Copy, Debug)]
struct Outage {
    began: Instant,
    last: Instant,
}

/// A request to the api.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
}

/// One worker's way to the api.
pub(crate) struct Api {
    client: Client,
    at: Upstream,
    timeout: Duration,
    retry: Duration,
    health: Arc<Health>,
}

impl Api {
    pub(crate) fn new(settings: &Settings, health: Arc<Health>) -> Self {
        // Unlimited, or streams that stay open would use up the connections of a worker.
        let connector = Connector::new().limit(0).timeout(CONNECT_TIMEOUT).conn_keep_alive(IDLE);
        let client =
            Client::builder().connector(connector).disable_timeout().disable_redirects().no_default_headers().finish();
        Self {
            client,
            at: settings.api_url.clone(),
            timeout: settings.upstream_timeout,
            retry: settings.upstream_retry,
            health,
        }
    }

    /// The address of a path at the api.
    pub(crate) fn at(&self, path_and_query: &str) -> Result<Uri, Failure> {
        self.at.at(path_and_query).map_err(|_| Failure::BadRequest)
    }

    /// Sends `call`, and again while the api is away and nothing can happen twice by that.
    pub(crate) async fn send(
        &self,
        call: &Call,
        mut body: Body,
    ) -> Result<ClientResponse<impl Stream<Item = Result<Bytes, PayloadError>> + Unpin + 'static>, Failure> {
        let mut pause = PAUSES.0;
        loop {
            let again = body.again();
            let sent = tokio::time::timeout(self.timeout, self.once(call, body));
            let error = match sent.await {
                Err(_) => return Err(Failure::GatewayTimeout),
                Ok(Ok(response)) => {
                    self.health.up();
                    return Ok(response);
                }
                Ok(Err(error)) => error,
            };
            match again.filter(|_| may_repeat(call, &error) && self.health.down() < self.retry) {
                Some(again) => body = again,
                None => return Err(failure(&error)),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    async fn once(
        &self,
        call: &Call,
        body: Body,
    ) -> Result<ClientResponse<impl Stream<Item = Result<Bytes, PayloadError>> + Unpin + 'static>, SendRequestError>
    {
        let mut asked = self.client.request(call.method.clone(), call.uri.clone()).no_decompress();
        *asked.headers_mut() = call.headers.clone();
        match body {
            Body::None => asked.send_body(NoBody::new()).await,
            Body::Whole(bytes) => asked.send_body(bytes).await,
            Body::Streamed(Some(length), stream) => asked.send_body(SizedStream::new(length, stream)).await,
            Body::Streamed(None, stream) => asked.send_stream(stream).await,
        }
    }

    /// Whether the api takes requests now.
    pub(crate) async fn is_ready(&self) -> bool {
        if let Some(known) = self.health.known() {
            return known;
        }
        let asked = async { self.client.get(self.at("/readyz").ok()?).send().await.ok() };
        let answer = tokio::time::timeout(PROBE_TIMEOUT, asked).await.ok().flatten();
        let ready = answer.is_some_and(|answer| answer.status().is_success());
        *self.health.ready.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), ready));
        ready
    }
}

impl Health {
    fn up(&self) {
        let mut outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Outage { began, .. }) = outage.take() {
            let seconds = began.elapsed().as_secs_f64();
            tracing::info!(seconds, "the api is back");
        }
    }

    /// Notes that the api did not answer; for how long that has been so.
    fn down(&self) -> Duration {
        let now = Instant::now();
        let mut outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        let began = match *outage {
            Some(known) if now.duration_since(known.last) < FORGOTTEN => known.began,
            _ => {
                tracing::warn!("the api does not answer");
                now
            }
        };
        *outage = Some(Outage { began, last: now });
        now.duration_since(began)
    }

    fn known(&self) -> Option<bool> {
        let known = *self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        known.filter(|(at, _)| at.elapsed() < BELIEVED).map(|(_, ready)| ready)
    }
}

/// Whether `call`, which failed so, may be sent again: it never arrived, or arriving twice does nothing twice.
fn may_repeat(call: &Call, error: &SendRequestError) -> bool {
    let twice_is_once = call.method.is_safe() || call.headers.contains_key("idempotency-key");
    match error {
        SendRequestError::Connect(ConnectError::Disconnected)
        | SendRequestError::Send(_)
        | SendRequestError::Response(_) => twice_is_once,
        SendRequestError::Connect(ConnectError::Timeout) => false,
        SendRequestError::Connect(_) => true,
        _ => false,
    }
}

fn failure(error: &SendRequestError) -> Failure {
    let failure = match error {
        SendRequestError::Body(cause) => body::failure(cause.as_ref()),
        SendRequestError::Timeout | SendRequestError::Connect(ConnectError::Timeout) => Failure::GatewayTimeout,
        _ => Failure::BadGateway,
    };
    if matches!(failure, Failure::BadGateway | Failure::GatewayTimeout) {
        tracing::warn!(%error, "the api did not answer");
    }
    failure
}

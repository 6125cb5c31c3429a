//! Takes every request, sends it where it belongs, and logs the answer.

use crate::csp::{self, Page};
use crate::files::Files;
use crate::problem::Failure;
use crate::proxy::Proxy;
use crate::request_id::{self, X_REQUEST_ID};
use crate::settings::{Hsts, Settings};
use crate::upstream::Health;
use crate::{headers, telemetry};
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;
use todo_connections::{Share, Shares, network};
use tokio_util::sync::CancellationToken;

/// What all workers share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) page: Page,
    pub(crate) health: Arc<Health>,
    /// Requests at once of each client behind the trusted proxy; without one its connections are counted.
    pub(crate) requests: Option<Arc<Shares<IpAddr>>>,
    pub(crate) stop: CancellationToken,
}

/// One worker's gateway.
pub(crate) struct Front {
    files: Files,
    proxy: Proxy,
    requests: Option<Arc<Shares<IpAddr>>>,
    hsts: Hsts,
    trust_proxy: bool,
}

impl Front {
    pub(crate) fn new(settings: &Settings, shared: Shared) -> Self {
        Self {
            files: Files::new(settings, shared.page),
            proxy: Proxy::new(settings, shared.health, shared.stop),
            requests: shared.requests,
            hsts: settings.hsts,
            trust_proxy: settings.trust_proxy,
        }
    }

    /// Ready is who serves the page, and whose next request to the api would be answered; `/readyz?page` asks for the
    /// page alone.
    async fn is_ready(&self, request: &HttpRequest) -> bool {
        self.files.ready() && (request.query_string() == "page" || self.proxy.is_ready().await)
    }

    /// Counts a request of a client behind the trusted proxy.
    fn count(&self, request: &HttpRequest) -> Result<Option<Share<IpAddr>>, Failure> {
        let (Some(requests), Some(client)) = (&self.requests, headers::counted_client(request)) else {
            return Ok(None);
        };
        requests.take(network(client)).map(Some).ok_or(Failure::TooManyRequests)
    }

    fn insists_on_https(&self, request: &HttpRequest) -> bool {
        match self.hsts {
            Hsts::Always => true,
            Hsts::Auto => self.trust_proxy && headers::came_by_https(request),
            Hsts::Off => false,
        }
    }

    async fn answer(
        &self,
        kind: Kind,
        request: &HttpRequest,
        payload: Payload,
        id: &str,
    ) -> Result<HttpResponse, Failure> {
        match kind {
            Kind::Api => {
                let share = self.count(request)?;
                let response = self.proxy.answer(request, payload, id).await?;
                Ok(response.map_body(|_, body| Counted { body, share }.boxed()))
            }
            Kind::File => self.files.answer(request).await,
            Kind::Alive => probe(true),
            Kind::Ready => probe(self.is_ready(request).await),
        }
    }
}

fn probe(well: bool) -> Result<HttpResponse, Failure> {
    if well { Ok(HttpResponse::Ok().content_type("text/plain").body("ok\n")) } else { Err(Failure::NotReady) }
}

/// A body for whose time a request counts.
struct Counted {
    body: BoxBody,
    share: Option<Share<IpAddr>>,
}

impl MessageBody for Counted {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let next = Pin::new(&mut self.body).poll_next(cx);
        if matches!(next, Poll::Ready(None)) {
            self.share = None;
        }
        next
    }
}

/// Who answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Api,
    File,
    Alive,
    Ready,
}

impl Kind {
    fn of(path: &str) -> Self {
        match path {
            "/healthz" => Self::Alive,
            "/readyz" => Self::Ready,
            "/api" => Self::Api,
            path if path.starts_with("/api/") => Self::Api,
            _ => Self::File,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::File => "file",
            Self::Alive | Self::Ready => "probe",
        }
    }
}

/// Answers `request`.
pub(crate) async fn answer(request: HttpRequest, payload: Payload, front: Data<Front>) -> HttpResponse {
    let began = Instant::now();
    let id = request_id::of(request.headers());
    let kind = Kind::of(request.uri().path());
    let outcome = front.answer(kind, &request, payload, &id).await;
    let from_api = kind == Kind::Api && outcome.is_ok();
    let mut response = outcome.unwrap_or_else(|failure| failure.response(&id));
    let headers = response.headers_mut();
    headers::secure(headers);
    if front.insists_on_https(&request) {
        headers::insist_on_https(headers);
    }
    if !from_api {
        headers::secure_page(headers, csp::NOTHING);
    }
    if !headers.contains_key(X_REQUEST_ID) {
        headers.insert(X_REQUEST_ID, request_id::header(&id));
    }
    observe(&request, &response, kind, &id, began);
    response
}

fn observe(request: &HttpRequest, response: &HttpResponse, kind: Kind, request_id: &str, began: Instant) {
    let (took, status) = (began.elapsed(), response.status());
    telemetry::record(kind.name(), status, took);
    let (method, path) = (request.method().as_str(), request.uri().path());
    let ms = took.as_secs_f64() * 1000.0;
    if matches!(kind, Kind::Alive | Kind::Ready) {
        tracing::debug!(method, path, status = status.as_u16(), ms, request_id, "request");
    } else {
        tracing::info!(method, path, status = status.as_u16(), ms, request_id, "request");
    }
}

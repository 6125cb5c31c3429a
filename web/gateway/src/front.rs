//! Takes every request, sends it where it belongs, and logs the answer.

use crate::csp::{self, Page};
use crate::files::Files;
use crate::problem::Failure;
use crate::proxy::Proxy;
use crate::request_id::{self, X_REQUEST_ID};
use crate::settings::Settings;
use crate::{headers, telemetry};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// One worker's gateway.
pub(crate) struct Front {
    files: Files,
    proxy: Proxy,
}

impl Front {
    pub(crate) fn new(settings: &Settings, page: Page, stop: CancellationToken) -> Self {
        Self { files: Files::new(settings, page), proxy: Proxy::new(settings, stop) }
    }

    fn probe(&self, ready: bool) -> Result<HttpResponse, Failure> {
        if ready { Ok(HttpResponse::Ok().content_type("text/plain").body("ok\n")) } else { Err(Failure::NotReady) }
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
    let outcome = match kind {
        Kind::Api => front.proxy.answer(&request, payload, &id).await,
        Kind::File => front.files.answer(&request).await,
        Kind::Alive => front.probe(true),
        Kind::Ready => front.probe(front.files.ready()),
    };
    let from_api = kind == Kind::Api && outcome.is_ok();
    let mut response = outcome.unwrap_or_else(|failure| failure.response(&id));
    let headers = response.headers_mut();
    headers::secure(headers);
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

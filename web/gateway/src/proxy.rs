//! Passes requests on to the api and streams its answers back, unbuffered.

use crate::body::{Body, length};
use crate::headers;
use crate::problem::Failure;
use crate::request_id::{self, X_REQUEST_ID};
use crate::settings::Settings;
use crate::upstream::{Api, Call, Health};
use actix_web::body::SizedStream;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use awc::ClientResponse;
use futures_util::{Stream, StreamExt};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub(crate) struct Proxy {
    api: Api,
    max_body: u64,
    trust_proxy: bool,
    stop: CancellationToken,
}

impl Proxy {
    pub(crate) fn new(settings: &Settings, health: Arc<Health>, stop: CancellationToken) -> Self {
        Self { api: Api::new(settings, health), max_body: settings.max_body, trust_proxy: settings.trust_proxy, stop }
    }

    /// Whether the next request would be answered.
    pub(crate) async fn is_ready(&self) -> bool {
        self.api.is_ready().await
    }

    /// Asks the api and answers as it does. Dropping the future, or the answer's body, drops the connection to the api.
    pub(crate) async fn answer(
        &self,
        request: &HttpRequest,
        payload: Payload,
        request_id: &str,
    ) -> Result<HttpResponse, Failure> {
        let uri = self.api.at(request.uri().path_and_query().map_or("/", |path| path.as_str()))?;
        let body = Body::read(request, payload, self.max_body).await?;
        let mut headers = headers::for_upstream(request, self.trust_proxy);
        headers.insert(X_REQUEST_ID, request_id::header(request_id));
        let call = Call { method: request.method().clone(), uri, headers };
        self.api.send(&call, body).await.map(|response| self.pass_back(response))
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

fn is_event_stream(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

//! The page's files, through static-web-server.

use crate::csp::Page;
use crate::problem::Failure;
use crate::settings::Settings;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::{HttpRequest, HttpResponse};
use hyper::{Body, Request, Response};
use static_web_server::handler::{RequestHandler, RequestHandlerOpts};
use std::sync::Arc;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const INDEX: &str = "/index.html";
/// What a file's answer depends on, besides its coding.
const CONDITIONS: [HeaderName; 4] =
    [header::IF_MODIFIED_SINCE, header::IF_UNMODIFIED_SINCE, header::IF_RANGE, header::RANGE];

pub(crate) struct Files {
    handler: RequestHandler,
    page: Page,
}

impl Files {
    pub(crate) fn new(settings: &Settings, page: Page) -> Self {
        let opts = RequestHandlerOpts {
            root_dir: settings.web_root.clone(),
            compression: false,
            compression_static: true,
            cache_control_headers: false,
            redirect_trailing_slash: false,
            ignore_hidden_files: true,
            ..RequestHandlerOpts::default()
        };
        Self { handler: RequestHandler { opts: Arc::new(opts) }, page }
    }

    /// Whether there is a page to serve.
    pub(crate) fn ready(&self) -> bool {
        self.page.policy().is_some()
    }

    /// The file at the request's path. A path without a dot in its last part is one of the page's own addresses.
    pub(crate) async fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, Failure> {
        let path = request.uri().path();
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_page = !name.contains('.') || path == INDEX;
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Failure::MethodNotAllowed);
        }
        let uri = if is_page { Uri::from_static(INDEX) } else { request.uri().clone() };
        let mut asked = ask_for(request, uri)?;
        if is_page {
            CONDITIONS.iter().for_each(|name| drop(asked.headers_mut().remove(name)));
        }
        let found = self.handler.handle(&mut asked, None).await.map_err(|error| {
            tracing::error!(%error, "a file could not be read");
            Failure::Internal
        })?;
        let mut response = translate(found)?;
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, if is_hashed(name) { FOREVER } else { ASK_AGAIN });
        if is_page {
            // An older build that comes back must replace a newer one in the browser: dates cannot say that.
            headers.remove(header::LAST_MODIFIED);
            headers.insert(header::CONTENT_SECURITY_POLICY, self.page.policy().ok_or(Failure::NotReady)?);
        }
        Ok(response)
    }
}

fn ask_for(request: &HttpRequest, uri: Uri) -> Result<Request<Body>, Failure> {
    let mut asked = Request::builder()
        .method(request.method().clone())
        .uri(uri)
        .body(Body::empty())
        .map_err(|_| Failure::NotFound)?;
    let headers = asked.headers_mut();
    for name in CONDITIONS {
        if let Some(value) = request.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    if let Some(coding) = coding(request) {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(asked)
}

/// The best coding that the client takes and that the build makes. static-web-server would choose the first
/// that the client names (browsers name gzip first) and would label gzip as deflate.
fn coding(request: &HttpRequest) -> Option<&'static str> {
    let accepted = AcceptEncoding::parse(request).ok()?;
    match accepted.negotiate([Encoding::brotli(), Encoding::gzip(), Encoding::identity()].iter())? {
        Encoding::Known(ContentEncoding::Brotli) => Some("br"),
        Encoding::Known(ContentEncoding::Gzip) => Some("gzip"),
        _ => None,
    }
}

fn translate(found: Response<Body>) -> Result<HttpResponse, Failure> {
    let (parts, body) = found.into_parts();
    match parts.status {
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => return Err(Failure::NotFound),
        status if status.is_client_error() => return Err(Failure::FileCondition(status)),
        status if status.is_server_error() => return Err(Failure::Internal),
        _ => {}
    }
    let mut response = HttpResponse::build(parts.status);
    for (name, value) in &parts.headers {
        if name != header::CONTENT_LENGTH {
            response.append_header((name.clone(), value.clone()));
        }
    }
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    Ok(match length {
        Some(length) => response.body(SizedStream::new(length, body)),
        None if parts.status == StatusCode::NOT_MODIFIED => response.finish(),
        None => response.streaming(body),
    })
}

/// Whether a build with other contents would have another name: `app-3f9d2c41a0b76e58_bg.wasm`.
/// trunk writes a 64-bit hash without leading zeros.
fn is_hashed(name: &str) -> bool {
    let is_hash = |part: &str| matches!(part.len(), 12..=16) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split(['-', '_', '.']).skip(1).any(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_content_hash_are_told_from_others() {
        for name in ["todo-web-3f9d2c41a0b76e58.js", "todo-web-3f9d2c41a0b76e58_bg.wasm", "app-43438df0540c535.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "favicon.svg", "manifest.webmanifest", "a-3f9d2c41.js", "3f9d2c41a0b76e58"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}

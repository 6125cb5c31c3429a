//! The OpenAPI document, made from the routes, and its page.

use crate::server;
use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;

#[derive(utoipa::OpenApi)]
#[openapi(info(title = "todo-app", description = "An AI todo app that people run themselves."))]
struct Base;

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(Base::openapi())
        .service(utoipa_actix_web::scope("/api").configure(server::api))
        .split_for_parts();
    document
}

/// The document as it is served.
#[derive(Clone, Debug)]
pub struct Served(Bytes);

impl Served {
    /// Renders `document` once.
    #[must_use]
    pub fn new(document: &OpenApi) -> Self {
        Self(Bytes::from(document.to_json().unwrap_or_default()))
    }
}

/// `/api/openapi.json`.
pub fn configure(config: &mut web::ServiceConfig, served: &Served) {
    let body = served.0.clone();
    config.route(
        "/api/openapi.json",
        web::get().to(move || {
            let response = HttpResponse::Ok().content_type("application/json").body(body.clone());
            std::future::ready(response)
        }),
    );
}

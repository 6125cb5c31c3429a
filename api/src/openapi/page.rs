//! `/api/openapi.json` and `/api/docs`, which loads nothing from elsewhere.

use crate::error::ApiError;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{HttpResponse, get};
use std::sync::Arc;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

/// The page styles its parts as it draws them, hence `style-src`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Where they stand.
pub(crate) const PATHS: &[&str] = &["/api/openapi.json", "/api/docs", "/api/docs/{file:[^/]*}"];

/// The document as it is served.
#[derive(Clone)]
pub struct Served {
    json: Bytes,
    page: Arc<Config<'static>>,
}

impl Served {
    /// Renders `document` once.
    #[must_use]
    pub fn new(document: &OpenApi) -> Self {
        let json = Bytes::from(document.to_json().unwrap_or_default());
        Self { json, page: Arc::new(Config::from("/api/openapi.json")) }
    }
}

/// The routes. They are not in the document themselves.
pub fn configure(config: &mut web::ServiceConfig, served: &Served) {
    config.app_data(web::Data::new(served.clone())).service(openapi_json).service(docs).service(docs_file);
}

#[get("/api/openapi.json")]
async fn openapi_json(served: web::Data<Served>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(served.json.clone())
}

#[get("/api/docs")]
async fn docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/docs/")).finish()
}

#[get("/api/docs/{file:[^/]*}")]
async fn docs_file(served: web::Data<Served>, file: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let found = utoipa_swagger_ui::serve(&file, Arc::clone(&served.page));
    let found = found.map_err(|error| ApiError::internal(error.to_string()))?;
    let found = found.ok_or_else(|| ApiError::not_found("file"))?;
    Ok(HttpResponse::Ok()
        .content_type(found.content_type)
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(found.bytes.into_owned()))
}

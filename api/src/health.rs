//! Probes: whether the server is alive, and whether it may take traffic.

use crate::error::ApiError;
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use serde_json::json;

/// Where the probes stand.
pub(crate) const PATHS: &[&str] = &["/healthz", "/readyz"];

/// The routes, which stand outside `/api`: the gateway passes nobody to them.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(healthz).service(readyz);
}

#[get("/healthz")]
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

/// Reads from the database and commits to it.
#[get("/readyz")]
async fn readyz(state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    crate::db::probe(&state.db).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": "ready" })))
}

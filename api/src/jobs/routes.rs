//! `/jobs`.

use super::service;
use crate::db::Scope;
use crate::error::ApiError;
use crate::http::{Path, ServiceConfig};
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{HttpResponse, Responder, get, post, web};
use todo_contract::{Job, JobId, Problem};
use uuid::Uuid;

/// Adds the routes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(get_one).service(cancel);
}

/// The latest 20 jobs, newest first: imports and undos of more than 1,000 rows, which go on after their request.
#[utoipa::path(tag = "journal", operation_id = "list_jobs", responses((status = 200, body = Vec<Job>)))]
#[get("/jobs")]
async fn list(identity: Identity, state: web::Data<AppState>) -> Result<impl Responder, ApiError> {
    let jobs = state.db.read(move |conn| service::list(conn, identity.user_id)).await?;
    Ok(HttpResponse::Ok().json(jobs))
}

/// How far a job is, and what it did.
#[utoipa::path(tag = "journal", operation_id = "get_job", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Job),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[get("/jobs/{id}")]
async fn get_one(identity: Identity, state: web::Data<AppState>, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let job = state.db.read(move |conn| service::get(conn, identity.user_id, JobId(id.0))).await?;
    Ok(HttpResponse::Ok().json(job))
}

/// Ends a job. What it has done stands, and one undo takes it back. A job that has ended stays as it is.
#[utoipa::path(tag = "journal", operation_id = "cancel_job", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Job),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[post("/jobs/{id}/cancel")]
async fn cancel(identity: Identity, state: web::Data<AppState>, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let now = state.clock.now();
    let cancelled = state
        .db
        .write(Scope::Account(identity.user_id), move |tx| service::cancel(tx, identity.user_id, JobId(id.0), now))
        .await?;
    Ok(HttpResponse::Ok().json(cancelled))
}

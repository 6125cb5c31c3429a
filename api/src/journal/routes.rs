//! `/operations`: the journal as a list, and undo.

use super::events;
use super::service;
use super::store;
use super::undo::{self, Outcome, Undone};
use crate::db::{Scope, Tx};
use crate::error::ApiError;
use crate::http::{IdempotencyKey, OptionalJson, Path, Query, ServiceConfig, route};
use crate::identity::{Author, Identity, RequestHash};
use crate::jobs::{self, ROWS_TO_WAIT_FOR};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder, get, post, web};
use serde::Deserialize;
use todo_contract::{Job, Operation, OperationId, Page, Problem, UndoRequest, UndoResponse, UndoScope};

/// Adds the routes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(undo_last).service(redo_last).service(undo_one).service(events::events);
}

/// The query of `GET /operations`.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct ListParams {
    /// Of this task alone.
    #[param(value_type = Option<i64>)]
    pub(super) task_id: Option<String>,
    /// Operations on a page, 1 to 200.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<String>,
    /// The `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// Lists what was done, newest first.
#[utoipa::path(tag = "journal", params(ListParams), responses(
    (status = 200, body = Page<Operation>),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[get("/operations")]
async fn list(
    identity: Identity,
    state: web::Data<AppState>,
    params: Query<ListParams>,
) -> Result<impl Responder, ApiError> {
    let query = service::ListQuery::read(&params.0)?;
    let page = state.db.read(move |conn| service::page(conn, identity.user_id, query)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Takes back an operation and what it caused, or, with `{"scope": "group"}`, all that was done with it. To
/// redo, undo the undo.
#[utoipa::path(tag = "journal", params(("id" = i64, Path)), request_body = Option<UndoRequest>, responses(
    (status = 200, body = UndoResponse),
    (status = 202, description = "Of more than 1,000 changes: it goes on as a job", body = Job,
     headers(("Location" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "`undo_conflict` or `already_undone`", body = Problem,
     content_type = "application/problem+json"),
))]
#[post("/operations/{id}/undo")]
async fn undo_one(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: OptionalJson<UndoRequest>,
) -> Result<impl Responder, ApiError> {
    let (author, scope) = (author(&identity, &state, key, &request, body.0.scope), body.0.scope);
    let work = move |tx: &mut Tx<'_>| undo::undo(tx, &author, OperationId(id.0), scope);
    answer(&state, identity.user_id, work).await
}

/// Takes back the latest change that is not taken back yet, with all that was done in the same request.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = UndoResponse),
    (status = 202, description = "Of more than 1,000 changes: it goes on as a job", body = Job,
     headers(("Location" = String))),
    (status = 409, description = "`nothing_to_undo` or `undo_conflict`", body = Problem,
     content_type = "application/problem+json"),
))]
#[post("/operations/undo-last")]
async fn undo_last(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<impl Responder, ApiError> {
    let author = author(&identity, &state, key, &request, UndoScope::Group);
    answer(&state, identity.user_id, move |tx| undo::undo_last(tx, &author)).await
}

/// Brings back what the latest undo took back, with the numbers that it had. After a new change there is nothing to redo.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = UndoResponse),
    (status = 202, description = "Of more than 1,000 changes: it goes on as a job", body = Job,
     headers(("Location" = String))),
    (status = 409, description = "`nothing_to_redo` or `undo_conflict`", body = Problem,
     content_type = "application/problem+json"),
))]
#[post("/operations/redo-last")]
async fn redo_last(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<impl Responder, ApiError> {
    let author = author(&identity, &state, key, &request, UndoScope::Group);
    answer(&state, identity.user_id, move |tx| undo::redo_last(tx, &author)).await
}

fn author(
    identity: &Identity,
    state: &AppState,
    key: IdempotencyKey,
    request: &HttpRequest,
    scope: UndoScope,
) -> Author {
    let hash = RequestHash::of(&route(request), format!("{scope:?}").as_bytes());
    identity.author_of(state.clock.now(), key.0, hash)
}

/// Does the work, and waits for a job if it is a small one.
async fn answer<F>(state: &AppState, user_id: i64, work: F) -> Result<HttpResponse, ApiError>
where
    F: FnOnce(&mut Tx<'_>) -> Result<Outcome, ApiError> + Send + 'static,
{
    let undone = match state.db.write(Scope::Account(user_id), work).await? {
        Outcome::Done(undone) => undone,
        Outcome::Begun(row, replayed) => {
            let job = row.job()?;
            if job.total > ROWS_TO_WAIT_FOR {
                return Ok(jobs::accepted(&job));
            }
            let row = jobs::wait(state, user_id, job.id).await?;
            jobs::ended(&row)?;
            let operations = state.db.read(move |conn| store::operations_of(conn, user_id, &row.id)).await?;
            Undone { operations, replayed }
        }
    };
    let mut response = HttpResponse::Ok();
    replayed(&mut response, undone.replayed);
    Ok(response.json(UndoResponse { operations: undone.operations }))
}

/// Says that an earlier request under the same key did what is answered.
pub(crate) fn replayed(response: &mut HttpResponseBuilder, again: bool) {
    if again {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
}

//! `/operations`: the journal as a list, and undo.

use super::events;
use super::service;
use super::undo::{self, Undone};
use crate::db::Scope;
use crate::error::ApiError;
use crate::http::{IdempotencyKey, OptionalJson, Path, Query, ServiceConfig};
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{HttpResponse, HttpResponseBuilder, Responder, get, post, web};
use serde::Deserialize;
use todo_contract::{Operation, OperationId, Page, Problem, UndoRequest, UndoResponse};

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
    body: OptionalJson<UndoRequest>,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), key.0);
    let scope = body.0.scope;
    Ok(answer(
        state
            .db
            .write(Scope::Account(author.user_id), move |tx| undo::undo(tx, &author, OperationId(id.0), scope))
            .await?,
    ))
}

/// Takes back the latest change that is not taken back yet, with all that was done in the same request.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = UndoResponse),
    (status = 409, description = "`nothing_to_undo` or `undo_conflict`", body = Problem,
     content_type = "application/problem+json"),
))]
#[post("/operations/undo-last")]
async fn undo_last(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), key.0);
    Ok(answer(state.db.write(Scope::Account(author.user_id), move |tx| undo::undo_last(tx, &author)).await?))
}

/// Brings back what the latest undo took back, with the numbers that it had. After a new change there is nothing to redo.
#[utoipa::path(tag = "journal", responses(
    (status = 200, body = UndoResponse),
    (status = 409, description = "`nothing_to_redo` or `undo_conflict`", body = Problem,
     content_type = "application/problem+json"),
))]
#[post("/operations/redo-last")]
async fn redo_last(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), key.0);
    Ok(answer(state.db.write(Scope::Account(author.user_id), move |tx| undo::redo_last(tx, &author)).await?))
}

fn answer(undone: Undone) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    replayed(&mut response, undone.replayed);
    response.json(UndoResponse { operations: undone.operations })
}

/// Says that an earlier request under the same key did what is answered.
pub(crate) fn replayed(response: &mut HttpResponseBuilder, again: bool) {
    if again {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
}

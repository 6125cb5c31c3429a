//! `/me/export` and `/me/import`.

use super::export;
use super::import::{self, DOCUMENT_MAX, Imported};
use crate::accounts::service::account;
use crate::db::Scope;
use crate::error::ApiError;
use crate::http::{IdempotencyKey, Json, ServiceConfig};
use crate::identity::Identity;
use crate::journal::routes::replayed;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpResponse, Responder, get, post, web};
use todo_contract::Problem;

/// Adds the routes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(export_tasks).service(import_tasks);
}

/// The account and all its tasks, the trash included, as one JSON document.
#[utoipa::path(tag = "account", operation_id = "export", responses((status = 200, body = export::Document)))]
#[get("/me/export")]
async fn export_tasks(identity: Identity, state: web::Data<AppState>) -> Result<impl Responder, ApiError> {
    let account = account(&state, identity.user_id).await?;
    let document = export::document(state.get_ref().clone(), account, state.clock.now());
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"todo-export.json\""))
        .streaming(document))
}

/// Takes in the tasks of a document that was exported, in addition to those that are there. Either all are
/// taken in or none; undo-last takes them all back.
#[utoipa::path(tag = "account", operation_id = "import", request_body = import::Document, params(
    ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters"),
), responses(
    (status = 200, body = Imported, headers(("Idempotent-Replayed" = Option<String>))),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[post("/me/import")]
async fn import_tasks(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    body: Json<import::Document, DOCUMENT_MAX>,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), key.0);
    let checker = author.clone();
    let checked = web::block(move || import::check(body.0, &checker)).await.map_err(ApiError::internal)??;
    let imported =
        state.db.write(Scope::Account(author.user_id), move |tx| import::write(tx, &author, checked)).await?;
    let mut response = HttpResponse::Ok();
    replayed(&mut response, imported.replayed);
    Ok(response.json(imported))
}

//! `/tasks` and `/tags`.

use super::calls;
use super::list::{self, ListParams, Query as ListQuery};
use super::service::{self, Done};
use crate::db::Scope;
use crate::error::ApiError;
use crate::http::{HashedJson, IdempotencyKey, IfMatch, IfNoneMatch, Json, Path, Query, ServiceConfig};
use crate::identity::Identity;
use crate::journal::routes::replayed;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, ETAG, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder, Responder, delete, get, patch, post, web};
use serde::Deserialize;
use todo_contract::task::{TagCount, TaskMove};
use todo_contract::{Batch, NewTask, OperationKind, Page, Problem, Task, TaskId, TaskPatch, ToolResult};

/// Adds the routes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_tasks)
        .service(create)
        .service(batch)
        .service(get_task)
        .service(patch_task)
        .service(delete_task)
        .service(complete)
        .service(reopen)
        .service(restore)
        .service(move_task)
        .service(tags);
}

/// The task with its version as `ETag`.
fn task_answer(mut response: HttpResponseBuilder, task: &Task) -> HttpResponse {
    if let Ok(tag) = HeaderValue::try_from(format!("\"{}\"", task.version)) {
        response.insert_header((ETAG, tag));
    }
    response.json(task)
}

fn changed(done: &Done) -> HttpResponse {
    task_answer(HttpResponse::Ok(), &done.task)
}

/// Lists tasks, a page at a time.
#[utoipa::path(tag = "tasks", params(ListParams,
    ("If-None-Match" = Option<String>, Header, description = "The page's ETag, as it was answered before"),
), responses(
    (status = 200, body = Page<Task>, headers(("ETag" = String))),
    (status = 304, description = "The page still has the `ETag` that `If-None-Match` names"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[get("/tasks")]
async fn list_tasks(
    identity: Identity,
    state: web::Data<AppState>,
    params: Query<ListParams>,
    known: IfNoneMatch,
) -> Result<impl Responder, ApiError> {
    let query = ListQuery::of_params(&params.0, &identity.time_zone, identity.locale, state.clock.now())?;
    let page = list::cached_page(&state, identity.user_id, query).await?;
    let known = known.has(&page.tag);
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((ETAG, page.tag.clone()));
    Ok(match known {
        true => response.finish(),
        false => response.content_type(ContentType::json()).body(page.json.clone()),
    })
}

/// Makes a task. The same `Idempotency-Key` again answers with the task that it made.
#[utoipa::path(tag = "tasks", request_body = NewTask, params(
    ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters"),
), responses(
    (status = 201, body = Task, headers(("ETag" = String), ("Idempotent-Replayed" = Option<String>))),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[post("/tasks")]
async fn create(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    body: HashedJson<NewTask>,
) -> Result<impl Responder, ApiError> {
    let author = identity.author_of(state.clock.now(), key.0, body.1);
    let done = state
        .db
        .write(Scope::Account(author.user_id), move |tx| {
            service::create(tx, &author, body.0, author.idempotency_key.as_deref())
        })
        .await?;
    let mut response = HttpResponse::build(StatusCode::CREATED);
    replayed(&mut response, done.replayed);
    Ok(task_answer(response, &done.task))
}

/// Changes up to 200 tasks at once. Each item succeeds or fails by itself, and the answer says which.
#[utoipa::path(tag = "tasks", request_body = Batch, params(
    ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters"),
), responses(
    (status = 200, body = ToolResult, headers(("Idempotent-Replayed" = Option<String>))),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[post("/tasks/batch")]
async fn batch(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    body: HashedJson<Batch>,
) -> Result<impl Responder, ApiError> {
    let author = identity.author_of(state.clock.now(), key.0, body.1);
    let (result, again) =
        state.db.write(Scope::Account(author.user_id), move |tx| calls::run_items(tx, &author, &body.0)).await?;
    let mut response = HttpResponse::Ok();
    replayed(&mut response, again);
    Ok(response.json(result))
}

/// One task, also from the trash.
#[utoipa::path(tag = "tasks", params(("id" = i64, Path)), responses(
    (status = 200, body = Task, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[get("/tasks/{id}")]
async fn get_task(identity: Identity, state: web::Data<AppState>, id: Path<i64>) -> Result<impl Responder, ApiError> {
    let task = state.db.read(move |conn| service::get(conn, identity.user_id, TaskId(id.0))).await?;
    Ok(task_answer(HttpResponse::Ok(), &task))
}

/// Changes a task by a JSON merge patch (RFC 7396): what is absent stays, `null` clears. With `If-Match`,
/// only if the task still has that version.
#[utoipa::path(tag = "tasks", request_body = TaskPatch, params(
    ("id" = i64, Path), ("If-Match" = Option<String>, Header, description = "The task's ETag"),
), responses(
    (status = 200, body = Task, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[patch("/tasks/{id}")]
async fn patch_task(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    version: IfMatch,
    body: Json<TaskPatch>,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), None);
    let done = state
        .db
        .write(Scope::Account(author.user_id), move |tx| service::patch(tx, &author, TaskId(id.0), body.0, version.0))
        .await?;
    Ok(changed(&done))
}

/// The query of `DELETE /tasks/{id}`.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Deletion {
    /// Remove it for good, instead of putting it into the trash. This cannot be undone.
    permanent: bool,
}

/// Puts a task into the trash, or removes it for good.
#[utoipa::path(tag = "tasks", params(("id" = i64, Path), Deletion,
    ("If-Match" = Option<String>, Header, description = "The task's ETag"),
), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
))]
#[delete("/tasks/{id}")]
async fn delete_task(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    how: Query<Deletion>,
    version: IfMatch,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), None);
    let work = state.db.write_essential(Scope::Account(author.user_id), move |tx| match how.0.permanent {
        true => service::purge(tx, &author, TaskId(id.0), version.0),
        false => service::delete(tx, &author, TaskId(id.0), version.0, None).map(|_| ()),
    });
    work.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Marks a task done. One that repeats makes its next occurrence.
#[utoipa::path(tag = "tasks", params(("id" = i64, Path)), responses(
    (status = 200, body = Task, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[post("/tasks/{id}/complete")]
async fn complete(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    version: IfMatch,
) -> Result<impl Responder, ApiError> {
    set_status(identity, state, id, version, OperationKind::Complete).await
}

/// Opens a done task again.
#[utoipa::path(tag = "tasks", params(("id" = i64, Path)), responses(
    (status = 200, body = Task, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[post("/tasks/{id}/reopen")]
async fn reopen(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    version: IfMatch,
) -> Result<impl Responder, ApiError> {
    set_status(identity, state, id, version, OperationKind::Reopen).await
}

async fn set_status(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    version: IfMatch,
    kind: OperationKind,
) -> Result<HttpResponse, ApiError> {
    let author = identity.author(state.clock.now(), None);
    let done = state
        .db
        .write(Scope::Account(author.user_id), move |tx| {
            service::set_status(tx, &author, TaskId(id.0), kind, version.0)
        })
        .await?;
    Ok(changed(&done))
}

/// Takes a task out of the trash.
#[utoipa::path(tag = "tasks", params(("id" = i64, Path)), responses(
    (status = 200, body = Task, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[post("/tasks/{id}/restore")]
async fn restore(identity: Identity, state: web::Data<AppState>, id: Path<i64>) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), None);
    let done = state
        .db
        .write(Scope::Account(author.user_id), move |tx| service::restore(tx, &author, TaskId(id.0), None))
        .await?;
    Ok(changed(&done))
}

/// Moves a task in the manual order: before or after another one, or to the end.
#[utoipa::path(tag = "tasks", request_body = TaskMove, params(("id" = i64, Path)), responses(
    (status = 200, body = Task, headers(("ETag" = String))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[post("/tasks/{id}/move")]
async fn move_task(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<i64>,
    version: IfMatch,
    body: Json<TaskMove>,
) -> Result<impl Responder, ApiError> {
    let author = identity.author(state.clock.now(), None);
    let done = state
        .db
        .write(Scope::Account(author.user_id), move |tx| service::move_to(tx, &author, TaskId(id.0), body.0, version.0))
        .await?;
    Ok(changed(&done))
}

/// The tags of open tasks, and how many bear each.
#[utoipa::path(tag = "tasks", responses((status = 200, body = Vec<TagCount>)))]
#[get("/tags")]
async fn tags(identity: Identity, state: web::Data<AppState>) -> Result<impl Responder, ApiError> {
    let tags = state.db.read(move |conn| service::tags(conn, identity.user_id)).await?;
    Ok(HttpResponse::Ok().json(tags))
}

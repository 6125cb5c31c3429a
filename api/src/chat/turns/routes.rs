//! `/turns`, and the turns of a conversation.

use super::service::{self, Said};
use super::{act, follow, page, view};
use crate::chat::planner::TraceHeaders;
use crate::chat::request::{self, PageParams};
use crate::error::ApiError;
use crate::http::{Json, LastEventId, OptionalJson, Path, Query, ServiceConfig, sse};
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{HttpResponse, get, post, web};
use todo_contract::chat::RetryRequest;
use todo_contract::{CallId, ChatResponse, Confirmation, ConversationId, Page, Problem, Turn, TurnId, TurnRequest};

/// Adds the routes.
pub(in crate::chat) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_turns)
        .service(begin_turn)
        .service(get_turn)
        .service(turn_events)
        .service(stop_turn)
        .service(retry_turn)
        .service(confirm_call);
}

async fn turn_now(state: &AppState, user_id: i64, id: TurnId) -> Result<Turn, ApiError> {
    let turn = state.db.read(move |c| {
        let row = service::get(c, user_id, id)?;
        view::turn(c, row)
    });
    turn.await
}

/// A conversation's turns with all their events. The first page has the latest turns; on each page the
/// latest comes last.
#[utoipa::path(tag = "chat", params(("id" = Uuid, Path), PageParams), responses(
    (status = 200, body = Page<Turn>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[get("/conversations/{id}/turns")]
async fn list_turns(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<ConversationId>,
    params: Query<PageParams>,
) -> Result<Json<Page<Turn>>, ApiError> {
    let (cursor, limit) = (params.0.cursor.clone(), params.0.limit()?);
    let page = state.db.read(move |c| page::page(c, identity.user_id, id.0, cursor.as_deref(), limit)).await?;
    Ok(Json(page))
}

/// Says something. The same turn id again answers 200 with the turn that is there.
#[utoipa::path(tag = "chat", request_body = TurnRequest, params(("id" = Uuid, Path)), responses(
    (status = 201, body = Turn),
    (status = 200, body = Turn),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
#[post("/conversations/{id}/turns")]
async fn begin_turn(
    identity: Identity,
    state: web::Data<AppState>,
    trace: TraceHeaders,
    id: Path<ConversationId>,
    body: Json<TurnRequest>,
) -> Result<HttpResponse, ApiError> {
    let TurnRequest { id: turn_id, message, time_zone, planner } = body.0;
    let (user_id, locale) = (identity.user_id, identity.locale);
    state.limits.chat(user_id)?;
    let time_zone = request::time_zone(&identity, time_zone)?;
    let said = Said { user_id, turn_id, conversation_id: id.0, message: message.into(), time_zone, locale, planner };
    let is_new = act::begin(&state, trace, &identity, said, |_| Ok(())).await?;
    let mut response = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    if !is_new {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    Ok(response.json(turn_now(&state, user_id, turn_id).await?))
}

/// One turn with all its events.
#[utoipa::path(tag = "chat", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Turn),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[get("/turns/{id}")]
async fn get_turn(identity: Identity, state: web::Data<AppState>, id: Path<TurnId>) -> Result<Json<Turn>, ApiError> {
    turn_now(&state, identity.user_id, id.0).await.map(Json)
}

/// A turn's events as they happen (server-sent events): `id` counts from 1 in the turn, `event` is status,
/// text, tool_call, tool_result, confirmation, usage, error or done, `data` is JSON. Ends when the turn has
/// ended; stays open while a confirmation is missing.
#[utoipa::path(tag = "chat", params(
    ("id" = Uuid, Path),
    ("Last-Event-ID" = Option<i64>, Header, description = "Go on after this event"),
    ("after" = Option<i64>, Query, description = "Go on after this event, where a header cannot be set"),
), responses(
    (status = 200, body = String, content_type = "text/event-stream"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
#[get("/turns/{id}/events")]
async fn turn_events(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<TurnId>,
    after: LastEventId,
) -> Result<HttpResponse, ApiError> {
    let user_id = identity.user_id;
    state.db.read(move |c| service::get(c, user_id, id.0)).await?;
    let messages = follow::follow(state.get_ref().clone(), user_id, id.0, after.0.unwrap_or(0));
    sse(&state, &identity, messages)
}

/// Stops a turn, and cancels what is asked of the model. A turn that has ended stays as it is.
#[utoipa::path(tag = "chat", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Turn),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[post("/turns/{id}/stop")]
async fn stop_turn(identity: Identity, state: web::Data<AppState>, id: Path<TurnId>) -> Result<Json<Turn>, ApiError> {
    act::stop(&state, identity.user_id, id.0).await?;
    turn_now(&state, identity.user_id, id.0).await.map(Json)
}

/// Tries a turn again that failed or was stopped. What was done before is not done twice.
#[utoipa::path(tag = "chat", request_body = RetryRequest, params(("id" = Uuid, Path)), responses(
    (status = 200, body = Turn),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
#[post("/turns/{id}/retry")]
async fn retry_turn(
    identity: Identity,
    state: web::Data<AppState>,
    trace: TraceHeaders,
    id: Path<TurnId>,
    body: OptionalJson<RetryRequest>,
) -> Result<Json<Turn>, ApiError> {
    state.limits.chat(identity.user_id)?;
    act::retry(&state, trace, &identity, id.0, body.0.planner).await?;
    turn_now(&state, identity.user_id, id.0).await.map(Json)
}

/// Says yes or no to a call that waits, and waits for what becomes of the turn. The same answer again
/// changes nothing; another one is refused.
#[utoipa::path(tag = "chat", request_body = Confirmation, params(
    ("id" = Uuid, Path),
    ("call_id" = String, Path),
), responses(
    (status = 200, body = ChatResponse),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
))]
#[post("/turns/{id}/confirmations/{call_id}")]
async fn confirm_call(
    identity: Identity,
    state: web::Data<AppState>,
    trace: TraceHeaders,
    path: Path<(TurnId, CallId)>,
    body: Json<Confirmation>,
) -> Result<Json<ChatResponse>, ApiError> {
    let (turn_id, call_id) = path.0;
    act::answer(&state, trace, &identity, turn_id, call_id, body.0.approve).await?;
    view::settled(&state, &identity, turn_id).await.map(Json)
}

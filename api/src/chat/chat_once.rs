//! `POST /chat`: one call for scripts.

use super::conversations::service as conversations;
use super::planner::TraceHeaders;
use super::turns::service::Said;
use super::turns::{act, settled};
use super::{ids, request};
use crate::error::ApiError;
use crate::http::{IdempotencyKey, Json};
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{HttpResponse, post, web};
use todo_contract::{ChatRequest, ChatResponse, ConversationId, Problem, TurnId};
use uuid::Uuid;

/// Says something and waits for the answer, or for a question back. Without a conversation, a new one is
/// begun. A client that goes away does not stop the turn: the same `Idempotency-Key` again answers with it.
#[utoipa::path(tag = "chat", request_body = ChatRequest, params(
    ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters"),
), responses(
    (status = 200, body = ChatResponse, headers(("Idempotent-Replayed" = Option<String>))),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
#[post("/chat")]
pub(super) async fn chat(
    identity: Identity,
    state: web::Data<AppState>,
    trace: TraceHeaders,
    key: IdempotencyKey,
    body: Json<ChatRequest>,
) -> Result<HttpResponse, ApiError> {
    let ChatRequest { message, conversation_id, time_zone, planner } = body.0;
    let (user_id, locale, now) = (identity.user_id, identity.locale, state.clock.now());
    state.limits.chat(user_id)?;
    let time_zone = request::time_zone(&identity, time_zone)?;
    let id_for = |kind| key.0.as_deref().map_or_else(Uuid::now_v7, |key| ids::derived(kind, user_id, key));
    let turn_id = TurnId(id_for("turn"));
    let is_given = conversation_id.is_some();
    let conversation_id = conversation_id.unwrap_or_else(|| ConversationId(id_for("chat")));
    let said = Said { user_id, turn_id, conversation_id, message: message.into(), time_zone, locale, planner };
    let is_new = act::begin(&state, trace, &identity, said, move |tx| {
        if !is_given {
            conversations::create(tx, user_id, conversation_id, None, now)?;
        }
        Ok(())
    });
    let is_new = is_new.await?;
    let answer: ChatResponse = settled(&state, &identity, turn_id).await?;
    let mut response = HttpResponse::Ok();
    if !is_new {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    Ok(response.json(answer))
}

//! `/conversations`.

use super::service;
use crate::chat::ids;
use crate::chat::request::PageParams;
use crate::db::Scope;
use crate::error::ApiError;
use crate::http::{IdempotencyKey, Json, OptionalJson, Path, Query, ServiceConfig};
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use todo_contract::chat::{ConversationPatch, NewConversation};
use todo_contract::{Conversation, ConversationId, Page, Problem};
use uuid::Uuid;

/// Adds the routes.
pub(in crate::chat) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_conversations)
        .service(create_conversation)
        .service(get_conversation)
        .service(rename_conversation)
        .service(delete_conversation);
}

/// Conversations, those with the latest message first.
#[utoipa::path(tag = "chat", params(PageParams), responses(
    (status = 200, body = Page<Conversation>),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[get("/conversations")]
async fn list_conversations(
    identity: Identity,
    state: web::Data<AppState>,
    params: Query<PageParams>,
) -> Result<Json<Page<Conversation>>, ApiError> {
    let (cursor, limit) = (params.0.cursor.clone(), params.0.limit()?);
    let page = state.db.read(move |c| service::page(c, identity.user_id, cursor.as_deref(), limit)).await?;
    Ok(Json(page))
}

/// Begins a conversation. The same id again answers 200 with the one that is there.
#[utoipa::path(tag = "chat", request_body = NewConversation, params(
    ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters; stands for an id"),
), responses(
    (status = 201, body = Conversation),
    (status = 200, body = Conversation),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[post("/conversations")]
async fn create_conversation(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    body: OptionalJson<NewConversation>,
) -> Result<HttpResponse, ApiError> {
    let NewConversation { id, title } = body.0;
    let user_id = identity.user_id;
    let id = id.unwrap_or_else(|| {
        ConversationId(key.0.map_or_else(Uuid::now_v7, |key| ids::derived("conversation", user_id, &key)))
    });
    let (title, now) = (title.map(String::from), state.clock.now());
    let (conversation, is_new) =
        state.db.write(Scope::Account(user_id), move |tx| service::create(tx, user_id, id, title, now)).await?;
    let mut response = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    if !is_new {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    Ok(response.json(conversation))
}

/// One conversation, without its turns.
#[utoipa::path(tag = "chat", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Conversation),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[get("/conversations/{id}")]
async fn get_conversation(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<ConversationId>,
) -> Result<Json<Conversation>, ApiError> {
    let row = state.db.read(move |c| service::get(c, identity.user_id, id.0)).await?;
    Ok(Json(row.conversation()?))
}

/// Renames a conversation.
#[utoipa::path(tag = "chat", request_body = ConversationPatch, params(("id" = Uuid, Path)), responses(
    (status = 200, body = Conversation),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[patch("/conversations/{id}")]
async fn rename_conversation(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<ConversationId>,
    body: Json<ConversationPatch>,
) -> Result<Json<Conversation>, ApiError> {
    let renamed = state
        .db
        .write(Scope::Account(identity.user_id), move |tx| service::rename(tx, identity.user_id, id.0, &body.0))
        .await?;
    Ok(Json(renamed))
}

/// Removes a conversation with all that was said; a turn at work is stopped. What was done to tasks stays.
#[utoipa::path(tag = "chat", params(("id" = Uuid, Path)), responses(
    (status = 204),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
#[delete("/conversations/{id}")]
async fn delete_conversation(
    identity: Identity,
    state: web::Data<AppState>,
    id: Path<ConversationId>,
) -> Result<HttpResponse, ApiError> {
    let unfinished =
        state.db.write(Scope::Account(identity.user_id), move |tx| service::remove(tx, identity.user_id, id.0)).await?;
    unfinished.into_iter().for_each(|attempt| state.chat.cancel(attempt));
    Ok(HttpResponse::NoContent().finish())
}

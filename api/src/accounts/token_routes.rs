//! `/me/tokens`.

use super::{routes, tokens};
use crate::error::ApiError;
use crate::http::{Client, Json, Path, ServiceConfig, SignedIn};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use todo_contract::{ApiTokenCreated, ApiTokenInfo, ApiTokenRequest, Page};
use uuid::Uuid;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_tokens).service(create_token).service(revoke_token);
}

/// Personal API tokens, newest first, without their secrets.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Page<ApiTokenInfo>)))]
#[get("/me/tokens")]
async fn list_tokens(who: SignedIn, state: web::Data<AppState>) -> Result<Json<Page<ApiTokenInfo>>, ApiError> {
    let items = tokens::list(&state, who.user_id).await?;
    Ok(Json(Page { items, next_cursor: None, total: None }))
}

/// Make a personal API token. This answer alone shows its secret. Needs the password within the last 15 minutes.
#[utoipa::path(tag = "accounts", responses((status = 201, body = ApiTokenCreated)))]
#[post("/me/tokens")]
async fn create_token(
    who: SignedIn,
    client: Client,
    http: HttpRequest,
    state: web::Data<AppState>,
    Json(request): Json<ApiTokenRequest>,
) -> Result<HttpResponse, ApiError> {
    let origin = routes::origin(client, &http);
    let created = tokens::create(&state, who.user_id, who.session_id, request, &origin).await?;
    Ok(HttpResponse::Created().json(created))
}

/// Revoke a personal API token.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path, description = "The token's id.")), responses((status = 204)))]
#[delete("/me/tokens/{id}")]
async fn revoke_token(
    who: SignedIn,
    client: Client,
    http: HttpRequest,
    state: web::Data<AppState>,
    Path(id): Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    tokens::revoke(&state, who.user_id, id, &routes::origin(client, &http)).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! `/invitations`.

use super::{invitations, routes};
use crate::error::ApiError;
use crate::http::{Client, Json, Path, ServiceConfig, SignedIn};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use todo_contract::Page;
use todo_contract::account::{InvitationCreated, InvitationInfo, InvitationRequest};
use uuid::Uuid;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_invitations).service(create_invitation).service(revoke_invitation);
}

/// The owner's invitations that can still be used, newest first, without their tokens.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Page<InvitationInfo>)))]
#[get("/invitations")]
async fn list_invitations(who: SignedIn, state: web::Data<AppState>) -> Result<Json<Page<InvitationInfo>>, ApiError> {
    let items = invitations::list(&state, who.user_id).await?;
    Ok(Json(Page { items, next_cursor: None, total: None }))
}

/// Invite somebody: the owner alone may. This answer alone shows the token. Needs the password within the last 15
/// minutes.
#[utoipa::path(tag = "accounts", responses((status = 201, body = InvitationCreated)))]
#[post("/invitations")]
async fn create_invitation(
    who: SignedIn,
    client: Client,
    http: HttpRequest,
    state: web::Data<AppState>,
    Json(request): Json<InvitationRequest>,
) -> Result<HttpResponse, ApiError> {
    let origin = routes::origin(client, &http);
    let created = invitations::create(&state, who.user_id, who.session_id, request, &origin).await?;
    Ok(HttpResponse::Created().json(created))
}

/// Revoke an invitation.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path, description = "The invitation's id.")), responses((status = 204)))]
#[delete("/invitations/{id}")]
async fn revoke_invitation(
    who: SignedIn,
    client: Client,
    http: HttpRequest,
    state: web::Data<AppState>,
    Path(id): Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    invitations::revoke(&state, who.user_id, id, &routes::origin(client, &http)).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! `/me/sessions`.

use super::security_log::{self, Event};
use super::{routes, session};
use crate::error::ApiError;
use crate::http::{Client, Json, Path, ServiceConfig, SignedIn};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, delete, get, web};
use todo_contract::{Page, SessionInfo};
use uuid::Uuid;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_sessions).service(end_other_sessions).service(end_session);
}

/// The browsers that are signed in, newest first.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Page<SessionInfo>)))]
#[get("/me/sessions")]
async fn list_sessions(who: SignedIn, state: web::Data<AppState>) -> Result<Json<Page<SessionInfo>>, ApiError> {
    let items = session::list(&state, who.user_id, who.session_id).await?;
    Ok(Json(Page { items, next_cursor: None, total: None }))
}

/// Sign out every browser but this one.
#[utoipa::path(tag = "accounts", responses((status = 204)))]
#[delete("/me/sessions")]
async fn end_other_sessions(
    who: SignedIn,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
) -> Result<HttpResponse, ApiError> {
    security_log::note(Event::SessionsEnded, who.user_id, Some(&routes::origin(client, &request)));
    session::end_others(&state, who.user_id, who.session_id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sign out one browser.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path, description = "The session's id.")), responses((status = 204)))]
#[delete("/me/sessions/{id}")]
async fn end_session(
    who: SignedIn,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
    Path(id): Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    security_log::note(Event::SessionEnded, who.user_id, Some(&routes::origin(client, &request)));
    session::end(&state, who.user_id, id).await?;
    if id == who.session_id {
        return Ok(routes::forgotten(&state, &request));
    }
    Ok(HttpResponse::NoContent().finish())
}

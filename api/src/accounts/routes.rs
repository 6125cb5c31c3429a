//! `/auth` and `/me`.

use super::security_log::Origin;
use super::session::{Tabs, Tokens};
use super::{cookies, reauthentication, service, session};
use crate::error::{ApiError, Code};
use crate::http::{Client, Json, SameOrigin, ServiceConfig, SignedIn};
use crate::identity::Identity;
use crate::state::AppState;
use crate::storage;
use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use todo_contract::account::{AccountDeletion, Instance, PasswordChange, Reauthentication, RegistrationState};
use todo_contract::limits::IMPORT_MAX_BYTES;
use todo_contract::{Account, AccountPatch, AccountStorage, AuthResponse, Credentials, Registration};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(instance).service(register).service(login).service(logout).service(refresh).service(reauthenticate);
    config.service(me).service(change_me).service(delete_me).service(change_password);
}

/// What a page needs to know before anyone is signed in.
#[utoipa::path(tag = "accounts", security(()), responses((status = 200, body = Instance)))]
#[get("/instance")]
async fn instance(state: web::Data<AppState>) -> Result<Json<Instance>, ApiError> {
    let registration = service::registration(&state).await?;
    Ok(Json(Instance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        registration_open: matches!(registration, RegistrationState::Open | RegistrationState::First),
        registration,
        import_max_bytes: IMPORT_MAX_BYTES as u64,
    }))
}

/// Make an account and sign in.
#[utoipa::path(tag = "accounts", security(()), responses((status = 201, body = AuthResponse)))]
#[post("/auth/register")]
async fn register(
    _: SameOrigin,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
    Json(registration): Json<Registration>,
) -> Result<HttpResponse, ApiError> {
    state.limits.register(client.0)?;
    let (user, tokens) = service::register(&state, registration, &origin(client, &request)).await?;
    signed_in(&state, &request, StatusCode::CREATED, user, tokens).await
}

/// Sign in.
#[utoipa::path(tag = "accounts", security(()), responses((status = 200, body = AuthResponse)))]
#[post("/auth/login")]
async fn login(
    _: SameOrigin,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
    Json(credentials): Json<Credentials>,
) -> Result<HttpResponse, ApiError> {
    let device = cookies::known_device(&state, &request, &credentials.email);
    // Others behind the same address cannot keep somebody from signing in where they have before.
    if device.is_none() {
        state.limits.login(client.0)?;
    }
    let (user, tokens) = service::login(&state, credentials, device.as_deref(), &origin(client, &request)).await?;
    signed_in(&state, &request, StatusCode::OK, user, tokens).await
}

/// Sign out. Does nothing when nobody is signed in.
#[utoipa::path(tag = "accounts", security(()), responses((status = 204)))]
#[post("/auth/logout")]
async fn logout(_: SameOrigin, request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    session::end_by_tokens(&state, cookies::refresh_token(&request), cookies::access_token(&request)).await?;
    Ok(forgotten(&state, &request))
}

/// Change the refresh token for a new one and a new access token. It is good once: a second use ends the session
///
/// A page on plain http, where browsers have no locks across tabs, says so with `X-Tabs: unlocked`. What such a
/// refresh used up is good for another 5 seconds, for the same successor, if that was not used yet.
#[utoipa::path(tag = "accounts", security(()), params(
    ("X-Tabs" = Option<String>, Header, description = "`unlocked`: tabs may ask at the same time.")
), responses((status = 204), (status = 401)))]
#[post("/auth/refresh")]
async fn refresh(
    _: SameOrigin,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
) -> Result<HttpResponse, ApiError> {
    state.limits.refresh(client.0)?;
    let none = || ApiError::new(Code::Unauthenticated, "There is no session to refresh.");
    let refreshed = match cookies::refresh_token(&request) {
        Some(token) => session::refresh(&state, &token, tabs(&request)).await,
        None => Err(none()),
    };
    match refreshed {
        Ok(tokens) => Ok(with_cookies(HttpResponse::NoContent().finish(), cookies::set(&state, &request, tokens))),
        Err(error) if error.code == Code::Unauthenticated => {
            Ok(with_cookies(HttpResponse::from_error(error), cookies::cleared(&state, &request)))
        }
        Err(error) => Err(error),
    }
}

/// Give the password again: what is dangerous asks for that, and it counts for 15 minutes.
#[utoipa::path(tag = "accounts", responses((status = 204)))]
#[post("/auth/reauthenticate")]
async fn reauthenticate(
    who: SignedIn,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
    Json(body): Json<Reauthentication>,
) -> Result<HttpResponse, ApiError> {
    state.limits.password(who.user_id)?;
    let origin = origin(client, &request);
    reauthentication::reauthenticate(&state, who.user_id, who.session_id, body.password, &origin).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The account.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Account)))]
#[get("/me")]
async fn me(identity: Identity, state: web::Data<AppState>) -> Result<Json<Account>, ApiError> {
    let (user_id, max_bytes) = (identity.user_id, state.settings.storage.account_max_bytes);
    let used = state.db.read(move |connection| storage::used(connection, user_id)).await?;
    let storage = AccountStorage { used_bytes: u64::try_from(used).unwrap_or_default(), max_bytes };
    Ok(Json(Account { storage: Some(storage), ..service::account(&state, user_id).await? }))
}

/// Change name, time zone, week start or date order; what is absent stays.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Account)))]
#[patch("/me")]
async fn change_me(
    who: SignedIn,
    state: web::Data<AppState>,
    Json(patch): Json<AccountPatch>,
) -> Result<Json<Account>, ApiError> {
    service::change(&state, who.user_id, patch).await.map(Json)
}

/// Delete the account with all its data, for good.
#[utoipa::path(tag = "accounts", responses((status = 204)))]
#[delete("/me")]
async fn delete_me(
    who: SignedIn,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
    Json(deletion): Json<AccountDeletion>,
) -> Result<HttpResponse, ApiError> {
    state.limits.password(who.user_id)?;
    service::delete(&state, who.user_id, deletion, &origin(client, &request)).await?;
    Ok(forgotten(&state, &request))
}

/// Change the password. Ends every other session and all API tokens.
#[utoipa::path(tag = "accounts", responses((status = 204)))]
#[post("/me/password")]
async fn change_password(
    who: SignedIn,
    client: Client,
    request: HttpRequest,
    state: web::Data<AppState>,
    Json(change): Json<PasswordChange>,
) -> Result<HttpResponse, ApiError> {
    state.limits.password(who.user_id)?;
    service::change_password(&state, who.user_id, who.session_id, change, &origin(client, &request)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Answers a sign-in. The session that the browser had before ends.
async fn signed_in(
    state: &AppState,
    request: &HttpRequest,
    status: StatusCode,
    user: Account,
    tokens: Tokens,
) -> Result<HttpResponse, ApiError> {
    session::end_by_tokens(state, cookies::refresh_token(request), cookies::access_token(request)).await?;
    let mut all = cookies::set(state, request, tokens);
    all.extend(cookies::device(state, request, user.email.as_str()));
    Ok(with_cookies(HttpResponse::build(status).json(AuthResponse { user }), all))
}

/// An empty answer that makes the browser forget its session.
pub(super) fn forgotten(state: &AppState, request: &HttpRequest) -> HttpResponse {
    with_cookies(HttpResponse::NoContent().finish(), cookies::cleared(state, request))
}

fn with_cookies(mut response: HttpResponse, cookies: Vec<actix_web::cookie::Cookie<'static>>) -> HttpResponse {
    for cookie in cookies {
        if let Err(error) = response.add_cookie(&cookie) {
            tracing::error!(%error, "a cookie cannot be written");
        }
    }
    response
}

fn tabs(request: &HttpRequest) -> Tabs {
    match request.headers().get("x-tabs").is_some_and(|value| value == "unlocked") {
        true => Tabs::MayCollide,
        false => Tabs::TakeTurns,
    }
}

/// Where a request comes from, for the security log and the list of sessions.
pub(super) fn origin(client: Client, request: &HttpRequest) -> Origin {
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    Origin::new(client.0, user_agent.unwrap_or_default())
}

//! The two cookies of a signed-in browser.

use super::keys::ACCESS_FOR;
use super::session::{SESSION_FOR, Tokens};
use crate::config::CookieSecure;
use crate::http::came_by_https;
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

/// Has the access token.
pub const ACCESS_COOKIE: &str = "todo_access";
/// Has the refresh token; sent to `/api/auth` alone.
pub const REFRESH_COOKIE: &str = "todo_refresh";

const ACCESS_PATH: &str = "/api";
const REFRESH_PATH: &str = "/api/auth";

/// The cookies that bring `tokens` to the browser.
pub(super) fn set(state: &AppState, request: &HttpRequest, tokens: Tokens) -> [Cookie<'static>; 2] {
    let secure = match state.settings.cookie_secure {
        CookieSecure::Auto => came_by_https(request),
        CookieSecure::Always => true,
        CookieSecure::Never => false,
    };
    let cookie = |name, value, path, seconds| {
        Cookie::build(name, value)
            .path(path)
            .max_age(Duration::seconds(seconds))
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(secure)
            .finish()
    };
    [
        cookie(ACCESS_COOKIE, tokens.access, ACCESS_PATH, ACCESS_FOR.as_secs()),
        cookie(REFRESH_COOKIE, tokens.refresh, REFRESH_PATH, SESSION_FOR.as_secs()),
    ]
}

/// The cookies that make the browser forget.
pub(super) fn cleared(state: &AppState, request: &HttpRequest) -> [Cookie<'static>; 2] {
    let empty = Tokens { access: String::new(), refresh: String::new() };
    set(state, request, empty).map(|mut cookie| {
        cookie.set_max_age(Duration::ZERO);
        cookie
    })
}

//! The cookies of a browser: two of a session, and one that says who signed in there before.
//!
//! Under https their names begin with `__Host-`, which browsers take from this host over https alone (RFC 6265bis).

use super::devices;
use super::keys::ACCESS_FOR;
use super::session::{SESSION_FOR, Tokens};
use crate::config::CookieSecure;
use crate::http::came_by_https;
use crate::state::AppState;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, web};
use jiff::SignedDuration;

/// Has the access token.
pub const ACCESS_COOKIE: &str = "todo_access";
/// Has the refresh token; on plain http it is sent to `/api/auth` alone.
pub const REFRESH_COOKIE: &str = "todo_refresh";
/// Says who has signed in in this browser before.
const DEVICE_COOKIE: &str = "todo_device";
/// Ties a cookie to this host and to https.
const HOST_PREFIX: &str = "__Host-";

const ACCESS_PATH: &str = "/api";
const AUTH_PATH: &str = "/api/auth";

/// The cookies that bring `tokens` to the browser.
pub(super) fn set(state: &AppState, request: &HttpRequest, tokens: Tokens) -> Vec<Cookie<'static>> {
    let secure = is_secure(state, request);
    vec![
        cookie(secure, ACCESS_COOKIE, tokens.access, ACCESS_PATH, ACCESS_FOR),
        cookie(secure, REFRESH_COOKIE, tokens.refresh, AUTH_PATH, SESSION_FOR),
    ]
}

/// The cookie by which the browser is known to `email` from now on.
pub(super) fn device(state: &AppState, request: &HttpRequest, email: &str) -> Option<Cookie<'static>> {
    let value = devices::remember(&state.keys, email, state.clock.now()).ok()?;
    Some(cookie(is_secure(state, request), DEVICE_COOKIE, value, AUTH_PATH, devices::KNOWN_FOR))
}

/// The cookies that make the browser forget its session, under either name.
pub(super) fn cleared(state: &AppState, request: &HttpRequest) -> Vec<Cookie<'static>> {
    let secure = is_secure(state, request);
    let both = if secure { vec![true, false] } else { vec![false] };
    let empty = |secure, name, path| cookie(secure, name, String::new(), path, SignedDuration::ZERO);
    let mut cookies: Vec<Cookie<'static>> = both
        .into_iter()
        .flat_map(|secure| [empty(secure, ACCESS_COOKIE, ACCESS_PATH), empty(secure, REFRESH_COOKIE, AUTH_PATH)])
        .collect();
    cookies.iter_mut().for_each(|cookie| cookie.set_secure(secure));
    cookies
}

/// The access token that the browser sends.
pub(crate) fn access_token(request: &HttpRequest) -> Option<String> {
    read(request, ACCESS_COOKIE)
}

/// The refresh token that the browser sends.
pub(super) fn refresh_token(request: &HttpRequest) -> Option<String> {
    read(request, REFRESH_COOKIE)
}

/// The browser's id, if `email` has signed in in it before.
pub(super) fn known_device(state: &AppState, request: &HttpRequest, email: &str) -> Option<String> {
    devices::known(&state.keys, &read(request, DEVICE_COOKIE)?, email, state.clock.now())
}

/// Under https the cookie with the prefix alone: another host of the same site can plant one without it.
fn read(request: &HttpRequest, name: &str) -> Option<String> {
    let secure = request.app_data::<web::Data<AppState>>().is_some_and(|state| is_secure(state, request));
    let name = if secure { format!("{HOST_PREFIX}{name}") } else { name.to_owned() };
    request.cookie(&name).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}

fn is_secure(state: &AppState, request: &HttpRequest) -> bool {
    match state.settings.cookie_secure {
        CookieSecure::Auto => came_by_https(request),
        CookieSecure::Always => true,
        CookieSecure::Never => false,
    }
}

fn cookie(secure: bool, name: &str, value: String, path: &'static str, lasts: SignedDuration) -> Cookie<'static> {
    // The prefix wants the path `/`.
    let (name, path) = if secure { (format!("{HOST_PREFIX}{name}"), "/") } else { (name.to_owned(), path) };
    Cookie::build(name, value)
        .path(path)
        .max_age(Duration::seconds(lasts.as_secs()))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .finish()
}

//! Renewal of the session, shared by all requests that found it expired.

use super::error::{ApiError, ApiResult};
use super::request::Call;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use std::cell::RefCell;
use yew::Callback;

type Renewal = Shared<LocalBoxFuture<'static, ApiResult<()>>>;

thread_local! {
    static RUNNING: RefCell<Option<Renewal>> = const { RefCell::new(None) };
    static ON_SIGNED_OUT: RefCell<Option<Callback<()>>> = const { RefCell::new(None) };
}

/// Calls back when the session has ended for good.
pub fn on_signed_out(callback: Callback<()>) {
    ON_SIGNED_OUT.set(Some(callback));
}

/// A 401 of sign-in itself means a wrong password.
pub(super) fn may_help(path: &str) -> bool {
    !path.starts_with("/auth/")
}

/// Renews the session; whoever asks while one renewal is under way shares it, since a refresh
/// token that is used twice ends the session.
///
/// # Errors
/// The session has ended, or the server could not be reached.
pub async fn renew() -> ApiResult<()> {
    let renewal = RUNNING.with_borrow_mut(|running| running.get_or_insert_with(start).clone());
    let answer = renewal.await;
    RUNNING.set(None);
    answer
}

fn start() -> Renewal {
    async {
        let answer = Call::post("/auth/refresh").once().await.map(drop);
        if answer.as_ref().is_err_and(ApiError::is_signed_out)
            && let Some(callback) = ON_SIGNED_OUT.with_borrow(Clone::clone)
        {
            callback.emit(());
        }
        answer
    }
    .boxed_local()
    .shared()
}

/// Makes sure that the session works: asks who is signed in, and renews if need be.
///
/// # Errors
/// As [`renew`].
pub async fn check() -> ApiResult<()> {
    Call::get("/me").done().await
}

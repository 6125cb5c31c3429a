//! Renewal of the session, shared by all requests that found it expired.

use super::error::{ApiError, ApiResult};
use super::request::Call;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use yew::Callback;

const LOCK: &str = "todo-session";

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
        let answer = alone(renew_if_needed()).await;
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

/// Another tab may have renewed the session while this one waited.
async fn renew_if_needed() -> ApiResult<()> {
    match Call::get("/me").once().await {
        Err(error) if error.is_signed_out() => refresh().await,
        answer => answer.map(drop),
    }
}

/// The api spares tabs that cannot take turns, and come with the same token, if it knows of them.
async fn refresh() -> ApiResult<()> {
    let call = Call::post("/auth/refresh");
    let call = if locks().is_some() { call } else { call.header("X-Tabs", "unlocked") };
    call.once().await.map(drop)
}

/// Does it while no other tab does. Browsers have locks in a secure context only; elsewhere it is done at once.
async fn alone(renewal: impl Future<Output = ApiResult<()>> + 'static) -> ApiResult<()> {
    let answer = Rc::new(RefCell::new(Err(ApiError::unexpected(0))));
    let (put, renewal) = (Rc::clone(&answer), RefCell::new(Some(renewal)));
    let work = Closure::once_into_js(move |_: JsValue| {
        let renewal = renewal.take();
        future_to_promise(async move {
            if let Some(renewal) = renewal {
                let done = renewal.await;
                *put.borrow_mut() = done;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let waiting =
        lock(&work).unwrap_or_else(|| Function::from(work).call1(&JsValue::UNDEFINED, &JsValue::UNDEFINED).ok());
    if let Some(promise) = waiting {
        // How it ended is in `answer`.
        let _ = JsFuture::from(Promise::resolve(&promise)).await;
    }
    answer.replace(Ok(()))
}

/// `navigator.locks`.
fn locks() -> Option<JsValue> {
    Reflect::get(&web_sys::window()?.navigator(), &"locks".into()).ok().filter(JsValue::is_object)
}

/// `navigator.locks.request(name, work)`, or `None` where there are no locks.
fn lock(work: &JsValue) -> Option<Option<JsValue>> {
    let locks = locks()?;
    let request = Reflect::get(&locks, &"request".into()).ok().filter(JsValue::is_function)?;
    Some(Function::from(request).call2(&locks, &LOCK.into(), work).ok())
}

/// Makes sure that the session works: asks who is signed in, and renews if need be.
///
/// # Errors
/// As [`renew`].
pub async fn check() -> ApiResult<()> {
    Call::get("/me").done().await
}

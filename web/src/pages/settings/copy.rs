//! Copying to the clipboard.

use crate::store::{Store, Toast};
use crate::words::account as words;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Copies the text and says whether that worked.
pub(super) fn copy(store: &Store, text: String) {
    let store = store.clone();
    spawn_local(async move {
        let toast = if written(&text).await { Toast::info(words::COPIED) } else { Toast::error(words::COPY_FAILED) };
        store.toast(toast);
    });
}

/// The clipboard is there in a secure context only.
async fn written(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| !found.is_undefined());
    clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

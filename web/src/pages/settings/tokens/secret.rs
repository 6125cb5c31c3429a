//! A token's secret, the only time that it is shown.

use crate::store::{Toast, use_store};
use crate::ui::{Button, ButtonKind, IconName, on_press};
use crate::words::account as words;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct SecretProps {
    pub(super) secret: String,
    pub(super) on_seen: Callback<()>,
}

#[component]
pub(super) fn Secret(props: &SecretProps) -> Html {
    let store = use_store();
    let node = use_node_ref();
    let copy = {
        let (secret, node) = (props.secret.clone(), node.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                input.select();
            }
            let (secret, store) = (secret.clone(), store.clone());
            spawn_local(async move {
                let toast =
                    if written(&secret).await { Toast::info(words::COPIED) } else { Toast::error(words::COPY_FAILED) };
                store.toast(toast);
            });
        })
    };
    let seen = on_press(&props.on_seen);
    html! {
        <div class="secret" role="status">
            <p>{words::TOKEN_ONCE}</p>
            <div class="field-row">
                <input ref={node} class="input input-code" type="text" readonly=true value={props.secret.clone()} aria-label={words::TOKENS} />
                <Button icon={IconName::Copy} onclick={copy}>{words::COPY}</Button>
                <Button kind={ButtonKind::Quiet} onclick={seen}>{words::DONE}</Button>
            </div>
        </div>
    }
}

/// The clipboard is there in a secure context only.
async fn written(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| !found.is_undefined());
    clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

//! Export and import.

use super::section;
use crate::api;
use crate::store::{Toast, use_store};
use crate::ui::{Button, IconName};
use crate::words::account as words;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::prelude::*;

#[component]
pub(super) fn Data() -> Html {
    let store = use_store();
    let chooser = use_node_ref();
    let busy = use_state(bool::default);
    let export = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let store = store.clone();
            spawn_local(async move {
                match api::account::export().await {
                    Ok(json) => drop(offer(&json)),
                    Err(error) => store.report(&error),
                }
            });
        })
    };
    let choose = {
        let chooser = chooser.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = chooser.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let import = {
        let busy = busy.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            input.set_value("");
            busy.set(true);
            let (store, busy) = (store.clone(), busy.setter());
            spawn_local(async move {
                let answer = api::account::import(text(&file).await).await;
                busy.set(false);
                match answer {
                    Ok(done) => {
                        store.toast(Toast::info(words::imported(done.imported, done.known)));
                        store.reload();
                    }
                    Err(error) => store.report(&error),
                }
            });
        })
    };
    let content = html! {
        <>
            <div class="form-start">
                <Button icon={IconName::Download} onclick={export}>{words::EXPORT}</Button>
                <Button icon={IconName::Upload} onclick={choose} busy={*busy}>{words::IMPORT}</Button>
                <input ref={chooser} type="file" accept="application/json,.json" hidden=true onchange={import} />
            </div>
        </>
    };
    section("data", words::DATA, words::DATA_NOTE, content)
}

async fn text(file: &File) -> String {
    JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Lets the browser save the text as a file.
fn offer(json: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let blob = Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(json)))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(words::EXPORT_NAME);
    link.click();
    Url::revoke_object_url(&address)
}

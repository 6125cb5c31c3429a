//! A secret, the only time that it is shown.

use crate::pages::settings::copy::copy;
use crate::store::use_store;
use crate::ui::{Button, ButtonKind, IconName, on_press};
use crate::words::account as words;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct SecretProps {
    pub(super) secret: String,
    /// What it is.
    pub(super) label: &'static str,
    /// Says that it is not shown again.
    pub(super) once: &'static str,
    pub(super) on_seen: Callback<()>,
}

#[component]
pub(super) fn Secret(props: &SecretProps) -> Html {
    let store = use_store();
    let node = use_node_ref();
    let on_copy = {
        let (secret, node) = (props.secret.clone(), node.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                input.select();
            }
            copy(&store, secret.clone());
        })
    };
    let seen = on_press(&props.on_seen);
    html! {
        <div class="secret" role="status">
            <p>{props.once}</p>
            <div class="field-row">
                <input ref={node} class="input input-code" type="text" readonly=true value={props.secret.clone()} aria-label={props.label} />
                <Button icon={IconName::Copy} onclick={on_copy}>{words::COPY}</Button>
                <Button kind={ButtonKind::Quiet} onclick={seen}>{words::DONE}</Button>
            </div>
        </div>
    }
}

//! Toasts: short notices at the edge, with at most one button.

use super::button::IconButton;
use super::icon::IconName;
use crate::store::{Action, Store, Toast, ToastAction, ToastKind, use_store};
use crate::words::common as words;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

const SHOWN_MS: u32 = 6_000;
const SHOWN_WITH_ACTION_MS: u32 = 10_000;

/// All toasts of the store. The region is always there, so that screen readers hear what comes into it.
#[component]
pub fn Toasts() -> Html {
    let store = use_store();
    html! {
        <div class="toasts" role="region" aria-label={words::NOTIFICATIONS} aria-live="polite">
            { for store.toasts.iter().map(|toast| html! { <ToastView key={toast.key} toast={toast.clone()} /> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToastProps {
    toast: Toast,
}

#[component]
fn ToastView(props: &ToastProps) -> Html {
    let store = use_store();
    let held = use_state(bool::default);
    let key = props.toast.key;
    use_effect_with(*held, {
        let store = store.clone();
        let shown = if props.toast.action.is_some() { SHOWN_WITH_ACTION_MS } else { SHOWN_MS };
        move |held| {
            let timer = (!held).then(|| Timeout::new(shown, move || store.dispatch(Action::DropToast(key))));
            move || drop(timer)
        }
    });
    let hold = |on: bool| {
        let held = held.clone();
        move || held.set(on)
    };
    let (enter, leave, focus, blur) = (hold(true), hold(false), hold(true), hold(false));
    let drop_it = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.dispatch(Action::DropToast(key)))
    };
    let class = if props.toast.kind == ToastKind::Error { "toast toast-error" } else { "toast" };
    html! {
        <div {class} role={(props.toast.kind == ToastKind::Error).then_some("alert")}
            onmouseenter={move |_| enter()} onmouseleave={move |_| leave()}
            onfocusin={move |_| focus()} onfocusout={move |_| blur()}>
            <span class="toast-text">{&props.toast.text}</span>
            if let Some(action) = props.toast.action.clone() {
                <button type="button" class="toast-action" onclick={act(store, key, action.clone())}>
                    {label(&action)}
                </button>
            }
            <IconButton icon={IconName::Close} label={words::DISMISS} onclick={drop_it} />
        </div>
    }
}

fn label(action: &ToastAction) -> &'static str {
    match action {
        ToastAction::Undo(_) | ToastAction::UndoOf(..) => words::UNDO,
        ToastAction::Redo(_) => words::REDO,
        ToastAction::Reload => words::RELOAD,
    }
}

fn act(store: Store, key: u64, action: ToastAction) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        store.dispatch(Action::DropToast(key));
        match &action {
            ToastAction::Undo(id) => store.undo(*id),
            ToastAction::Redo(id) => store.redo(*id),
            ToastAction::UndoOf(id, kind) => store.undo_of(*id, *kind),
            ToastAction::Reload => store.reload(),
        }
    })
}

//! A conversation in the menu, with its title to be changed, and its end.

use super::handle::Chat;
use crate::api::ApiError;
use crate::store::use_store;
use crate::ui::{Button, ButtonKind, Dialog, IconButton, IconName};
use crate::words::{chat as words, common};
use todo_contract::chat::ConversationTitle;
use todo_contract::{Conversation, ConversationId};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ConversationRowProps {
    pub chat: Chat,
    pub conversation: Conversation,
    pub on_choose: Callback<ConversationId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Shown,
    Renaming,
    Deleting,
}

/// A row of the menu.
#[component]
pub(super) fn ConversationRow(props: &ConversationRowProps) -> Html {
    let store = use_store();
    let mode = use_state_eq(|| Mode::Shown);
    let field = use_node_ref();
    use_effect_with(*mode, {
        let field = field.clone();
        move |mode| {
            if let (Mode::Renaming, Some(field)) = (mode, field.cast::<HtmlInputElement>()) {
                drop(field.focus());
                field.select();
            }
        }
    });
    let ConversationRowProps { chat, conversation, on_choose } = props;
    let (id, title) = (conversation.id, conversation.title.clone());
    let on_error = Callback::from(move |error: ApiError| store.report(&error));
    let set_mode = |to: Mode| {
        let mode = mode.clone();
        Callback::from(move |_: MouseEvent| mode.set(to))
    };
    let close = {
        let mode = mode.clone();
        Callback::from(move |()| mode.set(Mode::Shown))
    };
    if *mode == Mode::Renaming {
        let save = {
            let (chat, close, field, on_error) = (chat.clone(), close.clone(), field.clone(), on_error.clone());
            Callback::from(move |event: SubmitEvent| {
                event.prevent_default();
                let written = field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
                if let Ok(title) = ConversationTitle::new(written) {
                    chat.rename(id, title, on_error.clone());
                    close.emit(());
                }
            })
        };
        let leave = {
            let close = close.clone();
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Escape" {
                    event.prevent_default();
                    event.stop_propagation();
                    close.emit(());
                }
            })
        };
        return html! {
            <li class="conversation-row">
                <form onsubmit={save} onkeydown={leave}>
                    <input class="input" ref={field} value={title} maxlength="200" required={true} aria-label={words::TITLE_LABEL} />
                    <Button submit={true}>{ common::SAVE }</Button>
                </form>
            </li>
        };
    }
    let delete = {
        let (chat, close, on_error) = (chat.clone(), close.clone(), on_error);
        Callback::from(move |_: MouseEvent| {
            chat.delete(id, on_error.clone());
            close.emit(());
        })
    };
    let current = chat.current == id;
    html! {
        <li class={if current { "conversation-row is-current" } else { "conversation-row" }}>
            <button class="conversation-choice" aria-current={current.then_some("true")} onclick={on_choose.reform(move |_: MouseEvent| id)}>
                { &title }
            </button>
            <IconButton icon={IconName::Edit} label={words::renaming(&title)} onclick={set_mode(Mode::Renaming)} />
            <IconButton icon={IconName::Trash} label={words::deleting(&title)} onclick={set_mode(Mode::Deleting)} />
            if *mode == Mode::Deleting {
                <Dialog title={words::DELETE_TITLE} class="dialog-small" on_close={close}>
                    <p class="dialog-body">{ words::delete_body(&title) }</p>
                    <div class="dialog-foot">
                        <Button onclick={set_mode(Mode::Shown)}>{ common::CANCEL }</Button>
                        <Button kind={ButtonKind::Danger} onclick={delete}>{ words::DELETE_ACTION }</Button>
                    </div>
                </Dialog>
            }
        </li>
    }
}

//! Where a person writes.

use super::draft::use_draft;
use super::handle::Chat;
use super::stop::use_stop;
use crate::api::ApiError;
use crate::store::{Toast, use_store};
use crate::ui::{Icon, IconName};
use crate::words::chat as words;
use std::cmp::Ordering;
use todo_contract::limits::MESSAGE_MAX;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The counter shows when fewer characters than this are left.
const COUNT_FROM: i64 = 300;

#[derive(Properties, PartialEq)]
pub(super) struct ComposerProps {
    pub chat: Chat,
    /// Whether nobody is there to answer.
    pub unavailable: bool,
}

/// The text field with Send, or Stop while something is at work.
#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let chat = &props.chat;
    let online = use_store().online;
    let (text, set_text) = use_draft(chat);
    let stop = use_stop(chat);
    let say = use_say(chat, &text, &set_text);
    let on_input = set_text.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let on_keydown = {
        let (say, set_text, text) = (say.clone(), set_text.clone(), text.clone());
        let last = chat.turns.last().map(|turn| turn.message.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.shift_key() && !event.is_composing() => {
                event.prevent_default();
                say.emit(());
            }
            "ArrowUp" if text.is_empty() => {
                if let Some(last) = &last {
                    event.prevent_default();
                    set_text.emit(last.clone());
                }
            }
            _ => {}
        })
    };
    let reason = reason_not_to_write(chat, online, props.unavailable);
    let at_work = chat.active_turn().filter(|turn| turn.is_stoppable()).map(|turn| turn.id);
    let left = left(&text);
    let button = match at_work {
        Some(turn) => html! {
            <button class="composer-button is-stop" type="button" title={words::STOP} aria-label={words::STOP}
                onclick={stop.reform(move |_: MouseEvent| turn)}><Icon name={IconName::Stop} /></button>
        },
        None => html! {
            <button class="composer-button" type="button" title={words::SEND} aria-label={words::SEND}
                disabled={!online || text.trim().is_empty() || left < 0}
                onclick={say.reform(|_: MouseEvent| ())}><Icon name={IconName::ArrowUp} /></button>
        },
    };
    html! {
        <div class="composer">
            <div class="composer-field" data-text={text.clone()}>
                <textarea rows="1" id="composer" aria-label={words::COMPOSER_LABEL} placeholder={reason.unwrap_or(words::COMPOSER_HINT)}
                    aria-describedby="composer-note" value={text} oninput={on_input} onkeydown={on_keydown} />
                { button }
            </div>
            <p class="composer-note" id="composer-note" aria-live="polite">
                if let Some(reason) = reason { <span>{ reason }</span> }
                if left < COUNT_FROM {
                    <span class={classes!("composer-count", (left < 0).then_some("is-over"))}>{ words::characters_left(left) }</span>
                }
            </p>
        </div>
    }
}

/// Sends what is written; while a question waits, a typed yes or no answers it.
#[hook]
fn use_say(chat: &Chat, text: &AttrValue, set_text: &Callback<String>) -> Callback<()> {
    let store = use_store();
    let (chat, text, set_text) = (chat.clone(), text.clone(), set_text.clone());
    Callback::from(move |()| {
        if !store.online || text.trim().is_empty() || left(&text) < 0 {
            return;
        }
        match chat.active_turn() {
            None => chat.say(text.trim()),
            Some(turn) => {
                let (Some(call), Some(approve)) = (turn.question(), words::answer(&text)) else { return };
                let store = store.clone();
                let on_error = Callback::from(move |error: ApiError| store.toast(Toast::error(error.detail)));
                chat.answer(turn.id, call.id.clone(), approve, on_error);
            }
        }
        set_text.emit(String::new());
    })
}

fn left(text: &str) -> i64 {
    let (used, most) = (text.trim().chars().count(), MESSAGE_MAX);
    let distance = i64::try_from(used.abs_diff(most)).unwrap_or(i64::MAX);
    if used.cmp(&most) == Ordering::Greater { -distance } else { distance }
}

fn reason_not_to_write(chat: &Chat, online: bool, unavailable: bool) -> Option<&'static str> {
    if !online {
        Some(words::COMPOSER_OFFLINE)
    } else if chat.active_turn().is_some_and(|turn| turn.question().is_some()) {
        Some(words::COMPOSER_WAITING)
    } else {
        unavailable.then_some(words::COMPOSER_UNAVAILABLE)
    }
}

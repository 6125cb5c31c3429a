//! Where a person writes.

use super::draft::use_draft;
use super::handle::Chat;
use super::planner_badge::PlannerBadge;
use super::stop::use_stop;
use crate::api::ApiError;
use crate::store::use_store;
use crate::ui::{IconName, picture};
use crate::words::chat as words;
use std::cmp::Ordering;
use todo_contract::limits::MESSAGE_MAX;
use todo_contract::step::PlannerInfo;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The counter shows when fewer characters than this are left.
const COUNT_FROM: i64 = 300;

#[derive(Properties, PartialEq)]
pub(super) struct ComposerProps {
    pub chat: Chat,
    pub planner: Option<PlannerInfo>,
}

/// The text field with Send, or Stop while something is at work.
#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let chat = &props.chat;
    let online = use_store().online;
    let (text, set_text) = use_draft(chat);
    let stop = use_stop(chat);
    let say = use_say(chat, &set_text);
    let on_input = set_text.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let on_keydown = {
        let (say, set_text, text) = (say.clone(), set_text.clone(), text.clone());
        let last = chat.turns.last().map(|turn| turn.message.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.shift_key() && !event.is_composing() => {
                event.prevent_default();
                say.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value());
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
    let say_it = {
        let text = text.to_string();
        say.reform(move |_: MouseEvent| text.clone())
    };
    let reason = reason_not_to_write(chat, online, props.planner.as_ref());
    let at_work = chat.active_turn().filter(|turn| turn.is_stoppable()).map(|turn| turn.id);
    let left = left(&text);
    let button = match at_work {
        Some(turn) => html! {
            <button class="composer-button is-stop" type="button" title={words::STOP} aria-label={words::STOP}
                onclick={stop.reform(move |_: MouseEvent| turn)}>{ picture(IconName::Stop) }</button>
        },
        None => html! {
            <button class="composer-button" type="button" title={words::SEND} aria-label={words::SEND}
                disabled={!online || text.trim().is_empty() || left < 0}
                onclick={say_it}>{ picture(IconName::ArrowUp) }</button>
        },
    };
    html! {
        <div class="composer">
            if let Some(reason) = reason.filter(|_| !text.is_empty()) {
                <p class="composer-reason" role="status">{ reason }</p>
            }
            <div class="composer-field" data-text={text.clone()}>
                <textarea rows="1" id="composer" aria-label={words::COMPOSER_LABEL} placeholder={reason.unwrap_or(words::COMPOSER_HINT)}
                    aria-describedby="composer-note" value={text} oninput={on_input} onkeydown={on_keydown} />
                { button }
            </div>
            <div class="composer-foot">
                <PlannerBadge planner={props.planner.clone()} />
                <p class="composer-note" id="composer-note" aria-live="polite">
                    if left < COUNT_FROM {
                        <span class={if left < 0 { "composer-count is-over" } else { "composer-count" }}>
                            { words::characters_left(left) }
                        </span>
                    }
                </p>
            </div>
        </div>
    }
}

/// Sends what is written; while a question waits, a typed yes or no answers it.
#[hook]
fn use_say(chat: &Chat, set_text: &Callback<String>) -> Callback<String> {
    let store = use_store();
    let (chat, set_text) = (chat.clone(), set_text.clone());
    Callback::from(move |text: String| {
        if !store.online || text.trim().is_empty() || left(&text) < 0 {
            return;
        }
        match chat.active_turn() {
            None => chat.say(text.trim()),
            Some(turn) => {
                let (Some(call), Some(approve)) = (turn.question(), words::answer(&text)) else { return };
                let store = store.clone();
                let on_error = Callback::from(move |error: ApiError| store.report(&error));
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

fn reason_not_to_write(chat: &Chat, online: bool, planner: Option<&PlannerInfo>) -> Option<&'static str> {
    if !online {
        Some(words::COMPOSER_OFFLINE)
    } else if chat.active_turn().is_some_and(|turn| turn.question().is_some()) {
        Some(words::COMPOSER_WAITING)
    } else {
        planner.is_some_and(|planner| !planner.available).then_some(words::COMPOSER_UNAVAILABLE)
    }
}

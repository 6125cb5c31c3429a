//! The search field: asks when typing pauses.

use crate::store::{TaskQuery, use_store};
use crate::ui::{IconButton, IconName, picture, value_of};
use crate::words::tasks as words;
use gloo_timers::callback::Timeout;
use todo_contract::limits::SEARCH_MAX;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The id of the field, for the shortcut.
pub(super) const FIELD: &str = "search";
const PAUSE_MS: u32 = 220;

#[component]
pub(super) fn Search() -> Html {
    let store = use_store();
    let text = use_state(|| store.listing.query.text.clone());
    let asked = store.listing.query.text.clone();
    use_effect_with((*text).clone(), {
        let store = store.clone();
        move |text: &String| {
            let text = text.trim().to_owned();
            let timer = (text != store.listing.query.text).then(|| {
                Timeout::new(PAUSE_MS, move || {
                    store.show(TaskQuery { text, ..store.listing.query.clone() });
                })
            });
            move || drop(timer)
        }
    });
    // Filters may be cleared from elsewhere.
    use_effect_with(asked, {
        let text = text.clone();
        move |asked: &String| {
            if asked.is_empty() {
                text.set(String::new());
            }
        }
    });
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            text.set(value_of(&event));
        })
    };
    let clear = {
        let text = text.clone();
        move || {
            text.set(String::new());
            super::shortcuts::focus(FIELD);
        }
    };
    let onkeydown = {
        let text = text.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            match event.key().as_str() {
                "Escape" if text.is_empty() => {
                    let _ = input.blur();
                }
                "Escape" => text.set(String::new()),
                "ArrowDown" => super::shortcuts::focus_first_row(),
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <div class="search" role="search">
            { picture(IconName::Search) }
            <input id={FIELD} type="search" value={(*text).clone()} {oninput} {onkeydown} autocomplete="off"
                enterkeyhint="search" maxlength={SEARCH_MAX.to_string()} placeholder={words::SEARCH} aria-label={words::SEARCH_TASKS} />
            if !text.is_empty() {
                <IconButton icon={IconName::Close} label={words::CLEAR_SEARCH} onclick={Callback::from(move |_: MouseEvent| clear())} />
            }
        </div>
    }
}

//! Light or dark.

use super::section;
use crate::app::theme::Theme;
use crate::ui::{class, when};
use crate::words::{account as words, common};
use yew::prelude::*;

#[component]
pub(super) fn Appearance() -> Html {
    let theme = use_state(Theme::stored);
    let option = |each: Theme| {
        let checked = *theme == each;
        let theme = theme.clone();
        let onchange = Callback::from(move |_: Event| {
            each.choose();
            theme.set(each);
        });
        let label = match each {
            Theme::System => common::THEME_SYSTEM,
            Theme::Light => common::THEME_LIGHT,
            Theme::Dark => common::THEME_DARK,
        };
        html! {
            <label class={class(&["choice", when(checked, "choice-on")])}>
                <input type="radio" name="theme" class="visually-hidden" {checked} {onchange} />{label}
            </label>
        }
    };
    let content = html! {
        <>
            <div class="choices" role="radiogroup" aria-label={common::THEME}>{ for Theme::ALL.into_iter().map(option) }</div>
        </>
    };
    section("appearance", words::APPEARANCE, "", content)
}

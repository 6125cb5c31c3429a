//! List and chat: side by side, or one at a time where there is no room for both.

use crate::chat::ChatPane;
use crate::store::use_store;
use crate::tasks::TaskPane;
use crate::ui::{IconName, class, picture, when};
use crate::words::common as words;
use yew::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    List,
    Chat,
}

/// List and chat.
#[component]
pub fn Home() -> Html {
    let tab = use_state(|| Tab::List);
    let store = use_store();
    // A task that the chat points at opens in the list.
    use_effect_with(store.open, {
        let tab = tab.setter();
        move |open| {
            if open.is_some() {
                tab.set(Tab::List);
            }
        }
    });
    let button = |which: Tab, icon: IconName, label: &'static str| {
        let here = *tab == which;
        let tab = tab.setter();
        let onclick = Callback::from(move |_: MouseEvent| tab.set(which));
        html! {
            <button type="button" class={class(&["tab", when(here, "tab-here")])} {onclick}
                aria-pressed={if here { "true" } else { "false" }}>
                { picture(icon) }{label}
            </button>
        }
    };
    html! {
        <div class={if *tab == Tab::List { "home show-list" } else { "home show-chat" }}>
            <div class="tabs" role="group" aria-label={words::VIEWS}>
                { button(Tab::List, IconName::List, words::LIST) }
                { button(Tab::Chat, IconName::Chat, words::CHAT) }
            </div>
            <TaskPane />
            <section class="pane chat-pane" aria-label={words::CHAT}><ChatPane /></section>
        </div>
    }
}

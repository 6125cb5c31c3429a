//! List and chat.

use crate::chat::ChatPane;
use crate::ui::Toasts;
use yew::prelude::*;

/// List and chat.
#[component]
pub fn Home() -> Html {
    html! {
        <main><ChatPane /><Toasts /></main>
    }
}

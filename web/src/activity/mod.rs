//! What was done to the tasks, by whom, and taking it back.

use yew::prelude::*;

/// The journal.
#[component]
pub fn ActivityPage() -> Html {
    html! {}
}

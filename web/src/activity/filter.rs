//! Narrows the journal to what one kind of actor did.

use crate::words::activity as words;
use todo_contract::ActorKind;
use yew::prelude::*;

const CHOICES: [Option<ActorKind>; 4] = [None, Some(ActorKind::User), Some(ActorKind::Agent), Some(ActorKind::Token)];

/// One button for each kind, and one for all.
pub(super) fn actor_filter(chosen: Option<ActorKind>, on_choose: &Callback<Option<ActorKind>>) -> Html {
    let button = |choice: Option<ActorKind>| {
        let pressed = (choice == chosen).to_string();
        let choose = on_choose.reform(move |_: MouseEvent| choice);
        html! { <button type="button" class="segment" aria-pressed={pressed} onclick={choose}>{ words::filter(choice) }</button> }
    };
    html! {
        <div class="segments" role="group" aria-label={words::FILTER_LABEL}>{ for CHOICES.into_iter().map(button) }</div>
    }
}

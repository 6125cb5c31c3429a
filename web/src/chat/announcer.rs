//! Tells a screen reader of answers when they are complete, not word by word.

use super::turn::{TurnError, TurnView};
use crate::words::chat as words;
use std::rc::Rc;
use todo_contract::{TurnId, TurnStatus};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct AnnouncerProps {
    pub turns: Vec<Rc<TurnView>>,
}

/// Speaks when the latest turn comes to an end that was seen at work here.
#[component]
pub(super) fn Announcer(props: &AnnouncerProps) -> Html {
    let watched = use_mut_ref(Option::<TurnId>::default);
    let text = use_state_eq(String::new);
    use_effect_with(props.turns.last().cloned(), {
        let text = text.clone();
        move |latest| {
            let Some(turn) = latest else { return };
            if !turn.status.is_final() {
                watched.replace(Some(turn.id));
            } else if watched.borrow_mut().take_if(|id| *id == turn.id).is_some() {
                text.set(announcement(turn));
            }
        }
    });
    html! { <div class="visually-hidden" aria-live="polite" role="status">{ (*text).clone() }</div> }
}

fn announcement(turn: &TurnView) -> String {
    match turn.status {
        TurnStatus::Failed => {
            turn.error.as_ref().map_or_else(|| words::FAILED.to_owned(), |error: &TurnError| error.detail.clone())
        }
        TurnStatus::Interrupted => words::STOPPED.to_owned(),
        _ => turn.answer(),
    }
}

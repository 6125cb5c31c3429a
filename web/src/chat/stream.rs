//! Follows a turn that is at work.

use super::handle::Chat;
use super::state::ChatAction;
use crate::api::chat::turn_events_path;
use crate::api::events::{StreamEvent, follow};
use crate::api::json;
use std::cell::Cell;
use todo_contract::{TurnEvent, TurnId};
use yew::prelude::*;

const NAMES: [&str; 8] = ["status", "text", "tool_call", "tool_result", "confirmation", "usage", "error", "done"];

#[derive(Properties, PartialEq)]
pub(super) struct TurnStreamProps {
    pub turn: TurnId,
    /// The last event that is known; read when the stream is opened.
    pub after: i64,
}

/// Feeds a turn's events to the chat for as long as it is mounted; shows nothing.
#[component]
pub(super) fn TurnStream(props: &TurnStreamProps) -> Html {
    let chat = use_context::<Chat>();
    let after = props.after;
    use_effect_with(props.turn, move |turn| {
        let turn = *turn;
        let was_lost = Cell::new(false);
        let subscription = chat.map(|chat| {
            let heard = Callback::from(move |event| match event {
                StreamEvent::Message { name, id, data } => {
                    if let Some(event) = read_event(&name, &id, &data) {
                        chat.dispatch(ChatAction::Happened(turn, event));
                    }
                }
                StreamEvent::Lost => was_lost.set(true),
                // The turn may have ended while nobody was listening.
                StreamEvent::Open => {
                    if was_lost.replace(false) {
                        chat.refresh_turns();
                    }
                }
            });
            follow(turn_events_path(turn), &NAMES, Some(after.to_string()), heard)
        });
        move || drop(subscription)
    });
    Html::default()
}

fn read_event(name: &str, id: &str, data: &str) -> Option<TurnEvent> {
    let id: i64 = id.parse().ok()?;
    json::read(&format!(r#"{{"id":{id},"event":"{name}","data":{data}}}"#)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::TurnEventBody;

    #[test]
    fn a_message_of_the_stream_is_an_event_of_the_turn() {
        let event = read_event("text", "7", r#"{"text":"Hi"}"#).unwrap();
        assert_eq!((event.id, event.body), (7, TurnEventBody::Text { text: "Hi".into() }));
        assert_eq!(read_event("text", "", r#"{"text":"Hi"}"#), None);
        assert_eq!(read_event("news", "8", "{}"), None);
    }
}

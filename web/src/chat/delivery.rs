//! Says that a message has not reached the server.

use super::handle::Chat;
use super::turn::{Delivery, TurnView};
use crate::words::{chat as words, common};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct DeliveryNoteProps {
    pub turn: Rc<TurnView>,
}

/// Why a message was not sent, with a way to send it again; nothing for one that was.
#[component]
pub(super) fn DeliveryNote(props: &DeliveryNoteProps) -> Html {
    let Some(chat) = use_context::<Chat>() else { return Html::default() };
    let Delivery::Unsent { reason, .. } = &props.turn.delivery else { return Html::default() };
    let again = {
        let turn = Rc::clone(&props.turn);
        Callback::from(move |_: MouseEvent| chat.resend(&turn))
    };
    html! {
        <div class="chat-unsent" role="alert">
            <span>{ words::NOT_SENT }{ " " }{ reason }</span>
            <button class="chat-link" onclick={again}>{ common::RETRY }</button>
        </div>
    }
}

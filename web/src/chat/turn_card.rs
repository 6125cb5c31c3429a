//! A message and its answer.

use super::call::CallState;
use super::call_card::CallCard;
use super::confirmation::ConfirmationCard;
use super::delivery::DeliveryNote;
use super::ending::Ending;
use super::turn::{Delivery, Part, TurnView};
use crate::ui::Markdown;
use crate::words::{chat as words, model};
use std::rc::Rc;
use todo_contract::TurnStatus;
use todo_contract::step::PlannerKind;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct TurnCardProps {
    pub turn: Rc<TurnView>,
}

/// What was said, and what came of it.
#[component]
pub(super) fn TurnCard(props: &TurnCardProps) -> Html {
    let turn = &props.turn;
    let parts = turn.parts.iter().map(|part| match part {
        Part::Text(text) => html! { <div class="chat-text"><Markdown text={text.to_string()} /></div> },
        Part::Call(call) => {
            let state = turn.state_of(call);
            let asks = call.confirmation.is_some() && matches!(state, CallState::Waiting);
            if asks {
                html! { <ConfirmationCard key={call.id.to_string()} turn={turn.id} call={call.clone()} /> }
            } else {
                html! { <CallCard key={call.id.to_string()} {state} call={call.clone()} /> }
            }
        }
    });
    html! {
        <article class="chat-turn" data-status={status_name(turn)}>
            <div class="chat-said">
                <span class="visually-hidden">{ words::YOU }</span>
                <p>{ &turn.message }</p>
            </div>
            <DeliveryNote turn={turn.clone()} />
            <div class="chat-answer">
                <span class="visually-hidden">{ words::ASSISTANT }</span>
                { for parts }
                if is_thinking(turn) {
                    <p class="chat-thinking" aria-label={words::THINKING}><span /><span /><span /></p>
                }
                if turn.attempt > 1 && turn.planner == Some(PlannerKind::Builtin) {
                    <p class="chat-by">{ words::ANSWERED_BY_BUILTIN }</p>
                }
                { tokens(turn) }
                <Ending turn={turn.clone()} />
            </div>
        </article>
    }
}

/// What the answer took, once it is there.
fn tokens(turn: &TurnView) -> Html {
    let (read, written) = turn.tokens;
    let count = read.saturating_add(written);
    if count == 0 || !turn.status.is_final() {
        return Html::default();
    }
    html! { <p class="chat-tokens" title={model::tokens_in_detail(read, written)}>{ model::tokens(count) }</p> }
}

/// At work with nothing on the screen that moves.
fn is_thinking(turn: &TurnView) -> bool {
    let moves = match turn.parts.last() {
        Some(Part::Text(_)) => true,
        Some(Part::Call(call)) => turn.state_of(call) == CallState::Running,
        None => false,
    };
    turn.status == TurnStatus::Running && !matches!(turn.delivery, Delivery::Unsent { .. }) && !moves
}

fn status_name(turn: &TurnView) -> &'static str {
    match turn.status {
        TurnStatus::Running => "running",
        TurnStatus::NeedsConfirmation => "needs_confirmation",
        TurnStatus::Done => "done",
        TurnStatus::Failed => "failed",
        TurnStatus::Interrupted => "interrupted",
    }
}

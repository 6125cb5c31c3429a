use super::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn conversation(n: u128) -> ConversationId {
    ConversationId(Uuid::from_u128(n))
}

fn turn_id(n: u128) -> TurnId {
    TurnId(Uuid::from_u128(n))
}

fn told(id: u128, status: &str, events: Value) -> Turn {
    serde_json::from_value(json!({
        "id": turn_id(id), "conversation_id": conversation(1), "message": "hi", "status": status, "planner": null,
        "events": events, "created_at": "2027-01-01T00:00:00Z",
    }))
    .unwrap()
}

fn page(items: Vec<Turn>, earlier: Option<&str>) -> Page<Turn> {
    Page { items, next_cursor: earlier.map(Into::into), total: None }
}

fn said(state: ChatState, id: u128, message: &str) -> ChatState {
    let at = Timestamp::from_second(1_800_000_000 + i64::try_from(id).unwrap()).unwrap();
    state.after(ChatAction::Said { turn: turn_id(id), message: message.into(), at })
}

#[test]
fn a_message_shows_at_once_and_titles_its_conversation() {
    let state = said(ChatState::new(conversation(1)), 1, "Add  milk\nplease");
    assert_eq!(state.turns[0].delivery, Delivery::Sending);
    assert_eq!(state.current_conversation().unwrap().title, "Add milk please");
    assert_eq!(state.active_turn().map(|turn| turn.id), Some(turn_id(1)));
    assert_eq!(state.turns[0].resume_after(), None);
}

#[test]
fn a_message_that_was_not_sent_can_be_sent_again() {
    let undelivered = ChatAction::Undelivered { turn: turn_id(1), reason: "offline".into(), offline: true };
    let state = said(ChatState::new(conversation(1)), 1, "hi").after(undelivered);
    assert_eq!(state.active_turn(), None);
    let state = state.after(ChatAction::Resent(turn_id(1))).after(ChatAction::Told(told(1, "running", json!([]))));
    assert_eq!((state.turns[0].delivery.clone(), state.turns[0].resume_after()), (Delivery::Sent, Some(0)));
}

#[test]
fn what_the_server_tells_joins_what_is_only_known_here() {
    let state = said(ChatState::new(conversation(1)), 2, "second");
    let state = state.after(ChatAction::TurnsLoaded(conversation(1), page(vec![told(1, "done", json!([]))], None)));
    assert_eq!(state.turns.iter().map(|turn| turn.id).collect::<Vec<_>>(), [turn_id(1), turn_id(2)]);
    let again = vec![told(1, "done", json!([])), told(2, "running", json!([]))];
    let state = state.after(ChatAction::TurnsLoaded(conversation(1), page(again, None)));
    assert_eq!(state.turns.len(), 2);
}

#[test]
fn turns_of_a_conversation_that_was_left_are_dropped() {
    let state = ChatState::new(conversation(1)).after(ChatAction::Opened(conversation(2)));
    let state = state.after(ChatAction::TurnsLoaded(conversation(1), page(vec![told(1, "done", json!([]))], None)));
    assert!(state.turns.is_empty());
    assert_eq!(state.turns_load, Load::Loading);
    assert_eq!(
        state.after(ChatAction::TurnsFailed(conversation(2), "no".into())).turns_load,
        Load::Failed("no".into())
    );
}

#[test]
fn the_conversation_last_spoken_in_comes_first() {
    let list = json!([
        { "id": conversation(1), "title": "old", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z" },
        { "id": conversation(2), "title": "new", "created_at": "2026-01-02T00:00:00Z", "updated_at": "2026-01-02T00:00:00Z" },
    ]);
    let state = ChatState::new(conversation(1));
    let state = state.after(ChatAction::ConversationsLoaded(serde_json::from_value(list).unwrap()));
    let titles = |state: &ChatState| state.conversations.iter().map(|c| c.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&state), ["new", "old"]);
    let state = said(state, 1, "hello");
    assert_eq!(titles(&state), ["old", "new"]);
    assert_eq!(titles(&state.after(ChatAction::Deleted(conversation(1)))), ["new"]);
}

#[test]
fn earlier_turns_join_in_front_and_are_asked_for_until_there_are_none() {
    let late = |id: u128, second: i64| Turn {
        created_at: Timestamp::from_second(second).unwrap(),
        ..told(id, "done", json!([]))
    };
    let state = ChatState::new(conversation(2)).after(ChatAction::Opened(conversation(1)));
    let state = state.after(ChatAction::TurnsLoaded(conversation(1), page(vec![late(3, 30)], Some("c"))));
    let state = state.after(ChatAction::TurnsLoaded(conversation(1), page(vec![late(3, 30)], Some("other"))));
    assert_eq!(state.earlier.as_deref(), Some("c"));
    let state = state.after(ChatAction::EarlierLoaded(conversation(1), page(vec![late(2, 20), late(1, 10)], None)));
    assert_eq!(state.turns.iter().map(|turn| turn.id).collect::<Vec<_>>(), [turn_id(1), turn_id(2), turn_id(3)]);
    assert_eq!(state.earlier, None);
}

#[test]
fn a_conversation_that_the_server_does_not_know_yet_stays_in_the_list() {
    let state = said(ChatState::new(conversation(1)), 1, "hello");
    let state = state.after(ChatAction::ConversationsLoaded(Vec::new()));
    assert_eq!(state.conversations.len(), 1);
    let state = state.after(ChatAction::Told(told(1, "done", json!([]))));
    assert!(state.after(ChatAction::ConversationsLoaded(Vec::new())).conversations.is_empty());
}

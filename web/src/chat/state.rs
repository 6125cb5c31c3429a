//! What the chat shows, and how it changes.

use super::turn::{Delivery, TurnView};
use crate::activity::ledger::Ledger;
use crate::words::chat as words;
use jiff::Timestamp;
use std::rc::Rc;
use todo_contract::limits::CONVERSATION_TITLE_MAX;
use todo_contract::{CallId, Conversation, ConversationId, Operation, Page, Turn, TurnEvent, TurnId, TurnStatus};

/// How far a list has been fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Load {
    /// On its way.
    #[default]
    Loading,
    /// Here.
    Ready,
    /// Could not be fetched; the reason is fit for a person.
    Failed(String),
}

/// The chat of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatState {
    /// Newest first.
    pub conversations: Vec<Conversation>,
    /// Whether they are here.
    pub conversations_load: Load,
    /// The one shown; not in `conversations` until something is said in it.
    pub current: ConversationId,
    /// Its turns, oldest first.
    pub turns: Vec<Rc<TurnView>>,
    /// Whether they are here.
    pub turns_load: Load,
    /// Where the turns before them begin; `None` if there are none.
    pub earlier: Option<String>,
    /// What was undone.
    pub ledger: Ledger,
}

/// What can happen to the chat.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are named for what they hold")]
pub enum ChatAction {
    /// The list of conversations came.
    ConversationsLoaded(Vec<Conversation>),
    /// It did not.
    ConversationsFailed(String),
    /// A conversation is to be shown; its turns are on their way.
    Opened(ConversationId),
    /// A conversation is begun, with nothing said yet.
    Begun(ConversationId),
    /// A conversation's latest turns came.
    TurnsLoaded(ConversationId, Page<Turn>),
    /// The turns before those shown came.
    EarlierLoaded(ConversationId, Page<Turn>),
    /// They did not.
    TurnsFailed(ConversationId, String),
    /// The person said something.
    Said { turn: TurnId, message: String, at: Timestamp },
    /// The message is being sent again.
    Resent(TurnId),
    /// The message did not reach the server.
    Undelivered { turn: TurnId, reason: String, offline: bool },
    /// The server told of a turn.
    Told(Turn),
    /// A turn is being tried again.
    Retried(TurnId),
    /// Something happened in a turn.
    Happened(TurnId, TurnEvent),
    /// The person answered a confirmation.
    Answered { turn: TurnId, call: CallId, approve: bool },
    /// The server refused the answer.
    AnswerRefused { turn: TurnId, call: CallId },
    /// A conversation has another title.
    Renamed(Conversation),
    /// A conversation is gone.
    Deleted(ConversationId),
    /// Rows of the journal came.
    Recorded(Vec<Operation>),
}

impl ChatState {
    /// Before anything is fetched.
    #[must_use]
    pub fn new(current: ConversationId) -> Self {
        Self {
            conversations: Vec::new(),
            conversations_load: Load::Loading,
            current,
            turns: Vec::new(),
            turns_load: Load::Ready,
            earlier: None,
            ledger: Ledger::default(),
        }
    }

    /// The turn that is at work or waits for an answer.
    #[must_use]
    pub fn active_turn(&self) -> Option<&Rc<TurnView>> {
        self.turns.iter().rev().find(|turn| {
            !matches!(turn.delivery, Delivery::Unsent { .. })
                && matches!(turn.status, TurnStatus::Running | TurnStatus::NeedsConfirmation)
        })
    }

    /// The conversation shown, if the server has it.
    #[must_use]
    pub fn current_conversation(&self) -> Option<&Conversation> {
        self.conversations.iter().find(|conversation| conversation.id == self.current)
    }

    /// Whether a message is on its way, so that the server may not know the conversation yet.
    fn is_sending(&self) -> bool {
        self.turns.iter().any(|turn| turn.delivery != Delivery::Sent)
    }

    /// The state after `action`.
    #[must_use]
    pub fn after(mut self, action: ChatAction) -> Self {
        match action {
            ChatAction::ConversationsLoaded(conversations) => {
                let begun = self.current_conversation().filter(|_| self.is_sending()).cloned();
                self.conversations = conversations;
                if self.current_conversation().is_none() {
                    self.conversations.extend(begun);
                }
                self.conversations_load = Load::Ready;
                self.sort_conversations();
            }
            ChatAction::ConversationsFailed(reason) => self.conversations_load = Load::Failed(reason),
            ChatAction::Opened(id) => self.show(id, Load::Loading),
            ChatAction::Begun(id) => self.show(id, Load::Ready),
            ChatAction::TurnsLoaded(id, page) if id == self.current => {
                if self.turns_load != Load::Ready || self.turns.is_empty() {
                    self.earlier = page.next_cursor;
                }
                self.take_in(&page.items);
            }
            ChatAction::EarlierLoaded(id, page) if id == self.current => {
                self.earlier = page.next_cursor;
                self.take_in(&page.items);
            }
            ChatAction::TurnsFailed(id, reason) if id == self.current && self.turns.is_empty() => {
                self.turns_load = Load::Failed(reason);
            }
            ChatAction::TurnsLoaded(..) | ChatAction::EarlierLoaded(..) | ChatAction::TurnsFailed(..) => {}
            ChatAction::Said { turn, message, at } => self.say(turn, message, at),
            ChatAction::Resent(id) => self.change(id, |turn| turn.delivery = Delivery::Sending),
            ChatAction::Undelivered { turn, reason, offline } => {
                self.change(turn, |turn| turn.delivery = Delivery::Unsent { reason, offline });
            }
            ChatAction::Told(told) => self.change(told.id, |turn| turn.merge(&told)),
            ChatAction::Retried(id) => self.change(id, |turn| turn.status = TurnStatus::Running),
            ChatAction::Happened(id, event) => self.change(id, |turn| turn.apply(&event)),
            ChatAction::Answered { turn, call, approve } => {
                self.change(turn, |turn| turn.answer_confirmation(&call, approve));
            }
            ChatAction::AnswerRefused { turn, call } => self.change(turn, |turn| turn.reopen_confirmation(&call)),
            ChatAction::Renamed(renamed) => {
                if let Some(known) = self.conversations.iter_mut().find(|known| known.id == renamed.id) {
                    *known = renamed;
                }
            }
            ChatAction::Deleted(id) => self.conversations.retain(|known| known.id != id),
            ChatAction::Recorded(operations) => operations.iter().for_each(|row| self.ledger.record(row)),
        }
        self
    }

    fn show(&mut self, id: ConversationId, load: Load) {
        self.current = id;
        self.turns.clear();
        self.earlier = None;
        self.turns_load = load;
    }

    /// What the server knows goes first, by its own clock; what only this page knows follows.
    fn take_in(&mut self, told: &[Turn]) {
        let mut known = std::mem::take(&mut self.turns);
        for turn in told {
            let place = known.iter().position(|view| view.id == turn.id);
            let mut view = match place {
                Some(place) => known.remove(place),
                None => Rc::new(TurnView::from_turn(turn)),
            };
            Rc::make_mut(&mut view).merge(turn);
            self.turns.push(view);
        }
        self.turns.append(&mut known);
        self.turns.sort_by_key(|turn| {
            let sent = turn.delivery == Delivery::Sent;
            (!sent, sent.then_some(turn.created_at))
        });
        self.turns_load = Load::Ready;
    }

    fn say(&mut self, id: TurnId, message: String, at: Timestamp) {
        match self.conversations.iter_mut().find(|known| known.id == self.current) {
            Some(conversation) => conversation.updated_at = at,
            None => self.conversations.push(Conversation {
                id: self.current,
                title: title_of(&message),
                created_at: at,
                updated_at: at,
            }),
        }
        self.sort_conversations();
        self.turns.push(Rc::new(TurnView::said(id, message, at)));
        self.turns_load = Load::Ready;
    }

    fn change(&mut self, id: TurnId, change: impl FnOnce(&mut TurnView)) {
        if let Some(turn) = self.turns.iter_mut().find(|turn| turn.id == id) {
            change(Rc::make_mut(turn));
        }
    }

    fn sort_conversations(&mut self) {
        self.conversations.sort_by_key(|conversation| std::cmp::Reverse(conversation.updated_at));
    }
}

/// A first message as a title, until the server has made its own.
fn title_of(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = line.chars().take(CONVERSATION_TITLE_MAX).collect();
    if title.is_empty() { words::NEW_CONVERSATION.to_owned() } else { title }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;

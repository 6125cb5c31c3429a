//! What a person can do in the chat: each shows at once, then asks the server.

use super::handle::Chat;
use super::remember;
use super::state::{ChatAction, Load};
use super::turn::TurnView;
use crate::api::error::{ApiError, ApiResult};
use crate::api::{chat as api, random_uuid};
use crate::time::now;
use gloo_timers::future::TimeoutFuture;
use todo_contract::chat::{ConversationPatch, ConversationTitle, MessageText, NewConversation, RetryRequest};
use todo_contract::limits::PAGE_MAX;
use todo_contract::step::PlannerKind;
use todo_contract::{CallId, ConversationId, TurnId, TurnRequest};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Turns of a page.
const TURNS: u32 = 30;
/// Waits between the tries of a message that did not reach the server.
const RESEND_AFTER_MS: [u32; 2] = [600, 2_000];

impl Chat {
    /// Says `message` in the conversation shown.
    pub(super) fn say(&self, message: &str) {
        let turn = TurnId(random_uuid());
        self.dispatch(ChatAction::Said { turn, message: message.to_owned(), at: now() });
        remember::conversation(self.current);
        self.deliver(turn, message.to_owned());
    }

    /// Sends a message again that did not reach the server, under the same id.
    pub(super) fn resend(&self, turn: &TurnView) {
        self.dispatch(ChatAction::Resent(turn.id));
        self.deliver(turn.id, turn.message.clone());
    }

    fn deliver(&self, turn: TurnId, message: String) {
        let (chat, conversation) = (self.clone(), self.current);
        spawn_local(async move {
            let mut answer = send(conversation, turn, &message).await;
            for wait in RESEND_AFTER_MS {
                if !answer.as_ref().is_err_and(ApiError::is_offline) {
                    break;
                }
                TimeoutFuture::new(wait).await;
                answer = send(conversation, turn, &message).await;
            }
            chat.dispatch(match answer {
                Ok(told) => ChatAction::Told(told),
                Err(error) => {
                    let offline = error.is_offline();
                    ChatAction::Undelivered { turn, reason: error.detail, offline }
                }
            });
        });
    }

    /// Stops a turn; its end comes by the stream.
    pub(super) fn stop(&self, turn: TurnId, on_error: Callback<ApiError>) {
        spawn_local(async move {
            if let Err(error) = api::stop(turn).await {
                on_error.emit(error);
            }
        });
    }

    /// Tries a turn again, with another planner if one is named.
    pub(super) fn retry(&self, turn: TurnId, planner: Option<PlannerKind>, on_error: Callback<ApiError>) {
        let chat = self.clone();
        spawn_local(async move {
            match api::retry(turn, &RetryRequest { planner }).await {
                Ok(()) => chat.dispatch(ChatAction::Retried(turn)),
                Err(error) => on_error.emit(error),
            }
        });
    }

    /// Answers a call's question.
    pub(super) fn answer(&self, turn: TurnId, call: CallId, approve: bool, on_error: Callback<ApiError>) {
        let chat = self.clone();
        chat.dispatch(ChatAction::Answered { turn, call: call.clone(), approve });
        spawn_local(async move {
            if let Err(error) = api::confirm(turn, &call, approve).await {
                chat.dispatch(ChatAction::AnswerRefused { turn, call });
                chat.refresh_turns();
                on_error.emit(error);
            }
        });
    }

    /// Begins a conversation. It is made when something is said in it.
    pub(super) fn begin(&self) {
        remember::no_conversation();
        self.dispatch(ChatAction::Begun(ConversationId(random_uuid())));
    }

    /// Shows a conversation.
    pub(super) fn open(&self, id: ConversationId) {
        remember::conversation(id);
        self.dispatch(ChatAction::Opened(id));
        self.fetch_turns(id);
    }

    /// Fetches again what is shown, such as after the page was away.
    pub(super) fn refresh_turns(&self) {
        if self.current_conversation().is_some() {
            self.fetch_turns(self.current);
        }
    }

    /// Fetches the turns of a conversation.
    pub(super) fn fetch_turns(&self, id: ConversationId) {
        let chat = self.clone();
        spawn_local(async move {
            chat.dispatch(match api::turns(id, None, TURNS).await {
                Ok(page) => ChatAction::TurnsLoaded(id, page),
                Err(error) => ChatAction::TurnsFailed(id, error.detail),
            });
        });
    }

    /// Fetches the turns before those shown.
    pub(super) fn fetch_earlier(&self, on_error: Callback<ApiError>) {
        let (chat, id, cursor) = (self.clone(), self.current, self.earlier.clone());
        spawn_local(async move {
            match api::turns(id, cursor, TURNS).await {
                Ok(page) => chat.dispatch(ChatAction::EarlierLoaded(id, page)),
                Err(error) => on_error.emit(error),
            }
        });
    }

    /// Fetches the list of conversations; when it comes for the first time, shows the one that was
    /// shown before, else the latest.
    pub(super) fn fetch_conversations(&self) {
        let chat = self.clone();
        spawn_local(async move {
            match api::conversations(None, PAGE_MAX).await {
                Ok(page) => {
                    let remembered = remember::last_conversation();
                    let known = page.items.iter().find(|known| Some(known.id) == remembered);
                    let latest = page.items.iter().max_by_key(|known| known.updated_at);
                    let first = chat.conversations_load != Load::Ready && chat.turns.is_empty();
                    let shown = known.or(latest).map(|known| known.id);
                    chat.dispatch(ChatAction::ConversationsLoaded(page.items));
                    if first
                        && !remember::has_begun()
                        && let Some(id) = shown
                    {
                        chat.open(id);
                    }
                }
                Err(error) => chat.dispatch(ChatAction::ConversationsFailed(error.detail)),
            }
        });
    }

    /// Gives a conversation another title.
    pub(super) fn rename(&self, id: ConversationId, title: ConversationTitle, on_error: Callback<ApiError>) {
        let chat = self.clone();
        spawn_local(async move {
            match api::rename_conversation(id, &ConversationPatch { title }).await {
                Ok(renamed) => chat.dispatch(ChatAction::Renamed(renamed)),
                Err(error) => on_error.emit(error),
            }
        });
    }

    /// Deletes a conversation; what it did to tasks stays.
    pub(super) fn delete(&self, id: ConversationId, on_error: Callback<ApiError>) {
        let chat = self.clone();
        spawn_local(async move {
            match api::delete_conversation(id).await {
                Ok(()) => {
                    remember::forget_draft(id);
                    chat.dispatch(ChatAction::Deleted(id));
                    if chat.current == id {
                        chat.begin();
                    }
                }
                Err(error) => on_error.emit(error),
            }
        });
    }
}

async fn send(conversation: ConversationId, turn: TurnId, message: &str) -> ApiResult<todo_contract::Turn> {
    let message =
        MessageText::new(message).map_err(|invalid| ApiError { detail: invalid.0, ..ApiError::unexpected(422) })?;
    let request = TurnRequest { id: turn, message, time_zone: None, planner: None };
    api::create_conversation(&NewConversation { id: Some(conversation), title: None }).await?;
    api::create_turn(conversation, &request).await
}

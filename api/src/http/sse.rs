//! Server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use crate::accounts::may_go_on;
use crate::error::{ApiError, Code};
use crate::identity::Identity;
use crate::signals::Topic;
use crate::state::AppState;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream};
use std::borrow::Cow;
use std::pin::Pin;
use todo_connections::Share;
use tokio::sync::watch;

const OPEN: &str = "api_open_streams";
/// Most streams of an account at once.
pub const STREAMS_MAX: usize = 10;
/// In seconds.
const RETRY_AFTER: u64 = 5;

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseMessage {
    /// What the client sends back as `Last-Event-ID`.
    pub id: Option<i64>,
    /// Its name.
    pub event: Cow<'static, str>,
    /// One line or several.
    pub data: String,
}

impl SseMessage {
    fn bytes(&self) -> Bytes {
        let mut text = String::with_capacity(self.data.len() + 48);
        if let Some(id) = self.id {
            text.push_str(&format!("id: {id}\n"));
        }
        text.push_str(&format!("event: {}\n", self.event));
        for line in self.data.split('\n') {
            text.push_str(&format!("data: {line}\n"));
        }
        text.push('\n');
        Bytes::from(text)
    }
}

/// Answers with `messages` as they come. It sends comments while there are none, and ends with them, when
/// the server stops, and when the session or token is no longer good.
///
/// # Errors
/// `too_many_streams` where the account has all that it may.
pub fn sse<S>(state: &AppState, identity: &Identity, messages: S) -> Result<HttpResponse, ApiError>
where
    S: Stream<Item = SseMessage> + 'static,
{
    let share = state.streams.take(identity.user_id).ok_or_else(too_many)?;
    let access = state.signals.subscribe(Topic::Access(identity.user_id));
    let messages = Box::pin(messages);
    let open = Open { state: state.clone(), identity: identity.clone(), access, messages, _share: share };
    metrics::gauge!(OPEN).increment(1);
    let body = stream::unfold(open, |mut open| async move { open.next().await.map(|bytes| (bytes, open)) });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-cache, no-transform"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(body.map(Ok::<_, actix_web::Error>)))
}

fn too_many() -> ApiError {
    let detail = format!("An account may have {STREAMS_MAX} open at once. Close a tab, or try again in a moment.");
    ApiError { retry_after: Some(RETRY_AFTER), ..ApiError::new(Code::TooManyStreams, detail) }
}

struct Open<S> {
    state: AppState,
    identity: Identity,
    access: watch::Receiver<()>,
    messages: Pin<Box<S>>,
    _share: Share<i64>,
}

impl<S> Drop for Open<S> {
    fn drop(&mut self) {
        metrics::gauge!(OPEN).decrement(1);
    }
}

enum Next {
    Message(Option<SseMessage>),
    AccessChanged,
    Silence,
    Shutdown,
}

impl<S: Stream<Item = SseMessage>> Open<S> {
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let next = tokio::select! {
                biased;
                () = self.state.shutdown.cancelled() => Next::Shutdown,
                _ = self.access.changed() => Next::AccessChanged,
                message = self.messages.next() => Next::Message(message),
                () = tokio::time::sleep(self.state.settings.sse_heartbeat) => Next::Silence,
            };
            match next {
                Next::Message(message) => return message.map(|message| message.bytes()),
                Next::Shutdown => return None,
                // Asked at each heartbeat too, since sessions also end by time.
                Next::AccessChanged | Next::Silence if !may_go_on(&self.state, &self.identity).await => return None,
                Next::Silence => return Some(Bytes::from_static(b": still here\n\n")),
                Next::AccessChanged => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_written_as_the_standard_says() {
        let message = SseMessage { id: Some(7), event: "text".into(), data: "one\ntwo".into() };
        assert_eq!(message.bytes(), "id: 7\nevent: text\ndata: one\ndata: two\n\n");
        let message = SseMessage { event: "ready".into(), ..SseMessage::default() };
        assert_eq!(message.bytes(), "event: ready\ndata: \n\n");
    }
}

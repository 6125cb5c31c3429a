use super::Events;
use crate::failure::{Code, Failure};
use crate::redact::{Redactor, Streamed};
use futures_util::{StreamExt, stream};
use std::future::Future;
use std::sync::Arc;
use todo_contract::StepEvent;
use tokio::sync::mpsc;
use tracing::Instrument;

/// Where a planner at work puts its events.
pub(crate) struct Outlet {
    sender: mpsc::Sender<StepEvent>,
    redactor: Arc<Redactor>,
    /// The words so far, of which a secret may come in pieces.
    words: Streamed,
    used: bool,
}

impl Outlet {
    /// Passes an event on without secrets, at the pace of whoever reads.
    pub(crate) async fn send(&mut self, event: StepEvent) {
        self.used = true;
        match event {
            StepEvent::Text { text } => {
                let text = self.words.push(&self.redactor, &text);
                self.pass_text(text).await;
            }
            event => {
                let rest = self.words.end(&self.redactor);
                self.pass_text(rest).await;
                let event = redacted(event, &self.redactor);
                self.pass(event).await;
            }
        }
    }

    async fn pass_text(&mut self, text: String) {
        if !text.is_empty() {
            self.pass(StepEvent::Text { text }).await;
        }
    }

    async fn pass(&mut self, event: StepEvent) {
        // Without a reader, the whole stream is about to be dropped, and this future with it.
        let _ = self.sender.send(event).await;
    }

    /// Whether anything was passed on.
    pub(crate) fn used(&self) -> bool {
        self.used
    }
}

/// The event without secrets. A call that makes no sense without them is a failure.
fn redacted(event: StepEvent, redactor: &Redactor) -> StepEvent {
    let mut told = serde_json::to_value(&event).unwrap_or_default();
    let before = told.clone();
    if let Some(data) = told.get_mut("data") {
        redactor.redact_json(data);
    }
    if told == before {
        return event;
    }
    serde_json::from_value(told).unwrap_or_else(|_| {
        Failure::lasting(Code::Malformed, "The model's answer repeated the key and was not used.").into()
    })
}

/// The events that `work` puts into its outlet. No task of its own: who drops the stream drops the work.
pub(crate) fn events_of<W, F>(redactor: Arc<Redactor>, work: W) -> Events
where
    W: FnOnce(Outlet) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let (sender, mut receiver) = mpsc::channel(16);
    let work = work(Outlet { sender, redactor, words: Streamed::default(), used: false }).in_current_span();
    let received = stream::poll_fn(move |context| receiver.poll_recv(context));
    let worked = stream::once(work).filter_map(|()| std::future::ready(None));
    Box::pin(stream::select(received, worked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn text(text: &str) -> StepEvent {
        StepEvent::Text { text: text.into() }
    }

    #[tokio::test]
    async fn events_come_in_order_and_the_stream_ends_with_the_work() {
        let events = events_of(Arc::default(), |mut out| async move {
            assert!(!out.used());
            for n in 0..40 {
                out.send(text(&n.to_string())).await;
            }
            assert!(out.used());
        });
        let all: Vec<_> = events.collect().await;
        assert_eq!(all.len(), 40);
        assert_eq!((all.first(), all.last()), (Some(&text("0")), Some(&text("39"))));
    }

    #[tokio::test]
    async fn dropping_the_stream_drops_the_work() {
        struct Flag(Arc<AtomicBool>);
        impl Drop for Flag {
            fn drop(&mut self) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let dropped = Arc::new(AtomicBool::new(false));
        let flag = Flag(Arc::clone(&dropped));
        let mut events = events_of(Arc::default(), |mut out| async move {
            let _flag = flag;
            out.send(text("a")).await;
            std::future::pending::<()>().await;
        });
        assert_eq!(events.next().await, Some(text("a")));
        drop(events);
        assert!(dropped.load(Ordering::SeqCst));
    }
}

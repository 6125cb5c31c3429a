//! Wakes streams when rows were committed. Nothing but "look again" is passed: the rows are the truth.

use crate::changes::Changes;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;
use uuid::Uuid;

/// What may have new rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The journal of an account.
    Journal(i64),
    /// The events of a turn.
    Turn(Uuid),
    /// Jobs that are to be worked on.
    Jobs,
    /// How far a job is.
    Job(Uuid),
    /// Sessions and tokens of an account: streams check whether they may go on.
    Access(i64),
}

/// The channels that somebody listens to.
#[derive(Debug, Default)]
pub struct Signals {
    /// How often each account's tasks changed.
    pub(crate) changes: Changes,
    channels: Mutex<HashMap<Topic, watch::Sender<()>>>,
}

impl Signals {
    /// Listens to `topic`. Subscribe before reading the rows, so that nothing slips between.
    pub fn subscribe(&self, topic: Topic) -> watch::Receiver<()> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, sender| sender.receiver_count() > 0);
        channels.entry(topic).or_insert_with(|| watch::Sender::new(())).subscribe()
    }

    /// Wakes all that listen to `topic`.
    pub fn wake(&self, topic: Topic) {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = channels.get(&topic) {
            sender.send_replace(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wake_between_subscribing_and_waiting_is_not_lost() {
        let signals = Signals::default();
        let mut receiver = signals.subscribe(Topic::Journal(1));
        signals.wake(Topic::Journal(2));
        assert!(!receiver.has_changed().unwrap());
        signals.wake(Topic::Journal(1));
        receiver.changed().await.unwrap();
    }
}

//! Server-sent events that survive a lost connection, an expired session and a restarted server.

mod source;

use super::refresh;
use gloo_timers::callback::Timeout;
use source::Source;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

const FIRST_WAIT_MS: u32 = 500;
const LONGEST_WAIT_MS: u32 = 15_000;

/// What a stream tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// The connection stands.
    Open,
    /// A message came.
    Message {
        /// Its `event:`.
        name: String,
        /// Its `id:`, or the latest before it; may be empty.
        id: String,
        /// Its `data:`.
        data: String,
    },
    /// The connection is lost; it is being tried again.
    Lost,
}

/// A stream that is being followed until this is dropped.
#[derive(Debug)]
pub struct Subscription {
    _follower: Rc<Follower>,
}

/// Follows `/api{path}`, for the events called `names`. After a lost connection it goes on after the last id seen,
/// or after `after`.
#[must_use]
pub fn follow(
    path: impl Into<String>,
    names: &'static [&'static str],
    after: Option<String>,
    on_event: Callback<StreamEvent>,
) -> Subscription {
    let follower = Rc::new_cyclic(|me| Follower {
        me: me.clone(),
        path: path.into(),
        names,
        on_event,
        last_id: RefCell::new(after),
        failures: Cell::new(0),
        source: RefCell::new(None),
        timer: RefCell::new(None),
    });
    follower.connect();
    Subscription { _follower: follower }
}

struct Follower {
    me: Weak<Self>,
    path: String,
    names: &'static [&'static str],
    on_event: Callback<StreamEvent>,
    last_id: RefCell<Option<String>>,
    failures: Cell<u32>,
    source: RefCell<Option<Source>>,
    timer: RefCell<Option<Timeout>>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").field("path", &self.path).field("last_id", &self.last_id).finish_non_exhaustive()
    }
}

impl Follower {
    fn connect(&self) {
        let url = match &*self.last_id.borrow() {
            Some(id) => format!("/api{}?after={}", self.path, String::from(js_sys::encode_uri_component(id))),
            None => format!("/api{}", self.path),
        };
        let me = self.me.clone();
        let source = Source::open(&url, self.names, move |event| {
            if let Some(me) = me.upgrade() {
                me.heard(event);
            }
        });
        if source.is_none() {
            self.reconnect_later();
        }
        self.source.replace(source);
    }

    fn heard(&self, event: source::Heard) {
        match event {
            source::Heard::Open => {
                self.failures.set(0);
                self.on_event.emit(StreamEvent::Open);
            }
            source::Heard::Message { name, id, data } => {
                if !id.is_empty() {
                    self.last_id.replace(Some(id.clone()));
                }
                self.on_event.emit(StreamEvent::Message { name, id, data });
            }
            source::Heard::Reconnecting => self.on_event.emit(StreamEvent::Lost),
            source::Heard::Closed => {
                self.on_event.emit(StreamEvent::Lost);
                self.reconnect_later();
            }
        }
    }

    /// A browser gives a stream up for good on any status but 200; most often the session has expired.
    fn reconnect_later(&self) {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let wait = FIRST_WAIT_MS.saturating_mul(1 << failures.min(5)).min(LONGEST_WAIT_MS);
        let me = self.me.clone();
        self.timer.replace(Some(Timeout::new(wait, move || {
            spawn_local(async move {
                // A 401 ends the session, and with it whoever holds the subscription; anything else is tried again.
                let signed_out = refresh::check().await.is_err_and(|error| error.is_signed_out());
                if !signed_out && let Some(me) = me.upgrade() {
                    me.connect();
                }
            });
        })));
    }
}

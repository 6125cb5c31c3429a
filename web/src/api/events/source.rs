//! The browser's `EventSource` with its closures; closed when dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

/// What the `EventSource` tells.
pub(super) enum Heard {
    Open,
    Message { name: String, id: String, data: String },
    Reconnecting,
    Closed,
}

pub(super) struct Source {
    source: EventSource,
    _on_message: Closure<dyn Fn(Event)>,
    _on_open: Closure<dyn Fn(Event)>,
    _on_error: Closure<dyn Fn(Event)>,
}

impl Source {
    pub(super) fn open(url: &str, names: &[&str], heard: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        // A message may be called `error`, and so is the browser's own event of a lost connection.
        let on_message = Closure::<dyn Fn(Event)>::new({
            let heard = heard.clone();
            move |event: Event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                let data = event.data().as_string().unwrap_or_default();
                heard(Heard::Message { name: event.type_(), id: event.last_event_id(), data });
            }
        });
        for name in names {
            source.add_event_listener_with_callback(name, on_message.as_ref().unchecked_ref()).ok()?;
        }
        let on_open = Closure::<dyn Fn(Event)>::new({
            let heard = heard.clone();
            move |_| heard(Heard::Open)
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn Fn(Event)>::new({
            let source = source.clone();
            move |event: Event| {
                if event.is_instance_of::<MessageEvent>() {
                    return;
                }
                let closed = source.ready_state() == EventSource::CLOSED;
                heard(if closed { Heard::Closed } else { Heard::Reconnecting });
            }
        });
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { source, _on_message: on_message, _on_open: on_open, _on_error: on_error })
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

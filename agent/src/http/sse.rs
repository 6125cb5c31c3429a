//! A step's events as server-sent events.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;
use std::convert::Infallible;
use std::time::Duration;
use todo_contract::StepEvent;
use tokio::time::timeout;

/// A comment is sent after this much silence, so that nothing between takes the stream for dead.
const HEARTBEAT: Duration = Duration::from_secs(10);

pub(super) fn respond(events: impl Stream<Item = StepEvent> + 'static) -> HttpResponse {
    let frames = stream::unfold(Box::pin(events), |mut events| async move {
        let frame = match timeout(HEARTBEAT, events.next()).await {
            Ok(event) => frame(event?),
            Err(_) => ": still at work\n\n".to_owned(),
        };
        Some((Ok::<_, Infallible>(Bytes::from(frame)), events))
    });
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(frames)
}

fn frame(event: StepEvent) -> String {
    let name = event.name();
    let mut whole = serde_json::to_value(event).unwrap_or_default();
    let data = whole.get_mut("data").map(Value::take).unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_the_events_name_and_its_data_on_one_line() {
        let framed = frame(StepEvent::Text { text: "a\nb".into() });
        assert_eq!(framed, "event: text\ndata: {\"text\":\"a\\nb\"}\n\n");
    }
}

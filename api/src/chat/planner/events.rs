//! The agent's answer as typed events.

use super::StepStream;
use crate::chat::engine::Failure;
use eventsource_stream::Eventsource;
use futures_util::{Stream, StreamExt, stream};
use todo_contract::StepEvent;

/// Most bytes of a step.
const STEP_BYTES: usize = 8 << 20;

/// Reads server-sent events from `chunks`, up to the last event of the step.
pub(super) fn events<S, B, E>(chunks: S) -> StepStream
where
    S: Stream<Item = Result<B, E>> + Send + 'static,
    B: AsRef<[u8]> + Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    let bounded = chunks.scan(0, |bytes, chunk| {
        *bytes += chunk.as_ref().map_or(0, |chunk| chunk.as_ref().len());
        std::future::ready((*bytes <= STEP_BYTES).then_some(chunk))
    });
    let events = bounded.eventsource().map(|event| match event {
        Ok(event) => parse(&event.event, &event.data),
        Err(error) => {
            tracing::warn!(%error, "the agent broke off");
            Err(Failure::AgentBroken)
        }
    });
    let state = (events.boxed(), false);
    let until_last = stream::unfold(state, |(mut events, ended)| async move {
        if ended {
            return None;
        }
        let event = events.next().await.unwrap_or(Err(Failure::AgentBroken));
        let is_last = !matches!(&event, Ok(event) if !matches!(event, StepEvent::Finished { .. }));
        Some((event, (events, is_last)))
    });
    until_last.boxed()
}

fn parse(name: &str, data: &str) -> Result<StepEvent, Failure> {
    let broken = |error: &dyn std::fmt::Display| {
        tracing::warn!(%error, name, "the agent sent what cannot be understood");
        Failure::AgentBroken
    };
    let data: serde_json::Value = serde_json::from_str(data).map_err(|error| broken(&error))?;
    let event = serde_json::from_value(serde_json::json!({ "event": name, "data": data }));
    match event.map_err(|error| broken(&error))? {
        StepEvent::Error { code, detail, retryable, retry_after } => {
            Err(Failure::Planner { code, detail, retryable, retry_after })
        }
        StepEvent::Call(call) => match call.call.check() {
            Ok(()) => Ok(StepEvent::Call(call)),
            Err(error) => Err(broken(&error)),
        },
        event => Ok(event),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::StepFinish;

    async fn read(text: &'static str) -> Vec<Result<StepEvent, Failure>> {
        // In small pieces, as a network may deliver it.
        let chunks: Vec<_> = text.as_bytes().chunks(7).map(Ok::<_, std::io::Error>).collect();
        events(stream::iter(chunks)).collect().await
    }

    const TEXT: &str = "event: text\ndata: {\"text\":\"Grüße\"}\n\n";

    #[tokio::test]
    async fn events_are_read_up_to_the_last() {
        let text: &str = "event: text\ndata: {\"text\":\"Grüße\"}\n\n: still here\n\n\
                          event: finished\ndata: {\"finish\":\"stop\"}\n\nevent: text\ndata: {\"text\":\"more\"}\n\n";
        let expected =
            [Ok(StepEvent::Text { text: "Grüße".into() }), Ok(StepEvent::Finished { finish: StepFinish::Stop })];
        assert_eq!(read(text).await, expected);
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_or_makes_no_sense_is_an_error_after_what_came_before() {
        for tail in ["", "event: call\ndata: {\"id\":\"a\",\"name\":\"complete_tasks\",\"arguments\":{\"ids\":[]}}\n\n"]
        {
            let text: &'static str = format!("{TEXT}{tail}").leak();
            let events = read(text).await;
            assert_eq!(events, [Ok(StepEvent::Text { text: "Grüße".into() }), Err(Failure::AgentBroken)]);
        }
    }

    #[tokio::test]
    async fn an_error_of_the_planner_is_passed_on() {
        let text = "event: error\ndata: {\"code\":\"model_quota\",\"detail\":\"No credit.\",\"retryable\":false}\n\n";
        let error = Failure::Planner {
            code: "model_quota".into(),
            detail: "No credit.".into(),
            retryable: false,
            retry_after: None,
        };
        assert_eq!(read(text).await, [Err(error)]);
    }
}

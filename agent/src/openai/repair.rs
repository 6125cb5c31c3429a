//! Tells the model what is wrong with its calls, so that it sends them again.

use super::assembler::{Answer, Finish};
use super::messages::{CallOut, ChatMessage};
use serde_json::{Value, json};

/// How often a model may mend its calls in one step.
pub(super) const MAX_REPAIRS: usize = 2;

/// Most bytes of unreadable arguments that are shown to the model again.
const SHOWN: usize = 2_000;

/// The model's own message and an error for each call. `problems` has an entry for each call of `answer`;
/// `round` counts the repairs, so that no id comes twice.
pub(super) fn messages(answer: &Answer, problems: &[Option<String>], round: usize) -> Vec<ChatMessage> {
    let ids: Vec<String> = (0..answer.calls.len()).map(|n| format!("call_repair_{round}_{n}")).collect();
    let calls = answer.calls.iter().zip(&ids);
    let echo = ChatMessage::Assistant {
        content: Some(answer.text.clone()).filter(|text| !text.is_empty()),
        tool_calls: calls.map(|(call, id)| CallOut::new(id, name(&call.name), echoed(&call.arguments))).collect(),
    };
    let results = problems.iter().zip(ids).map(|(problem, id)| ChatMessage::Tool {
        tool_call_id: id,
        content: json!({"status": "failed", "detail": told(problem.as_deref(), answer.finish)}).to_string(),
    });
    std::iter::once(echo).chain(results).collect()
}

fn told(problem: Option<&str>, finish: Option<Finish>) -> String {
    match problem {
        None => "not run, because another call of the same message is malformed; send it again".into(),
        Some(_) if finish == Some(Finish::Length) => {
            "not run: your answer was cut off for its length. Send the call again with fewer items".into()
        }
        Some(problem) => format!("not run: {problem}. Send the whole call again, corrected"),
    }
}

/// A name that servers accept in a history.
fn name(name: &str) -> &str {
    let valid = !name.is_empty() && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if valid { name } else { "unknown" }
}

/// Chat templates parse the arguments in a history, so that they must be a JSON object.
fn echoed(arguments: &str) -> String {
    match serde_json::from_str::<Value>(arguments) {
        Ok(Value::Object(_)) => arguments.to_owned(),
        _ => {
            json!({"malformed": arguments.get(..arguments.floor_char_boundary(SHOWN)).unwrap_or_default()}).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openai::assembler::RawCall;

    #[test]
    fn every_call_is_answered_and_the_echo_is_valid_json() {
        let call = |name: &str, arguments: &str| RawCall {
            name: name.into(),
            arguments: arguments.into(),
            ..RawCall::default()
        };
        let calls = vec![call("delete_tasks", "{\"ids\":[1"), call("undo_last", "{}"), call("", "x")];
        let answer = Answer { calls, finish: Some(Finish::Calls), ..Answer::default() };
        let messages = messages(&answer, &[Some("EOF".into()), None, Some("no name".into())], 1);
        let json = serde_json::to_value(&messages).unwrap();
        assert_eq!(json.as_array().unwrap().len(), 4);
        for n in 0..3 {
            let call = &json[0]["tool_calls"][n];
            assert_eq!(call["id"], json[n + 1]["tool_call_id"]);
            let echoed: Value = serde_json::from_str(call["function"]["arguments"].as_str().unwrap()).unwrap();
            assert!(echoed.is_object());
        }
        assert!(json[1]["content"].as_str().unwrap().contains("EOF"));
        assert!(json[2]["content"].as_str().unwrap().contains("another call"));
    }
}

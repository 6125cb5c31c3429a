//! Tells the model what is wrong with its calls, so that it sends them again.

use super::answer::{Answer, Finish, RawCall};
use super::carried::Carried;
use super::items::{Item, PastCall};
use serde_json::{Value, json};

/// How often a model may mend its calls in one step.
pub(super) const MAX_REPAIRS: usize = 2;

/// Told when that did not help.
pub(super) const GIVEN_UP: &str =
    "The model keeps sending malformed tool calls. None was run. A larger model may do better.";

/// Most bytes of unreadable arguments that are shown to the model again.
const SHOWN: usize = 2_000;

/// The model's own message and an error for each call. `problems` has an entry for each call of `answer`;
/// `round` counts the repairs, so that no id comes twice.
pub(super) fn messages(answer: &Answer, problems: &[Option<String>], round: usize) -> Vec<Item> {
    let ids: Vec<String> = (0..answer.calls.len()).map(|n| format!("call_repair_{round}_{n}")).collect();
    let calls = answer.calls.iter().zip(&ids);
    let past = |(call, id): (&RawCall, &String)| PastCall {
        id: id.clone(),
        name: name(&call.name).to_owned(),
        arguments: echoed(&call.arguments),
    };
    let (text, carried) = (answer.text.clone(), answer.carried.clone());
    let echo = Item::Assistant { text, calls: calls.map(past).collect(), carried };
    let results = problems.iter().zip(ids).map(|(problem, id)| Item::Result {
        call_id: id,
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

/// The model's own words and what is wrong with them, where no call could be made out at all.
pub(super) fn reply(words: &str, problem: &str) -> Vec<Item> {
    let shown = words.get(..words.floor_char_boundary(SHOWN)).unwrap_or_default();
    let text = if shown.trim().is_empty() { "(nothing)" } else { shown }.to_owned();
    let echo = Item::Assistant { text, calls: Vec::new(), carried: Carried::default() };
    vec![echo, Item::User(format!("(This is not from the person.) Your answer could not be used: {problem}"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_answered_and_the_echo_is_valid_json() {
        let call = |name: &str, arguments: &str| RawCall { id: None, name: name.into(), arguments: arguments.into() };
        let calls = vec![call("delete_tasks", "{\"ids\":[1"), call("undo_last", "{}"), call("", "x")];
        let answer = Answer { calls, finish: Some(Finish::Calls), ..Answer::default() };
        let items = messages(&answer, &[Some("EOF".into()), None, Some("no name".into())], 1);
        assert_eq!(items.len(), 4);
        let Item::Assistant { calls, .. } = &items[0] else { panic!("{items:?}") };
        for (call, item) in calls.iter().zip(&items[1..]) {
            let Item::Result { call_id, .. } = item else { panic!("{item:?}") };
            assert_eq!(call.id, *call_id);
            assert!(serde_json::from_str::<Value>(&call.arguments).unwrap().is_object());
        }
        let told =
            |at: usize| if let Item::Result { content, .. } = &items[at] { content.clone() } else { String::new() };
        assert!(told(1).contains("EOF") && told(2).contains("another call"));
    }

    #[test]
    fn words_that_cannot_be_used_are_shown_shortened() {
        let items = reply(&"é".repeat(9_000), "no JSON");
        let Item::Assistant { text, .. } = &items[0] else { panic!("{items:?}") };
        assert!(text.len() <= SHOWN);
        assert!(matches!(&items[1], Item::User(told) if told.contains("no JSON")));
    }
}

use super::*;
use crate::openai::calls::typed;
use proptest::prelude::*;
use std::collections::HashSet;
use std::ops::Range;

/// A stream as OpenAI sends it, and where in it the arguments' own text stands.
fn stream() -> (Vec<u8>, Vec<Range<usize>>) {
    let chunk = |delta: Value, finish: Value| {
        let choice = json!({"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish});
        json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}).to_string()
    };
    let mut bytes = b": hello\n\n".to_vec();
    let mut ranges = Vec::new();
    let mut event = |data: &str, bytes: &mut Vec<u8>| {
        bytes.extend_from_slice(b"data: ");
        if let Some(at) = data.find(r#""arguments":""#) {
            let from = bytes.len() + at + r#""arguments":""#.len();
            let length = data.split_at(at + 13).1.find(r#""}"#).unwrap();
            ranges.push(from..from + length);
        }
        bytes.extend_from_slice(data.as_bytes());
        bytes.extend_from_slice(b"\n\n");
    };
    let head =
        json!({"index": 0, "id": "call_1", "type": "function", "function": {"name": "add_tasks", "arguments": ""}});
    event(&chunk(json!({"role": "assistant", "content": null, "tool_calls": [head]}), Value::Null), &mut bytes);
    let arguments = r#"{"tasks":[{"title":"Buy milk and fresh bread at the café"},{"title":"Call Ann"}]}"#;
    let letters: Vec<char> = arguments.chars().collect();
    for piece in letters.chunks(6) {
        let piece: String = piece.iter().collect();
        let delta = json!({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]});
        event(&chunk(delta, Value::Null), &mut bytes);
    }
    event(&chunk(json!({}), json!("tool_calls")), &mut bytes);
    event(r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#, &mut bytes);
    event("[DONE]", &mut bytes);
    (bytes, ranges)
}

type Calls = Vec<(String, Value)>;

/// The calls that would run, as names and arguments; none if the stream or the calls are refused.
fn calls_of(chunks: &[&[u8]]) -> Option<Calls> {
    calls_in(Reading::default(), chunks)
}

fn calls_in(reading: Reading, chunks: &[&[u8]]) -> Option<Calls> {
    let mut reader = Reader::new(reading);
    for chunk in chunks {
        reader.push(chunk).ok()?;
    }
    let (answer, _) = reader.end().ok()?;
    let calls = typed(&answer.calls, &mut HashSet::new()).ok()?;
    Some(calls.into_iter().map(|c| (c.call.name().to_owned(), c.call.arguments())).collect())
}

fn original() -> Calls {
    calls_of(&[&stream().0]).unwrap()
}

/// All pieces of arguments that a damaged stream still spells, in order.
fn spelled(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let data = text
        .split(['\n', '\r'])
        .filter_map(|line| line.strip_prefix("data:").or(line.starts_with('{').then_some(line)));
    let chunks = data.filter_map(|data| serde_json::from_str::<Value>(data.trim()).ok());
    let pieces = chunks
        .filter_map(|c| c["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"].as_str().map(str::to_owned));
    pieces.collect()
}

#[test]
fn the_valid_stream_is_one_call_of_two_tasks() {
    let calls = original();
    assert_eq!((calls.len(), calls[0].0.as_str()), (1, "add_tasks"));
    assert_eq!(calls[0].1["tasks"][1]["title"], "Call Ann");
}

#[test]
fn a_truncated_stream_never_yields_a_call_before_its_reason_to_end() {
    let (bytes, _) = stream();
    let finish = bytes.windows(12).position(|window| window == br#""tool_calls""#.as_slice()).unwrap();
    let finish = finish.max(bytes.len() - 250);
    for end in 0..bytes.len() {
        match calls_of(&[&bytes[..end]]) {
            Some(calls) if !calls.is_empty() => assert!(end > finish && calls == original(), "cut at {end}"),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, ..ProptestConfig::default() })]

    #[test]
    fn damage_outside_of_the_arguments_never_changes_the_call(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5)
    ) {
        let (mut bytes, ranges) = stream();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            if !ranges.iter().any(|range| range.contains(&at)) {
                bytes[at] = byte;
            }
        }
        if let Some(calls) = calls_of(&[&bytes]) {
            prop_assert!(calls.is_empty() || calls == original(), "{calls:?}\n{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn any_damage_yields_at_most_what_the_stream_still_spells(
        edits in edits(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = stream().0;
        damage(&mut bytes, edits);
        let cut = cut.index(bytes.len() + 1);
        let halves = calls_of(&[&bytes[..cut], &bytes[cut..]]);
        prop_assert_eq!(&halves, &calls_of(&[&bytes]), "where the bytes are cut must not matter");
        for (name, arguments) in halves.unwrap_or_default() {
            let whole = spelled(&bytes).concat();
            let told: Result<Value, _> = serde_json::from_str(&whole);
            let same = told.is_ok_and(|told| {
                todo_contract::ToolCall::parse(&name, told).is_ok_and(|call| call.arguments() == arguments)
            });
            prop_assert!(same, "{name} {arguments} is not what is spelled: {whole}");
        }
    }
}

/// How bytes are damaged: what is done, where, with what, how far.
type Edit = (u8, prop::sample::Index, u8, usize);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((0u8..6, any::<prop::sample::Index>(), any::<u8>(), 0usize..200), 1..6)
}

fn damage(bytes: &mut Vec<u8>, edits: Vec<Edit>) {
    for (kind, at, byte, length) in edits {
        let at = at.index(bytes.len().max(1)).min(bytes.len());
        let end = (at + length).min(bytes.len());
        match kind {
            0 => bytes.insert(at, byte),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.truncate(at),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => bytes[at..end].iter_mut().for_each(|b| *b ^= byte),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|b| *b = byte),
        }
    }
}

const RESPONSES: Reading = Reading { responses: true, structured: false, hidden_thoughts: false };

/// A response as OpenAI streams it: a call in pieces, as a whole, as an item, and at the end once more.
fn response() -> Vec<u8> {
    let arguments = r#"{"tasks":[{"title":"Buy milk and fresh bread at the café"},{"title":"Call Ann"}]}"#;
    let item = |arguments: &str, status: &str| {
        json!({"id": "fc_1", "type": "function_call", "status": status, "call_id": "call_1", "name": "add_tasks",
            "arguments": arguments})
    };
    let place = json!({"item_id": "fc_1", "output_index": 0});
    let mut events = vec![
        json!({"type": "response.created", "response": {"id": "resp_1", "status": "in_progress", "output": []}}),
        json!({"type": "response.output_item.added", "output_index": 0, "item": item("", "in_progress")}),
    ];
    let letters: Vec<char> = arguments.chars().collect();
    for piece in letters.chunks(6) {
        let delta: String = piece.iter().collect();
        let mut event = json!({"type": "response.function_call_arguments.delta", "delta": delta});
        event.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
        events.push(event);
    }
    let mut whole = json!({"type": "response.function_call_arguments.done", "arguments": arguments});
    whole.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
    let response = json!({"id": "resp_1", "status": "completed", "error": null, "output": [item(arguments, "completed")],
        "usage": {"input_tokens": 1, "output_tokens": 2}});
    events.extend([
        whole,
        json!({"type": "response.output_item.done", "output_index": 0, "item": item(arguments, "completed")}),
        json!({"type": "response.completed", "response": response}),
    ]);
    let mut bytes = Vec::new();
    for (number, mut event) in events.into_iter().enumerate() {
        event["sequence_number"] = json!(number);
        bytes.extend(format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap()).bytes());
    }
    bytes
}

#[test]
fn the_valid_response_is_the_same_call() {
    assert_eq!(calls_in(RESPONSES, &[&response()]).unwrap(), original());
}

#[test]
fn a_truncated_response_never_yields_a_call_before_its_end() {
    let bytes = response();
    let last = bytes.windows(18).rposition(|window| window == b"response.completed".as_slice()).unwrap();
    for end in 0..bytes.len() {
        match calls_in(RESPONSES, &[&bytes[..end]]) {
            Some(calls) if !calls.is_empty() => assert!(end > last && calls == original(), "cut at {end}"),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_to_a_response_makes_another_call_of_it(edits in edits(), cut in any::<prop::sample::Index>()) {
        let mut bytes = response();
        damage(&mut bytes, edits);
        let cut = cut.index(bytes.len() + 1);
        let calls = calls_in(RESPONSES, &[&bytes[..cut], &bytes[cut..]]);
        if let Some(calls) = calls.filter(|calls| !calls.is_empty()) {
            prop_assert_eq!(calls, original(), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}

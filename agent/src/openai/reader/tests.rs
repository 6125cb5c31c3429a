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

/// The calls that would run, as names and arguments; none if the stream or the calls are refused.
fn calls_of(chunks: &[&[u8]]) -> Option<Vec<(String, Value)>> {
    let mut reader = Reader::default();
    for chunk in chunks {
        reader.push(chunk).ok()?;
    }
    let (answer, _) = reader.end().ok()?;
    let calls = typed(&answer.calls, &mut HashSet::new()).ok()?;
    Some(calls.into_iter().map(|c| (c.call.name().to_owned(), c.call.arguments())).collect())
}

fn original() -> Vec<(String, Value)> {
    calls_of(&[&stream().0]).unwrap()
}

/// All pieces of arguments that a damaged stream still spells, in order.
fn spelled(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let data = text
        .split(['\n', '\r'])
        .filter_map(|line| line.strip_prefix("data:").or(line.starts_with('{').then_some(line)));
    let chunks = data.filter_map(|data| serde_json::from_str::<Value>(data).ok());
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
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

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
        edits in prop::collection::vec((0u8..5, any::<prop::sample::Index>(), any::<u8>(), 0usize..200), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = stream().0;
        for (kind, at, byte, length) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.truncate(at),
                3 => { let copy = bytes[at..end].to_vec(); bytes.splice(at..at, copy); }
                _ => bytes[at..end].iter_mut().for_each(|b| *b ^= byte),
            }
        }
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

//! Calls that weak models write as text. Taken for calls only where they cannot be anything else: the whole
//! answer, tools that there are, arguments that fit. All else is text.

use super::marked::{self, MARKS};
use crate::openai::answer::RawCall;
use crate::openai::calls;
use serde_json::Value;

/// Most calls in one answer.
const MOST: usize = 16;

/// Whether a text that begins like this may become a call; `None` if that cannot be told yet.
pub(super) fn may_be_call(text: &str) -> Option<bool> {
    if MARKS.iter().any(|mark| text.starts_with(mark)) {
        return Some(true);
    }
    if MARKS.iter().any(|mark| mark.starts_with(text)) {
        return None;
    }
    if let Some(fenced) = text.strip_prefix("```") {
        let (info, body) = fenced.split_once('\n')?;
        let known = matches!(info.trim(), "" | "json" | "tool_call" | "tool_code" | "JSON");
        let body = body.trim_start();
        return if !known {
            Some(false)
        } else if body.is_empty() {
            None
        } else {
            may_be_json(body)
        };
    }
    if "```".starts_with(text) {
        return None;
    }
    may_be_json(text)
}

fn may_be_json(text: &str) -> Option<bool> {
    let mut inside = text.chars().filter(|c| !c.is_whitespace());
    match (inside.next(), inside.next()) {
        (Some('{'), Some('"')) | (Some('['), Some('{')) => Some(true),
        (None, _) | (Some('{' | '['), None) => None,
        _ => Some(false),
    }
}

/// The calls that this text is, all of them valid; `None` if it is anything else.
pub(in crate::openai) fn calls(text: &str) -> Option<Vec<RawCall>> {
    let calls = read(text.trim())?;
    let valid = !calls.is_empty() && calls.len() <= MOST && calls.iter().all(calls::is_valid);
    valid.then_some(calls)
}

fn read(text: &str) -> Option<Vec<RawCall>> {
    if MARKS.iter().any(|mark| text.starts_with(mark)) {
        return marked::calls(text);
    }
    match text.strip_prefix("```").and_then(|fenced| fenced.strip_suffix("```")) {
        Some(fenced) => json_calls(fenced.split_once('\n')?.1.trim()),
        None => json_calls(text),
    }
}

/// The calls that a JSON text is: one, a list, or several one after the other.
pub(super) fn json_calls(text: &str) -> Option<Vec<RawCall>> {
    let mut calls = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next()?.ok()? {
            Value::Array(all) => {
                calls.extend(all.iter().map(of_value).collect::<Option<Vec<_>>>()?.into_iter().flatten());
            }
            one => calls.extend(of_value(&one)?),
        }
        // Llama parts its calls so.
        rest = rest.get(values.byte_offset()..)?.trim_start().trim_start_matches(';').trim_start();
    }
    Some(calls)
}

/// A name and arguments, however they are called, with nothing else beside them that means something.
fn of_value(value: &Value) -> Option<Vec<RawCall>> {
    const NAMES: [&str; 5] = ["name", "tool", "tool_name", "function", "action"];
    const ARGUMENTS: [&str; 5] = ["arguments", "parameters", "args", "input", "action_input"];
    let object = value.as_object()?;
    let alone = |key: &str| object.get(key).filter(|_| object.keys().all(|k| k == key || k == "id" || k == "type"));
    if let Some(Value::Array(all)) = alone("tool_calls") {
        return Some(all.iter().map(of_value).collect::<Option<Vec<_>>>()?.concat());
    }
    if let Some(function) = alone("function").filter(|function| function.is_object()) {
        return of_value(function);
    }
    let known = |key: &String| {
        NAMES.contains(&key.as_str()) || ARGUMENTS.contains(&key.as_str()) || matches!(key.as_str(), "id" | "type")
    };
    let one_of = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key));
    let name = one_of(&NAMES)?.as_str()?;
    let arguments = one_of(&ARGUMENTS)?;
    let arguments = arguments.as_str().map_or_else(|| arguments.to_string(), str::to_owned);
    object.keys().all(known).then(|| vec![RawCall { id: None, name: name.to_owned(), arguments }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<Vec<String>> {
        calls(text).map(|calls| calls.into_iter().map(|call| format!("{} {}", call.name, call.arguments)).collect())
    }

    #[test]
    fn every_way_to_write_a_call_is_read() {
        for text in [
            r#"{"name":"delete_tasks","arguments":{"ids":[1]}}"#,
            r#"{"name":"delete_tasks","parameters":{"ids":[1]}}"#,
            r#"[{"name":"delete_tasks","arguments":{"ids":[1]}}]"#,
            r#"{"type":"function","function":{"name":"delete_tasks","arguments":"{\"ids\":[1]}"}}"#,
            "```json\n{\"name\":\"delete_tasks\",\"arguments\":{\"ids\":[1]}}\n```",
            "<tool_call>\n{\"name\":\"delete_tasks\",\"arguments\":{\"ids\":[1]}}\n</tool_call>",
            "<tool_call>\n{\"name\":\"delete_tasks\",\"arguments\":{\"ids\":[1]}}",
            "[TOOL_CALLS][{\"name\":\"delete_tasks\",\"arguments\":{\"ids\":[1]}}]",
            "[TOOL_CALLS]delete_tasks[ARGS]{\"ids\":[1]}",
            "<|python_tag|>{\"name\":\"delete_tasks\",\"parameters\":{\"ids\":[1]}}",
            "<function=delete_tasks>{\"ids\":[1]}</function>",
            "<function=delete_tasks{\"ids\":[1]}</function>",
            "<tool_call>\n<function=delete_tasks>\n<parameter=ids>\n[1]\n</parameter>\n</function>\n</tool_call>",
            "<function=delete_tasks><parameter=ids>[1]</parameter></function></tool_call>",
            "<function_calls><invoke name=\"delete_tasks\"><parameter name=\"ids\">[1]</parameter></invoke></function_calls>",
            "<｜DSML｜invoke name=\"delete_tasks\"><｜DSML｜parameter name=\"ids\" string=\"false\">[1]</｜DSML｜parameter></｜DSML｜invoke>",
            "<tool_call>delete_tasks<arg_key>ids</arg_key><arg_value>[1]</arg_value></tool_call>",
            "<|tool_call_begin|>delete_tasks<|tool_call_argument_begin|>{\"ids\":[1]}<|tool_call_end|>",
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>delete_tasks\n```json\n{\"ids\":[1]}\n```<｜tool▁call▁end｜>",
            r#"{"tool":"delete_tasks","args":{"ids":[1]}}"#,
            r#"{"tool_calls":[{"function":{"name":"delete_tasks","arguments":{"ids":[1]}}}]}"#,
        ] {
            assert_eq!(names(text), Some(vec!["delete_tasks {\"ids\":[1]}".to_owned()]), "{text}");
        }
        let two = "<tool_call>{\"name\":\"undo_last\",\"arguments\":{}}</tool_call>\n\
                   <tool_call>{\"name\":\"undo_last\",\"arguments\":{}}</tool_call>";
        assert_eq!(names(two).map(|names| names.len()), Some(2));
    }

    #[test]
    fn anything_that_may_be_something_else_is_not() {
        for text in [
            "",
            "[]",
            r#"{"name":"delete_tasks"}"#,
            r#"{"name":"delete_tasks","arguments":{"ids":[1]},"comment":"an example"}"#,
            r#"{"name":"delete_tasks","arguments":{"ids":[]}}"#,
            r#"{"name":"delete_tasks","arguments":{}}"#,
            r#"{"name":"rm","arguments":{"ids":[1]}}"#,
            r#"{"name":"delete_tasks","arguments":{"ids":[1]}} and more"#,
            "<tool_call>{\"name\":\"undo_last\",\"arguments\":{}}</tool_call> and more",
            "```json\n{\"name\":\"undo_last\",\"arguments\":{}}\n```\nand more",
            "<function=undo_last></function> and more",
            "<function=delete_tasks><parameter=ids>[1]",
            "<tool_call>rm<arg_key>ids</arg_key><arg_value>[1]</arg_value></tool_call>",
            "<tool_call>delete_tasks<arg_key>ids</arg_key><arg_value>[1",
        ] {
            assert_eq!(names(text), None, "{text}");
        }
    }
}

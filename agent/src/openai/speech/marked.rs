//! Calls between the marks of many models, which their servers should have taken out of the words.

use super::written::json_calls;
use crate::openai::answer::RawCall;
use crate::openai::calls;
use serde_json::{Map, Value};
use todo_contract::ToolCall;

/// Mistral's marks before a call's name and before its arguments.
pub(super) const CALL: &str = "[TOOL_CALLS]";
pub(super) const ARGUMENTS: &str = "[ARGS]";

/// What a call may begin with, and nothing else does.
pub(super) const MARKS: [&str; 14] = [
    CALL,
    "<tool_call>",
    "<tool_calls>",
    "<function=",
    "<function_call>",
    "<function_calls>",
    "<invoke name=",
    "<minimax:tool_call>",
    "<|python_tag|>",
    "<|tool_call|>",
    "<|tool_calls_section_begin|>",
    "<|tool_call_begin|>",
    "<｜tool▁calls▁begin｜>",
    "<｜DSML｜",
];

/// What stands around all calls.
const AROUND: [(&str, &str); 5] = [
    ("<tool_calls>", "</tool_calls>"),
    ("<function_calls>", "</function_calls>"),
    ("<minimax:tool_call>", "</minimax:tool_call>"),
    ("<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"),
    ("<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"),
];

type Inside = fn(&str) -> Option<Vec<RawCall>>;

/// What stands around each call, and how its inside is read.
const EACH: [(&str, &str, Inside); 6] = [
    ("<tool_call>", "</tool_call>", inside),
    ("<function_call>", "</function_call>", inside),
    ("<function=", "</function>", function),
    ("<invoke name=", "</invoke>", function),
    ("<|tool_call_begin|>", "<|tool_call_end|>", |text| numbered(text, "<|tool_call_argument_begin|>")),
    ("<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>", |text| numbered(text, "<｜tool▁sep｜>")),
];

/// The calls that a text which begins with a mark is, if it is nothing else.
pub(super) fn calls(text: &str) -> Option<Vec<RawCall>> {
    // DeepSeek puts a mark of its own into every tag.
    let text = text.replace("｜DSML｜", "");
    for before in [CALL, "<|python_tag|>", "<|tool_call|>"] {
        if let Some(rest) = text.strip_prefix(before) {
            return json_calls(rest.trim()).or_else(|| named(rest.trim()));
        }
    }
    let around = AROUND.iter().find_map(|(open, close)| Some((text.strip_prefix(open)?, close)));
    let inner = around.map_or(text.as_str(), |(inner, close)| inner.trim_end().strip_suffix(close).unwrap_or(inner));
    let mut calls = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let (begun, close, read) =
            EACH.iter().find_map(|(open, close, read)| Some((rest.strip_prefix(open)?, close, read)))?;
        // A model that stops right after its call leaves the last mark out.
        let (body, after) = begun.split_once(close).unwrap_or((begun, ""));
        calls.extend(read(body.trim())?);
        rest = after.trim_start();
        // Qwen3-Coder forgets the mark that belongs to this one.
        rest = rest.strip_prefix("</tool_call>").map_or(rest, str::trim_start);
    }
    Some(calls)
}

/// What stands between tags: JSON, a function in tags of its own, or a name with pairs of keys and values (GLM).
fn inside(text: &str) -> Option<Vec<RawCall>> {
    if text.starts_with("<function=") || text.starts_with("<invoke name=") {
        return calls(text);
    }
    json_calls(text).or_else(|| {
        let (name, pairs) = text.split_at_checked(text.find("<arg_key>").unwrap_or(text.len()))?;
        let mut fields = Vec::new();
        for pair in pairs.split("<arg_key>").skip(1) {
            let (key, value) = pair.split_once("</arg_key>")?;
            let value = value.trim_start().strip_prefix("<arg_value>")?.split_once("</arg_value>")?.0;
            fields.push((key.trim(), value.trim()));
        }
        of_fields(name.trim(), &fields)
    })
}

/// `NAME>{…}`, or `NAME>` and parameters in tags.
fn function(text: &str) -> Option<Vec<RawCall>> {
    let end = text.find(['>', '{'])?;
    let (name, body) = text.split_at_checked(end)?;
    let (name, body) = (name.trim().trim_matches('"'), body.strip_prefix('>').unwrap_or(body).trim());
    if body.starts_with('{') {
        return Some(vec![RawCall { id: None, name: name.to_owned(), arguments: body.to_owned() }]);
    }
    let mut fields = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let begun = rest.strip_prefix("<parameter=").or_else(|| rest.strip_prefix("<parameter name="))?;
        let (head, begun) = begun.split_once('>')?;
        let (value, after) = begun.split_once("</parameter>")?;
        let key = head.split_whitespace().next()?.trim_matches('"');
        fields.push((key, value.trim()));
        rest = after.trim_start();
    }
    of_fields(name, &fields)
}

/// A name, a mark, and JSON, perhaps in a fence (Kimi, DeepSeek).
fn numbered(text: &str, between: &str) -> Option<Vec<RawCall>> {
    let (head, body) = text.split_once(between)?;
    let (name, arguments) = match head.trim() {
        "function" => body.trim().split_once('\n')?,
        name => (name, body),
    };
    let arguments = arguments.trim().trim_start_matches("```json").trim_matches('`').trim();
    Some(vec![RawCall { id: None, name: name.trim().to_owned(), arguments: arguments.to_owned() }])
}

/// `NAME[ARGS]{…}` or `NAME{…}` (Mistral).
fn named(text: &str) -> Option<Vec<RawCall>> {
    let (name, arguments) = text.split_at_checked(text.find('{')?)?;
    let name = name.trim().trim_end_matches(ARGUMENTS).trim();
    Some(vec![RawCall { id: None, name: name.to_owned(), arguments: arguments.to_owned() }])
}

/// A call of values without types: what is JSON is taken so, or else as the words that it is written in.
fn of_fields(name: &str, fields: &[(&str, &str)]) -> Option<Vec<RawCall>> {
    ToolCall::NAMES.contains(&name).then_some(())?;
    let call = |read: fn(&str) -> Value| {
        let fields: Map<String, Value> = fields.iter().map(|(key, value)| ((*key).to_owned(), read(value))).collect();
        RawCall { id: None, name: name.to_owned(), arguments: Value::Object(fields).to_string() }
    };
    let typed = call(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned())));
    let worded = call(|text| match serde_json::from_str(text) {
        Ok(value @ (Value::Array(_) | Value::Object(_))) => value,
        _ => Value::String(text.to_owned()),
    });
    Some(vec![if calls::is_valid(&typed) { typed } else { worded }])
}

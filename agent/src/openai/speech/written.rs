//! Calls that weak models write as text. Taken for calls only where they cannot be anything else: the whole
//! answer, tools that there are, arguments that fit. All else is text.

use crate::openai::answer::RawCall;
use crate::openai::calls;
use serde_json::Value;

/// Most calls in one answer.
const MOST: usize = 16;

/// How a written call may begin.
const BEGINNINGS: [&str; 7] =
    ["<tool_call>", "<tool_calls>", "<function=", "<function_call>", "[TOOL_CALLS]", "<|python_tag|>", "<|tool_call|>"];

/// Whether a text that begins like this may become a call; `None` if that cannot be told yet.
pub(super) fn may_be_call(text: &str) -> Option<bool> {
    if BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
        return Some(true);
    }
    if BEGINNINGS.iter().any(|beginning| beginning.starts_with(text)) {
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
    if let Some(inside) = between(text, "<tool_calls>", "</tool_calls>") {
        return read(inside);
    }
    if text.starts_with("<tool_call>") || text.starts_with("<function_call>") {
        return tagged(text);
    }
    if text.starts_with("<function=") {
        return functions(text);
    }
    for beginning in ["[TOOL_CALLS]", "<|python_tag|>", "<|tool_call|>"] {
        if let Some(rest) = text.strip_prefix(beginning) {
            return of_json(rest.trim()).or_else(|| named(rest.trim()));
        }
    }
    match between(text, "```", "```") {
        Some(fenced) => of_json(fenced.split_once('\n')?.1.trim()),
        None => of_json(text),
    }
}

fn between<'a>(text: &'a str, opening: &str, closing: &str) -> Option<&'a str> {
    text.strip_prefix(opening)?.strip_suffix(closing).map(str::trim)
}

/// `<tool_call>{…}</tool_call>`, several of them in a row (Qwen, Hermes).
fn tagged(text: &str) -> Option<Vec<RawCall>> {
    let mut calls = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let name = rest.strip_prefix('<')?.split_once('>')?.0;
        let inside = rest.strip_prefix('<')?.strip_prefix(name)?.strip_prefix('>')?;
        let closing = format!("</{name}>");
        // A model that stops right after its call leaves the last mark out.
        let (body, after) = inside.split_once(closing.as_str()).unwrap_or((inside, ""));
        calls.extend(of_json(body.trim()).or_else(|| functions(body.trim()))?);
        rest = after.trim_start();
    }
    Some(calls)
}

/// `<function=NAME>{…}</function>` (Llama, and what Groq gives back).
fn functions(text: &str) -> Option<Vec<RawCall>> {
    let mut calls = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (call, after) = rest.strip_prefix("<function=")?.split_once("</function>")?;
        let brace = call.find('{')?;
        let (name, arguments) = call.split_at_checked(brace)?;
        let name = name.trim().trim_end_matches('>').trim_matches('"').trim();
        calls.push(RawCall { id: None, name: name.to_owned(), arguments: arguments.trim().to_owned() });
        rest = after.trim_start();
    }
    Some(calls)
}

/// `NAME[ARGS]{…}` or `NAME{…}` (Mistral).
fn named(text: &str) -> Option<Vec<RawCall>> {
    let (name, arguments) = text.split_at_checked(text.find('{')?)?;
    let name = name.trim().trim_end_matches("[ARGS]").trim();
    Some(vec![RawCall { id: None, name: name.to_owned(), arguments: arguments.to_owned() }])
}

fn of_json(text: &str) -> Option<Vec<RawCall>> {
    let value: Value = serde_json::from_str(text).ok()?;
    match &value {
        Value::Array(all) => all.iter().map(of_value).collect(),
        one => of_value(one).map(|call| vec![call]),
    }
}

/// `{"name": …, "arguments": {…}}`, with nothing else in it that means something.
fn of_value(value: &Value) -> Option<RawCall> {
    let object = value.as_object()?;
    if let Some(function) = object.get("function").filter(|function| function.is_object()) {
        return of_value(function);
    }
    let known = |key: &String| matches!(key.as_str(), "name" | "arguments" | "parameters" | "id" | "type");
    let name = object.get("name")?.as_str()?;
    let arguments = object.get("arguments").or_else(|| object.get("parameters"))?;
    let arguments = arguments.as_str().map_or_else(|| arguments.to_string(), str::to_owned);
    object.keys().all(known).then(|| RawCall { id: None, name: name.to_owned(), arguments })
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
        ] {
            assert_eq!(names(text), None, "{text}");
        }
    }
}

//! From what the model wrote to typed, checked calls; never by guessing.

use super::answer::RawCall;
use serde_json::{Value, json};
use std::collections::HashSet;
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, ToolCall};

/// Types every call. Ids that are missing, unusable or `taken` already are made anew.
///
/// # Errors
/// For each call, in order, what is wrong with it; `None` for one that is fine. Then none may run.
pub(super) fn typed(calls: &[RawCall], taken: &mut HashSet<String>) -> Result<Vec<ProposedCall>, Vec<Option<String>>> {
    let read: Vec<Result<ToolCall, String>> = calls.iter().map(read).collect();
    if read.iter().any(Result::is_err) {
        return Err(read.into_iter().map(Result::err).collect());
    }
    let typed = read.into_iter().flatten().zip(calls);
    Ok(typed.map(|(call, raw)| ProposedCall { id: unique_id(raw.id.as_deref(), taken), call }).collect())
}

/// Whether a call's name and arguments are right.
pub(super) fn is_valid(raw: &RawCall) -> bool {
    read(raw).is_ok()
}

/// Whether a text is JSON, and all of it.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn read(raw: &RawCall) -> Result<ToolCall, String> {
    let arguments = arguments(raw).map_err(|problem| format!("the arguments are not valid JSON: {problem}"))?;
    let parse = |arguments| ToolCall::parse(bare_name(&raw.name), arguments).map_err(|problem| problem.to_string());
    let read = parse(arguments.clone());
    read.or_else(|problem| parse(unwrapped(arguments)).map_err(|_| problem))
}

/// The same arguments, where a server changed the types on their way: whole numbers that came as floats, and
/// fields of JSON that came as strings.
fn unwrapped(mut arguments: Value) -> Value {
    for field in arguments.as_object_mut().into_iter().flat_map(|fields| fields.values_mut()) {
        let inner = field.as_str().filter(|text| text.trim_start().starts_with(['[', '{']));
        if let Some(inner) = inner.and_then(|text| serde_json::from_str(text).ok()) {
            *field = inner;
        }
        make_whole(field);
    }
    arguments
}

fn make_whole(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Number(number) => {
            let whole = number.as_f64().filter(|n| number.is_f64() && n.fract() == 0.0 && n.abs() < 1e15);
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and its size is checked")]
            if let Some(whole) = whole {
                *value = json!(whole as i64);
            }
        }
        _ => {}
    }
}

/// The tool's name without what clings to it: a space of names before it, such as `functions.`, and marks or
/// numbers that a server left there.
fn bare_name(name: &str) -> &str {
    let mut parts = name.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    let mut tools = parts.by_ref().filter(|part| ToolCall::NAMES.contains(part));
    match (tools.next(), tools.next()) {
        (Some(tool), None) => tool,
        _ => name.trim(),
    }
}

/// Where each call stands that is no repetition of an earlier one of the same answer. Some servers send a call
/// twice; to take back or bring back twice is a thing that can be meant.
pub(super) fn without_repetitions(calls: &[RawCall]) -> Vec<usize> {
    let mut seen: Vec<ToolCall> = Vec::new();
    let is_new = |call: &RawCall| match read(call) {
        Err(_) => true,
        Ok(call) if call.goes_on() => true,
        Ok(call) if seen.contains(&call) => false,
        Ok(call) => {
            seen.push(call);
            true
        }
    };
    let news: Vec<bool> = calls.iter().map(is_new).collect();
    news.into_iter().enumerate().filter(|(_, new)| *new).map(|(at, _)| at).collect()
}

/// Reads the arguments' JSON. Tolerated, since nothing is made up: JSON within a JSON string, the same object sent
/// twice, an empty one in place of none yet, and the whole call in place of its arguments. Nothing at all stands for
/// `{}` only where `{}` is all that there can be.
fn arguments(raw: &RawCall) -> Result<Value, String> {
    let text = raw.arguments.trim();
    let tool = bare_name(&raw.name);
    if matches!(text, "" | "null") && matches!(tool, "undo_last" | "redo_last") {
        return Ok(json!({}));
    }
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut values: Vec<Value> = values.collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    if values.iter().any(|value| *value != json!({})) {
        values.retain(|value| *value != json!({}));
    }
    values.dedup();
    match values.as_slice() {
        [] => Err("there are none".into()),
        [Value::String(inner)] => serde_json::from_str(inner).map_err(|e| e.to_string()),
        [one] => Ok(within(one, tool).unwrap_or(one).clone()),
        _ => Err("there is more than one object".into()),
    }
}

/// The arguments in what is all of the call.
fn within<'a>(value: &'a Value, tool: &str) -> Option<&'a Value> {
    let fields = value.as_object().filter(|fields| fields.len() == 2)?;
    let name = fields.get("name")?.as_str()?;
    let arguments = fields.get("arguments").or_else(|| fields.get("parameters"))?;
    (bare_name(name) == tool && arguments.is_object()).then_some(arguments)
}

fn unique_id(wanted: Option<&str>, taken: &mut HashSet<String>) -> CallId {
    let usable = wanted.filter(|id| id.bytes().all(|b| b.is_ascii_graphic()) && !taken.contains(*id));
    let id = usable.and_then(|id| CallId::new(id).ok()).unwrap_or_else(made_id);
    taken.insert(id.as_str().to_owned());
    id
}

#[expect(clippy::expect_used, reason = "a UUID is never too long for an id")]
fn made_id() -> CallId {
    CallId::new(format!("call_{}", uuid::Uuid::new_v4().simple())).expect("an id of 37 characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(id: Option<&str>, name: &str, arguments: &str) -> RawCall {
        RawCall { id: id.map(Into::into), name: name.into(), arguments: arguments.into() }
    }

    fn problem(name: &str, arguments: &str) -> String {
        typed(&[raw(None, name, arguments)], &mut HashSet::new()).unwrap_err().remove(0).unwrap()
    }

    #[test]
    fn a_good_call_is_typed_and_keeps_its_id() {
        let calls = typed(&[raw(Some("a"), "complete_tasks", r#"{"ids":[3]}"#)], &mut HashSet::new()).unwrap();
        assert_eq!((calls[0].id.as_str(), calls[0].call.arguments()), ("a", json!({"ids": [3]})));
    }

    #[test]
    fn ids_are_made_where_missing_repeated_or_unusable() {
        let same = raw(Some("a"), "undo_last", "{}");
        let odd = raw(Some("a b"), "undo_last", "{}");
        let long = raw(Some(&"x".repeat(200)), "undo_last", "{}");
        let none = raw(None, "undo_last", "{}");
        let calls = typed(&[same.clone(), same, odd, long, none], &mut HashSet::new()).unwrap();
        let ids: HashSet<_> = calls.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids.len(), 5);
    }

    #[test]
    fn an_id_of_an_earlier_step_is_not_used_again() {
        let mut taken = HashSet::from(["call_0".to_owned()]);
        let calls = typed(&[raw(Some("call_0"), "undo_last", "{}")], &mut taken).unwrap();
        assert_ne!(calls[0].id.as_str(), "call_0");
    }

    #[test]
    fn malformed_arguments_never_become_empty_ones() {
        for bad in ["", "{", "{\"ids\":[1}", "null", "[]", "{}", "{\"ids\":[1]}{\"ids\":[2]}", "yes", "{\"ids\":[1.5]}"]
        {
            assert!(!problem("delete_tasks", bad).is_empty(), "{bad}");
        }
        assert!(problem("list_tasks", "").contains("not valid JSON"));
        assert!(problem("drop_tables", "{}").contains("there is no tool drop_tables"));
    }

    #[test]
    fn what_clings_to_a_name_is_left_out() {
        for name in
            ["functions.delete_tasks", "default_api:delete_tasks", "functions.delete_tasks:0", "delete_tasks<|x|>y"]
        {
            let calls = typed(&[raw(None, name, r#"{"ids":[1]}"#)], &mut HashSet::new()).unwrap();
            assert_eq!(calls[0].call.name(), "delete_tasks", "{name}");
        }
        for name in ["functions.rm", "delete_tasks_now", "undo_last delete_tasks"] {
            assert!(problem(name, "{}").contains(&format!("there is no tool {name}")), "{name}");
        }
    }

    #[test]
    fn the_same_call_twice_is_one_but_to_take_back_twice_is_two() {
        let call = |id: &str, name: &str, arguments: &str| raw(Some(id), name, arguments);
        let calls = [
            call("a", "add_tasks", r#"{"tasks":[{"title":"Milk"}]}"#),
            call("b", "add_tasks", r#"{"tasks":[{"title":"Milk","notes":null}]}"#),
            call("c", "add_tasks", r#"{"tasks":[{"title":"Bread"}]}"#),
            call("d", "undo_last", "{}"),
            call("e", "undo_last", "{}"),
            call("f", "redo_last", ""),
            call("g", "redo_last", ""),
        ];
        assert_eq!(without_repetitions(&calls), [0, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn one_bad_call_holds_all_of_them_back() {
        let good = raw(None, "undo_last", "{}");
        let bad = raw(None, "delete_tasks", "{");
        let problems = typed(&[good, bad], &mut HashSet::new()).unwrap_err();
        assert!(problems[0].is_none() && problems[1].is_some());
    }

    #[test]
    fn json_in_a_string_and_the_same_object_twice_are_read() {
        for odd in [
            r#""{\"ids\":[1]}""#,
            r#"{"ids":[1]}{"ids":[1]}"#,
            " {\"ids\":[1]}\n",
            r#"{}{"ids":[1]}"#,
            r#"{"name":"delete_tasks","arguments":{"ids":[1]}}"#,
            r#"{"ids":[1.0]}"#,
            r#"{"ids":"[1]"}"#,
        ] {
            let calls = typed(&[raw(None, "delete_tasks", odd)], &mut HashSet::new()).unwrap();
            assert_eq!(calls[0].call.arguments(), json!({"ids": [1]}), "{odd}");
        }
    }
}

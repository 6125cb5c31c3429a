//! Reads JSON. The text is parsed once, by code that knows no type; what serde derives for a type then reads the
//! tree. Read from the text directly, each type would be compiled with a parser of its own and with the words for
//! every way in which it may be wrong, which nobody gets to see: that was a sixth of the page.

use serde::de::IntoDeserializer;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};
use std::fmt::{self, Display};

/// The text is not what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// What `text` says.
///
/// # Errors
/// It is no JSON, or not of this shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    of(parse(text)?)
}

/// What `value` says.
///
/// # Errors
/// It is not of this shape.
pub fn of<T: DeserializeOwned>(value: Value) -> Result<T, Unreadable> {
    T::deserialize(Tree(value))
}

// Once, whatever is made of it.
#[inline(never)]
fn parse(text: &str) -> Result<Value, Unreadable> {
    serde_json::from_str(text).map_err(|_| Unreadable)
}

impl Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

/// Every error is the same, so that no words about it are made.
impl Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A parsed text. Each kind of value is read in one way: a struct from an object alone, say.
struct Tree(Value);

impl Tree {
    fn integer<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0.as_i64() {
            Some(number) => visitor.visit_i64(number),
            None => Err(Unreadable),
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::String(text) => visitor.visit_string(text),
            _ => Err(Unreadable),
        }
    }

    fn object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Object(object) => visitor.visit_map(Fields { entries: object.into_iter(), value: Value::Null }),
            _ => Err(Unreadable),
        }
    }

    fn array<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            _ => Err(Unreadable),
        }
    }
}

macro_rules! each_as {
    ($way:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            self.$way(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Unreadable;

    each_as! { integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
    deserialize_u32 deserialize_u64 }
    each_as! { text: deserialize_char deserialize_str deserialize_string deserialize_identifier }
    each_as! { object: deserialize_map }
    each_as! { array: deserialize_seq }

    /// For values of any shape, such as the arguments of a call.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(on) => visitor.visit_bool(on),
            Value::Number(number) => match number.as_i64() {
                Some(number) => visitor.visit_i64(number),
                None => number.as_f64().map_or(Err(Unreadable), |number| visitor.visit_f64(number)),
            },
            Value::String(text) => visitor.visit_string(text),
            array @ Value::Array(_) => Self(array).array(visitor),
            object @ Value::Object(_) => Self(object).object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Bool(on) => visitor.visit_bool(on),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0.as_f64() {
            Some(number) => visitor.visit_f64(number),
            None => Err(Unreadable),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.object(visitor)
    }

    /// A word: the contract has no other enums, but for those that are read through a struct.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let Value::String(word) = self.0 else { return Err(Unreadable) };
        let word: StringDeserializer<Unreadable> = word.into_deserializer();
        visitor.visit_enum(word)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 f32 bytes byte_buf unit unit_struct tuple tuple_struct }
}

struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(Tree(item))).transpose()
    }
}

struct Fields {
    entries: <Map<String, Value> as IntoIterator>::IntoIter,
    value: Value,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Tree(Value::String(name))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(Tree(self.value.take()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use todo_contract::{Operation, Page, ProbeReport, Problem, Task, ToolResult, Turn, Usage};

    /// Both ways lead to the same value.
    fn same<T: DeserializeOwned + PartialEq + fmt::Debug>(value: &Value) {
        let text = value.to_string();
        let expected = serde_json::from_str::<T>(&text).unwrap();
        assert_eq!(read::<T>(&text), Ok(expected), "{text}");
    }

    #[test]
    fn what_the_api_sends_reads_as_serde_json_reads_it() {
        let task = json!({
            "id": 3, "title": "Call", "notes": "", "status": "done", "priority": "high",
            "due": {"date": "2027-03-01", "time": "15:00", "zone": "Europe/Berlin"},
            "repeat": {"rule": "FREQ=WEEKLY;BYDAY=MO", "from": "completion"}, "tags": ["home"], "position": "a0",
            "version": 1, "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00.5Z",
            "completed_at": "2026-11-22T10:00:00Z", "of a later version": [{"a": null}, 1.5],
        });
        same::<Page<Task>>(&json!({"items": [task, task], "next_cursor": null, "total": 2}));
        let operation = json!({
            "id": 9, "group": "g", "actor": {"kind": "token", "name": "cron"}, "kind": "update", "task_id": 3, "before": task,
            "after": task, "turn_id": null, "at": "2026-11-22T10:00:00Z", "undone_by": 11,
        });
        same::<Page<Operation>>(&json!({"items": [operation], "next_cursor": "x"}));
        let brief = json!({"id": 3, "title": "Call", "status": "open", "priority": "none", "due": null, "tags": []});
        let failed =
            json!({"id": 4, "ok": false, "error": {"code": "not_found", "detail": "No.", "candidates": [brief]}});
        same::<ToolResult>(
            &json!({"kind": "changed", "items": [{"id": 3, "ok": true, "task": brief}, failed], "operations": [1]}),
        );
        same::<Turn>(&json!({
            "id": "01a2052c-ed64-726c-a1f0-15dfd0fd3b2e", "conversation_id": "01a2052c-ed64-726c-a1f0-15dfd0fd3b2e",
            "message": "Hi", "status": "failed", "planner": "openai", "model": "m", "created_at": "2026-11-22T10:00:00Z",
            "events": [
                {"id": 1, "event": "status", "data": {"status": "running", "attempt": 1}},
                {"id": 2, "event": "tool_call", "data": {"id": "a", "name": "list_tasks", "arguments": {"x": [1, -2.5, null, true, "y"]}}},
                {"id": 3, "event": "usage", "data": {"input_tokens": 4_000_000_000_u64, "output_tokens": 0}},
                {"id": 4, "event": "error", "data": {"code": "c", "detail": "d", "retryable": true, "offer_builtin": true}},
            ],
        }));
        same::<Usage>(&json!({
            "months": [{"month": "2026-11", "input_tokens": 7, "output_tokens": 0, "cost": 1}], "monthly_budget": null,
            "resets_on": "2026-12-01", "currency": "USD",
        }));
        same::<ProbeReport>(&json!({
            "usable": true, "model": "m", "host": "h", "dialect": "chat", "first_token_ms": 3, "adapted": ["No strict."],
            "trials": [{"trial": "reach", "outcome": "ok", "detail": "Fine."}],
            "advice": [{"setting": "OPENAI_API", "value": "chat", "reason": "Faster."}],
        }));
        same::<Problem>(&json!({
            "type": "about:blank", "title": "t", "status": 422, "detail": "d", "code": "c",
            "errors": [{"field": "f", "message": "m"}],
        }));
    }

    #[test]
    fn what_is_not_of_the_shape_is_refused() {
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "never read into")]
        struct Shape {
            number: u16,
            word: String,
            flag: bool,
        }
        let good = r#"{"number": 1, "word": "x", "flag": true}"#;
        assert!(read::<Shape>(good).is_ok());
        for (from, to) in
            [("1", "70000"), ("1", "1.5"), ("1", "-1"), ("\"x\"", "null"), ("true", "1"), ("\"word\"", "\"w\"")]
        {
            assert_eq!(read::<Shape>(&good.replacen(from, to, 1)).unwrap_err(), Unreadable, "{to}");
        }
        assert!(
            read::<Shape>(r#"[1, "x", true]"#).is_err()
                && read::<Shape>("").is_err()
                && read::<Shape>("{} {}").is_err()
        );
    }
}

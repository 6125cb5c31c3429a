//! Schemas for servers that take only the oldest keywords: one type each, no null, nothing closed.

use serde_json::{Map, Value, json};

/// The schema without what strict mode put in.
pub(super) fn plain(mut schema: Value) -> Value {
    simplify(&mut schema);
    schema
}

fn simplify(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    object.remove("additionalProperties");
    take_null_out(object);
    if let Some(items) = object.get_mut("items") {
        simplify(items);
    }
    let mut optional = Vec::new();
    if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties.iter_mut() {
            if is_nullable(property) {
                optional.push(json!(name));
            }
            simplify(property);
        }
    }
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.retain(|name| !optional.contains(name));
    }
}

fn is_nullable(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_array).is_some_and(|types| types.contains(&json!("null")))
}

fn take_null_out(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get("type")
        && let Some(only) = types.iter().find(|kind| **kind != json!("null")).cloned()
    {
        object.insert("type".into(), only);
    }
    if let Some(Value::Array(words)) = object.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_null_is_optional_and_nothing_is_closed() {
        let strict = json!({
            "type": "object", "additionalProperties": false, "required": ["id", "words", "due"],
            "properties": {
                "id": {"type": "integer"},
                "words": {"type": ["array", "null"], "items": {"type": "string"}},
                "due": {"type": ["object", "null"], "additionalProperties": false, "required": ["day"],
                    "properties": {"day": {"type": ["string", "null"], "enum": ["mon", null]}}},
            },
        });
        let expected = json!({
            "type": "object", "required": ["id"],
            "properties": {
                "id": {"type": "integer"},
                "words": {"type": "array", "items": {"type": "string"}},
                "due": {"type": "object", "required": [], "properties": {"day": {"type": "string", "enum": ["mon"]}}},
            },
        });
        assert_eq!(plain(strict), expected);
    }
}

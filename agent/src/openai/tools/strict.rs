//! JSON schemas in the form that strict function calling asks for: every field required, what was
//! optional nullable, `additionalProperties: false`, and none of the keywords that endpoints refuse.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// What strict mode or common servers refuse or ignore.
const UNSUPPORTED: [&str; 13] = [
    "$schema",
    "title",
    "default",
    "format",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "uniqueItems",
    "pattern",
    "examples",
];

pub(super) fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true).into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    make_strict(&mut schema);
    // The root's description repeats the function's.
    if let Some(root) = schema.as_object_mut() {
        root.remove("description");
    }
    schema
}

fn make_strict(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(make_strict),
        Value::Object(object) => {
            for keyword in UNSUPPORTED {
                object.remove(keyword);
            }
            flatten_optional(object);
            merge_constants(object);
            require_all(object);
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                properties.values_mut().for_each(make_strict);
            }
            for keyword in ["items", "anyOf"] {
                if let Some(inner) = object.get_mut(keyword) {
                    make_strict(inner);
                }
            }
            // A type's own words are for readers of the code; the field's say what matters here.
            if let Some(items) = object.get_mut("items").and_then(Value::as_object_mut) {
                items.remove("description");
            }
        }
        _ => {}
    }
}

/// Turns `anyOf` of something and null into a nullable something, which more servers understand.
fn flatten_optional(object: &mut Map<String, Value>) {
    let null = json!({"type": "null"});
    match object.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([some, none]) if *none == null && some.is_object() => {
            let mut some = some.clone();
            make_nullable(&mut some);
            object.remove("anyOf");
            for (key, value) in some.as_object().into_iter().flatten() {
                object.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => {}
    }
}

/// Turns `oneOf` of documented constants, as schemars writes enums, into one `enum`.
fn merge_constants(object: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = object.remove("oneOf") else { return };
    let constants: Option<Vec<Value>> = variants.iter().map(|v| v.get("const").cloned()).collect();
    match constants {
        Some(words) => {
            object.insert("type".into(), json!("string"));
            object.insert("enum".into(), Value::Array(words));
        }
        None => {
            object.insert("anyOf".into(), Value::Array(variants));
        }
    }
}

fn is_object(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::String(name)) => name == "object",
        Some(Value::Array(names)) => names.contains(&json!("object")),
        _ => false,
    }
}

fn require_all(object: &mut Map<String, Value>) {
    if !is_object(object) {
        return;
    }
    let required = object.remove("required").unwrap_or_default();
    let required: Vec<&str> = required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = object.entry("properties").or_insert_with(|| json!({}));
    let mut names = Vec::new();
    if let Some(properties) = properties.as_object_mut() {
        for (name, property) in properties.iter_mut() {
            if !required.contains(&name.as_str()) {
                make_nullable(property);
            }
            names.push(json!(name));
        }
    }
    object.insert("required".into(), Value::Array(names));
    object.insert("additionalProperties".into(), json!(false));
}

fn make_nullable(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(variants)) = object.get_mut("anyOf") {
        if !variants.iter().any(|v| v.get("type") == Some(&json!("null"))) {
            variants.push(json!({"type": "null"}));
        }
        return;
    }
    merge_constants(object);
    match object.get_mut("type") {
        Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
        Some(Value::String(name)) => {
            let name = std::mem::take(name);
            object.insert("type".into(), json!([name, "null"]));
        }
        _ => {}
    }
    if let Some(Value::Array(words)) = object.get_mut("enum")
        && !words.contains(&Value::Null)
    {
        words.push(Value::Null);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use todo_contract::{AddTasks, ListTasks, RedoLast, TaskIds, UndoLast, UpdateTasks};

    fn each_schema(schema: &Value, visit: &mut dyn FnMut(&Map<String, Value>)) {
        match schema {
            Value::Object(object) => {
                visit(object);
                let properties = object.get("properties").and_then(Value::as_object);
                properties.into_iter().flat_map(Map::values).for_each(|s| each_schema(s, visit));
                ["items", "anyOf"].iter().filter_map(|k| object.get(*k)).for_each(|s| each_schema(s, visit));
            }
            Value::Array(all) => all.iter().for_each(|s| each_schema(s, visit)),
            _ => {}
        }
    }

    /// A small validator for the keywords that strict schemas use.
    pub(crate) fn assert_allows(schema: &Value, value: &Value) {
        assert!(allows(schema, value), "{schema:#} does not allow {value}");
    }

    fn allows(schema: &Value, value: &Value) -> bool {
        if let Some(variants) = schema["anyOf"].as_array() {
            return variants.iter().any(|variant| allows(variant, value));
        }
        if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
            return false;
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(name) => vec![name],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => return false,
        };
        match value {
            Value::Null => types.contains(&"null"),
            Value::String(_) => types.contains(&"string"),
            Value::Number(_) => types.contains(&"integer"),
            Value::Array(items) => types.contains(&"array") && items.iter().all(|i| allows(&schema["items"], i)),
            Value::Object(fields) => {
                let properties = schema["properties"].as_object().unwrap();
                types.contains(&"object")
                    && properties.len() == fields.len()
                    && fields.iter().all(|(name, field)| properties.get(name).is_some_and(|s| allows(s, field)))
            }
            Value::Bool(_) => false,
        }
    }

    #[test]
    fn every_object_is_closed_and_requires_all_its_fields() {
        for schema in [
            schema_of::<AddTasks>(),
            schema_of::<ListTasks>(),
            schema_of::<UpdateTasks>(),
            schema_of::<TaskIds>(),
            schema_of::<UndoLast>(),
            schema_of::<RedoLast>(),
        ] {
            each_schema(&schema, &mut |object| {
                if is_object(object) {
                    let names: Vec<_> = object["properties"].as_object().unwrap().keys().collect();
                    let required: Vec<_> = object["required"].as_array().unwrap().iter().collect();
                    assert_eq!(json!(names), json!(required));
                    assert_eq!(object["additionalProperties"], json!(false));
                }
                let known =
                    ["type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "description"];
                object.keys().for_each(|k| assert!(known.contains(&k.as_str()), "{k} in {schema:#}"));
            });
        }
    }

    #[test]
    fn an_optional_word_is_one_nullable_list_of_words() {
        let status = &schema_of::<ListTasks>()["properties"]["status"];
        assert_eq!(status["enum"], json!(["open", "done", null]));
        assert_eq!(status["type"], json!(["string", "null"]));
    }

    #[test]
    fn what_was_optional_may_be_null_and_what_was_not_may_not() {
        let task = &schema_of::<AddTasks>()["properties"]["tasks"]["items"];
        assert!(allows(&task["properties"]["priority"], &Value::Null));
        assert!(allows(&task["properties"]["priority"], &json!("urgent")));
        assert!(!allows(&task["properties"]["priority"], &json!("whatever")));
        assert!(allows(&task["properties"]["due"], &Value::Null));
        assert!(!allows(&task["properties"]["title"], &Value::Null));
    }
}

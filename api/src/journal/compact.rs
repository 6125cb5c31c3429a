//! How the journal keeps tasks: the task after a change without what is at its default, of the task before only what
//! was different, and long values once, apart from the rows. Pure.

use serde_json::{Map, Value};
use todo_contract::{Task, TaskId};

/// A value longer than this, in bytes of JSON, stands apart.
const INLINE_MAX: usize = 64;
/// Where a row says which of its fields stand apart.
const APART: &str = "_";

type Fields = Map<String, Value>;

/// What a row keeps, and which long values have to be there besides.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Compact {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Long values from before the change, by field.
    pub(super) had: Vec<(String, String)>,
    /// Long values that the change brought, by field.
    pub(super) brought: Vec<(String, String)>,
}

/// The row of a change that made `after`, of `before` if there was one.
pub(super) fn compact(before: Option<&Task>, after: &Task) -> serde_json::Result<Compact> {
    let (old, new) = (before.map(fields).transpose()?, fields(after)?);
    let is_new = |field: &str| old.as_ref().is_none_or(|old| old.get(field) != new.get(field));
    let mut kept = Compact::default();
    let mut row = Row::default();
    for (field, value) in &new {
        if row.put(field, value, is_default(field, value)) && is_new(field) {
            kept.brought.push((field.clone(), value.to_string()));
        }
    }
    kept.after = Some(row.json());
    if let Some(old) = &old {
        let mut row = Row::default();
        for (field, value) in old {
            let is_long = match is_new(field) {
                true => row.put(field, value, false),
                false => is_long(value),
            };
            if is_long {
                kept.had.push((field.clone(), value.to_string()));
            }
        }
        kept.before = Some(row.json());
    }
    Ok(kept)
}

/// Which of two moments of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The tasks before and after, from a row; `apart` knows the long values.
pub(super) fn expand<E: From<serde_json::Error>>(
    id: TaskId,
    before: Option<&str>,
    after: &str,
    mut apart: impl FnMut(&str, Side) -> Result<Option<String>, E>,
) -> Result<(Option<Task>, Task), E> {
    let mut state = defaults(id);
    lay_over(&mut state, serde_json::from_str(after)?, |field| apart(field, Side::After))?;
    let task = serde_json::from_value(Value::Object(state.clone()))?;
    let before = match before {
        None => None,
        Some(changes) => {
            lay_over(&mut state, serde_json::from_str(changes)?, |field| apart(field, Side::Before))?;
            Some(serde_json::from_value(Value::Object(state))?)
        }
    };
    Ok((before, task))
}

fn lay_over<E: From<serde_json::Error>>(
    state: &mut Fields,
    mut row: Fields,
    mut apart: impl FnMut(&str) -> Result<Option<String>, E>,
) -> Result<(), E> {
    let fields = row.remove(APART);
    state.extend(row);
    for field in fields.iter().flat_map(Value::as_array).flatten().filter_map(Value::as_str) {
        if let Some(json) = apart(field)? {
            state.insert(field.to_owned(), serde_json::from_str(&json)?);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Row {
    fields: Fields,
    apart: Vec<Value>,
}

impl Row {
    /// Takes a field in; whether its value stands apart.
    fn put(&mut self, field: &str, value: &Value, leave_out: bool) -> bool {
        let is_long = is_long(value);
        if is_long {
            self.apart.push(field.into());
        } else if !leave_out {
            self.fields.insert(field.to_owned(), value.clone());
        }
        is_long
    }

    fn json(mut self) -> String {
        if !self.apart.is_empty() {
            self.fields.insert(APART.to_owned(), Value::Array(self.apart));
        }
        Value::Object(self.fields).to_string()
    }
}

fn fields(task: &Task) -> serde_json::Result<Fields> {
    match serde_json::to_value(task)? {
        Value::Object(mut fields) => {
            fields.remove("id");
            // Absent and null are the same, and a row must be able to say so.
            fields.entry("deleted_at").or_insert(Value::Null);
            Ok(fields)
        }
        _ => Ok(Fields::new()),
    }
}

fn is_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() > INLINE_MAX,
        Value::Array(_) | Value::Object(_) => value.to_string().len() > INLINE_MAX,
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_default(field: &str, value: &Value) -> bool {
    DEFAULTS.iter().any(|(name, json)| *name == field && value == json) || value.is_null() || is_empty(value)
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// The fields that a row leaves out at these values, besides those that are `null` or empty lists.
const DEFAULTS: [(&str, &str); 3] = [("notes", ""), ("status", "open"), ("priority", "none")];

/// A task of which nothing is known. Its title is for a row that lost its long value.
fn defaults(id: TaskId) -> Fields {
    let mut fields: Fields = DEFAULTS.iter().map(|(field, value)| ((*field).to_owned(), (*value).into())).collect();
    for field in ["due", "repeat", "completed_at", "deleted_at"] {
        fields.insert(field.to_owned(), Value::Null);
    }
    fields.insert("tags".to_owned(), Value::Array(Vec::new()));
    fields.insert("title".to_owned(), format!("Task {id}").into());
    fields.insert("id".to_owned(), id.0.into());
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::HashMap;

    fn task(changes: Value) -> Task {
        let mut json = json!({
            "id": 3, "title": "Buy milk", "notes": "", "status": "open", "priority": "none", "due": null, "repeat": null,
            "tags": [], "position": "a3i", "version": 1, "created_at": "2027-03-01T09:00:00Z",
            "updated_at": "2027-03-01T09:00:00Z", "completed_at": null, "deleted_at": null,
        });
        json.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(json).unwrap()
    }

    fn read(row: &Compact, texts: &HashMap<(&str, bool), String>) -> (Option<Task>, Task) {
        let apart = |field: &str, side| Ok(texts.get(&(field, side == Side::After)).cloned());
        expand::<serde_json::Error>(TaskId(3), row.before.as_deref(), row.after.as_deref().unwrap(), apart).unwrap()
    }

    #[test]
    fn a_change_keeps_what_changed_and_reads_back_as_it_was() {
        let long = "n".repeat(9_900);
        let states = [
            task(json!({})),
            task(json!({"notes": long, "version": 2})),
            task(json!({"notes": long, "priority": "high", "version": 3, "tags": ["a", "b"]})),
            task(json!({"title": "t".repeat(100), "due": {"date": "2027-03-02"}, "status": "done", "version": 4,
                        "completed_at": "2027-03-01T10:00:00Z"})),
            task(json!({"deleted_at": "2027-03-01T10:00:00Z", "version": 5})),
        ];
        for before in &states {
            for after in &states {
                let row = compact(Some(before), after).unwrap();
                let mut texts = HashMap::new();
                for (is_after, state) in [(false, before), (true, after)] {
                    texts.insert(("notes", is_after), serde_json::to_string(&state.notes).unwrap());
                    texts.insert(("title", is_after), serde_json::to_string(&state.title).unwrap());
                }
                assert_eq!(read(&row, &texts), (Some(before.clone()), after.clone()));
            }
        }
        let row = compact(Some(&states[1]), &states[2]).unwrap();
        assert!(row.brought.is_empty(), "{row:?}");
        assert_eq!(row.had.len(), 1);
        assert!(row.before.unwrap().len() + row.after.unwrap().len() < 250);
    }

    #[test]
    fn a_new_task_is_kept_once() {
        let new = task(json!({"notes": "n".repeat(100)}));
        let row = compact(None, &new).unwrap();
        assert_eq!((row.before.as_deref(), row.brought.len(), row.had.len()), (None, 1, 0));
    }
}

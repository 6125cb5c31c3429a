//! When two calls ask for the same.

use super::{Effect, ToolCall};
use serde_json::Value;

impl ToolCall {
    /// Whether it asks for the very change that `other` asks for, however each is written: spaces, the order of what
    /// has none, and numbers said twice make no difference. Looking, undo and redo give something else each time.
    #[must_use]
    pub fn is_same_change(&self, other: &Self) -> bool {
        matches!(self.effect(), Effect::Add | Effect::Change | Effect::Delete)
            && self.name() == other.name()
            && self.normal_form() == other.normal_form()
    }

    /// The tasks that it makes, each in a form that is the same however it is written.
    #[must_use]
    pub fn forms_of_new_tasks(&self) -> Vec<String> {
        let Self::AddTasks(_) = self else { return Vec::new() };
        let form = self.normal_form();
        form.get("tasks").and_then(Value::as_array).into_iter().flatten().map(Value::to_string).collect()
    }

    fn normal_form(&self) -> Value {
        let mut arguments = self.arguments();
        normalize(&mut arguments);
        arguments
    }
}

fn normalize(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(items) => {
            items.iter_mut().for_each(normalize);
            // Lists of ids and of tags have no order; tasks and changes keep theirs.
            if items.iter().all(|item| item.is_number() || item.is_string()) {
                items.sort_by_key(Value::to_string);
                items.dedup();
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(normalize),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn same(name: &str, one: Value, other: Value) -> bool {
        ToolCall::parse(name, one).unwrap().is_same_change(&ToolCall::parse(name, other).unwrap())
    }

    #[test]
    fn how_a_change_is_written_makes_no_difference() {
        assert!(same(
            "add_tasks",
            json!({"tasks": [{"title": "Buy milk", "notes": null, "tags": ["a", "b"]}]}),
            json!({"tasks": [{"tags": ["b", "a"], "title": " Buy  milk ", "due": null, "priority": "none"}]}),
        ));
        assert!(same("delete_tasks", json!({"ids": [2, 1]}), json!({"ids": [1, 2, 2]})));
        assert!(same(
            "update_tasks",
            json!({"changes": [{"id": 1, "title": "x"}]}),
            json!({"changes": [{"title": "x ", "id": 1, "clear": []}]})
        ));
    }

    #[test]
    fn a_new_task_has_one_form() {
        let forms = |title: &str| {
            ToolCall::parse("add_tasks", json!({"tasks": [{"title": "Bread"}, {"title": title}]}))
                .unwrap()
                .forms_of_new_tasks()
        };
        assert_eq!((forms("Buy milk").len(), forms(" Buy  milk")), (2, forms("Buy milk")));
        assert_eq!(ToolCall::parse("list_tasks", json!({})).unwrap().forms_of_new_tasks(), [""; 0]);
    }

    #[test]
    fn another_change_is_another_change() {
        assert!(!same("add_tasks", json!({"tasks": [{"title": "Milk"}]}), json!({"tasks": [{"title": "Bread"}]})));
        assert!(!same(
            "update_tasks",
            json!({"changes": [{"id": 1, "title": "milk"}]}),
            json!({"changes": [{"id": 1, "title": "Milk"}]})
        ));
        assert!(!same("complete_tasks", json!({"ids": [1]}), json!({"ids": [2]})));
        assert!(!same("list_tasks", json!({}), json!({})), "looking again is no change");
        assert!(!same("undo_last", json!({}), json!({})));
    }
}

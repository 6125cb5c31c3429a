//! Thoughts in OpenRouter's form, which come in pieces and go back as wholes.

use serde_json::{Map, Value};

/// The fields that are continued from piece to piece.
const CONTINUED: [&str; 3] = ["text", "summary", "data"];

/// Adds a piece: to the last block, if it has the same kind and number, or as a block of its own.
pub(super) fn add(details: &mut Vec<Value>, piece: &Value) {
    let Some(fields) = piece.as_object() else { return };
    match details.last_mut().and_then(Value::as_object_mut).filter(|last| continues(last, fields)) {
        Some(last) => fields.iter().for_each(|(key, value)| extend(last, key, value)),
        None => details.push(piece.clone()),
    }
}

fn continues(last: &Map<String, Value>, piece: &Map<String, Value>) -> bool {
    let same = |key: &str| last.get(key) == piece.get(key);
    piece.contains_key("index") && same("index") && same("type")
}

fn extend(last: &mut Map<String, Value>, key: &str, value: &Value) {
    match (last.get_mut(key), value) {
        (Some(Value::String(text)), Value::String(more)) if CONTINUED.contains(&key) => text.push_str(more),
        (Some(known), _) if !known.is_null() => {}
        _ => {
            last.insert(key.to_owned(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pieces_of_a_block_become_one_and_blocks_stay_apart() {
        let mut details = Vec::new();
        for piece in [
            json!({"type": "reasoning.text", "index": 0, "text": "Let ", "signature": null}),
            json!({"type": "reasoning.text", "index": 0, "text": "me see"}),
            json!({"type": "reasoning.text", "index": 0, "text": "", "signature": "s"}),
            json!({"type": "reasoning.encrypted", "index": 1, "data": "x"}),
            json!({"type": "reasoning.text", "text": "no number"}),
            json!("no block"),
        ] {
            add(&mut details, &piece);
        }
        let first = json!({"type": "reasoning.text", "index": 0, "text": "Let me see", "signature": "s"});
        assert_eq!((details.len(), &details[0]), (3, &first));
    }
}

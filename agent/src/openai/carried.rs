//! What a model wants to read again in the later steps of a turn, as this agent writes it into [`Carry`].

use serde::{Deserialize, Serialize};
use serde_json::Value;
use todo_contract::Carry;

/// Read and written by this agent alone, so that its form may change: what is not understood is left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Carried {
    /// Reasoning items of the Responses API, encrypted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reasoning: Vec<Value>,
    /// Thoughts in words (DeepSeek, Kimi, GLM and others).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reasoning_content: Option<String>,
    /// Thoughts in OpenRouter's form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reasoning_details: Vec<Value>,
    /// For each call, in order, what came with it (Gemini's thought signatures); empty if nothing did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extras: Vec<Option<Value>>,
}

impl Carried {
    /// To be carried; `None` if there is nothing, or too much even without the thoughts in words.
    pub(super) fn pack(&self) -> Option<Carry> {
        let brief = || Self { reasoning_content: None, reasoning_details: Vec::new(), ..self.clone() };
        self.written().or_else(|| brief().written())
    }

    fn written(&self) -> Option<Carry> {
        if *self == Self::default() {
            return None;
        }
        Carry::new(serde_json::to_string(self).ok()?).ok()
    }

    /// What was carried; nothing if it cannot be understood.
    pub(super) fn unpack(carry: Option<&Carry>) -> Self {
        carry.and_then(|carry| serde_json::from_str(carry.as_str()).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_packed_comes_back() {
        let reasoning = vec![json!({"type": "reasoning", "encrypted_content": "x"})];
        let carried = Carried { reasoning, extras: vec![None, Some(json!({"a": 1}))], ..Carried::default() };
        assert_eq!(Carried::unpack(carried.pack().as_ref()), carried);
        assert_eq!(Carried::default().pack(), None);
        assert_eq!(Carried::unpack(Some(&Carry::new("not ours").unwrap())), Carried::default());
    }

    #[test]
    fn too_many_thoughts_are_left_behind_and_signatures_are_not() {
        let extras = vec![Some(json!({"google": {"thought_signature": "s"}}))];
        let carried = Carried { reasoning_content: Some("x".repeat(1 << 20)), extras, ..Carried::default() };
        let packed = Carried::unpack(carried.pack().as_ref());
        assert_eq!((packed.reasoning_content, packed.extras.len()), (None, 1));
        let endless = Carried { reasoning: vec![json!("x".repeat(1 << 20))], ..Carried::default() };
        assert_eq!(endless.pack(), None);
    }
}

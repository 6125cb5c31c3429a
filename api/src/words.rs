//! Enums of the contract as words in a column: serde's names are the only list of them.

use crate::error::ApiError;
use serde::Serialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

/// `value`'s word.
pub(crate) fn word<T: Serialize>(value: T) -> Result<String, ApiError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(ApiError::internal(format!("not a word: {other:?}"))),
    }
}

/// The value that `word` stands for.
pub(crate) fn from_word<T: DeserializeOwned>(word: &str) -> Result<T, ApiError> {
    let deserializer: StrDeserializer<'_, WordError> = word.into_deserializer();
    T::deserialize(deserializer).map_err(ApiError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::{PlannerKind, TurnStatus};

    #[test]
    fn words_are_those_of_the_wire() {
        assert_eq!(word(TurnStatus::NeedsConfirmation).unwrap(), "needs_confirmation");
        assert_eq!(from_word::<PlannerKind>("builtin").unwrap(), PlannerKind::Builtin);
        assert!(from_word::<TurnStatus>("lost").is_err());
    }
}

//! What the fuzzer calls.

use super::document::Document;
use crate::identity::Author;
use todo_contract::{Actor, ActorKind, TimeZoneName};

/// A text as the document of an import: read whole, or refused.
pub(crate) fn imported(text: &str) {
    let Ok(document) = serde_json::from_str::<Document>(text) else { return };
    let author = Author {
        user_id: 1,
        actor: Actor { kind: ActorKind::User, name: None },
        time_zone: TimeZoneName::utc(),
        now: "2027-03-01T09:00:00Z".parse().unwrap(),
        turn_id: None,
        call_id: None,
        group: String::new(),
        idempotency_key: None,
        request_hash: None,
    };
    if let Err(error) = document.check(&author) {
        assert!(error.code.status() < 500, "{error}");
    }
}

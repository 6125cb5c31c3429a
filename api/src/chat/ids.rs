//! Ids that follow from an account and its idempotency key, so that a repeated request names the same thing.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The id of a `kind` of thing that `user_id` asks for under `key`: a UUID of version 8 (RFC 9562, 5.8).
pub(super) fn derived(kind: &str, user_id: i64, key: &str) -> Uuid {
    let digest = Sha256::new().chain_update(format!("{kind}:{user_id}:{key}")).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(byte, digested)| *byte = *digested);
    Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_follows_from_kind_account_and_key() {
        let id = derived("turn", 1, "abc");
        assert_eq!(id, derived("turn", 1, "abc"));
        let others = [derived("turn", 2, "abc"), derived("turn", 1, "abd"), derived("conversation", 1, "abc")];
        assert!(!others.contains(&id));
        assert_eq!(id.get_version_num(), 8);
    }
}

//! Ids made here. `crypto.randomUUID` needs a secure context, which plain http on a home network is not.

use uuid::{Builder, Uuid};

/// A random UUID (version 4).
#[must_use]
pub fn random_uuid() -> Uuid {
    let mut bytes = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes = (js_sys::Math::random().to_bits() as u128 | (u128::from(js_sys::Math::random().to_bits()) << 64))
            .to_le_bytes();
    }
    Builder::from_random_bytes(bytes).into_uuid()
}

/// A fresh `Idempotency-Key`.
#[must_use]
pub fn idempotency_key() -> String {
    random_uuid().to_string()
}

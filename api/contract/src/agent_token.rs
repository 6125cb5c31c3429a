//! The token that api and agent share where none is given: both derive it from `JWT_SECRET`.

use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt::Write as _;

/// Keeps this use of the secret apart from any other.
const INFO: &[u8] = b"todo-app agent token v1";
const LENGTH: usize = 32;

/// The token that belongs to this `JWT_SECRET`, by HKDF-SHA256 (RFC 5869): 64 hexadecimal digits, from which nobody gets
/// back to the secret.
#[must_use]
pub fn derive(jwt_secret: &[u8]) -> String {
    let mut token = [0_u8; LENGTH];
    // Fails for more than 255 blocks alone; then the token would be zeros, which the test below would see.
    let _ = Hkdf::<Sha256>::new(None, jwt_secret).expand(INFO, &mut token);
    token.iter().fold(String::with_capacity(2 * LENGTH), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with Python: HMAC-SHA256 twice, as RFC 5869 says. Another version of one service alone would no longer be let in.
    #[test]
    fn the_token_of_a_secret_never_changes() {
        assert_eq!(
            derive(b"0123456789abcdef0123456789abcdef"),
            "f879b415b6031d9bddf862781f4d09a42830ff84ffcfaa79abe12613997f39a7"
        );
        assert_ne!(derive(b"0123456789abcdef0123456789abcdef"), derive(b"0123456789abcdef0123456789abcdeF"));
    }
}

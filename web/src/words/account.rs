//! Words of signing in and of the settings.

pub const SIGN_IN: &str = "Sign in";

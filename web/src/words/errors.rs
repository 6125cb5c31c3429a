//! When something goes wrong.

pub const OFFLINE: &str = "The server cannot be reached. Check your connection.";

pub fn unexpected(status: u16) -> String {
    format!("Something went wrong (status {status}). Please try again.")
}

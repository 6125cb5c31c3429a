//! Gathers the pieces of an answer, so that not each one becomes a row.

use std::time::Duration;
use tokio::time::Instant;

/// How long a piece waits for the next.
const PAUSE: Duration = Duration::from_millis(60);
/// This many characters wait no longer.
const ENOUGH: usize = 200;

/// Text that is not stored yet. After a pause the first piece is due at once, so that an answer begins
/// without a delay.
#[derive(Debug, Default)]
pub(super) struct TextBuffer {
    text: String,
    emptied: Option<Instant>,
}

impl TextBuffer {
    pub(super) fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
    }

    /// When the text is to be stored; `None` if there is none.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        match self.emptied {
            _ if self.text.is_empty() => None,
            Some(emptied) if self.text.chars().count() < ENOUGH => Some(emptied + PAUSE),
            _ => Some(now),
        }
    }

    /// Empties it.
    pub(super) fn take(&mut self, now: Instant) -> Option<String> {
        if self.text.is_empty() {
            return None;
        }
        self.emptied = Some(now);
        Some(std::mem::take(&mut self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_piece_is_due_at_once_and_later_ones_gather() {
        let start = Instant::now();
        let mut buffer = TextBuffer::default();
        assert_eq!(buffer.due(start), None);
        buffer.push("Right");
        assert_eq!(buffer.due(start), Some(start));
        assert_eq!(buffer.take(start).as_deref(), Some("Right"));

        buffer.push(" away");
        assert_eq!(buffer.due(start), Some(start + PAUSE));
        buffer.push(&"x".repeat(ENOUGH));
        assert_eq!(buffer.due(start), Some(start));
        assert!(buffer.take(start).is_some());
        assert_eq!(buffer.take(start), None);

        let later = start + PAUSE * 2;
        buffer.push("again");
        assert!(buffer.due(later).unwrap() < later);
    }
}

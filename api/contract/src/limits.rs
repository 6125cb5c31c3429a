//! Every bound on what may be sent, in one place. Lengths of text are in Unicode scalar values.

/// Longest task title.
pub const TITLE_MAX: usize = 500;
/// Longest notes.
pub const NOTES_MAX: usize = 10_000;
/// Most tags on one task.
pub const TAGS_MAX: usize = 20;
/// Longest tag.
pub const TAG_MAX: usize = 50;
/// Longest recurrence rule.
pub const RULE_MAX: usize = 300;
/// Shortest password (NIST SP 800-63B, 5.1.1.2).
pub const PASSWORD_MIN: usize = 8;
/// Longest password.
pub const PASSWORD_MAX: usize = 256;
/// Longest email address (RFC 5321, 4.5.3.1.3).
pub const EMAIL_MAX: usize = 254;
/// Longest name of a person, a token or a session.
pub const NAME_MAX: usize = 100;
/// Longest IANA time zone name.
pub const ZONE_MAX: usize = 64;
/// Longest chat message.
pub const MESSAGE_MAX: usize = 4_000;
/// Longest title of a conversation.
pub const CONVERSATION_TITLE_MAX: usize = 200;
/// Longest search text.
pub const SEARCH_MAX: usize = 200;
/// Longest id of a tool call and longest `Idempotency-Key`.
pub const KEY_MAX: usize = 128;
/// Most bytes that a planner may have carried back to it, a step.
pub const CARRY_MAX: usize = 128 * 1024;
/// Most items in one tool call or one batch.
pub const BATCH_MAX: usize = 200;
/// Largest document that an import takes, in bytes.
pub const IMPORT_MAX_BYTES: usize = 64 << 20;
/// Rows of a page when none is asked for.
pub const PAGE_DEFAULT: u32 = 50;
/// Most rows of a page.
pub const PAGE_MAX: u32 = 200;
/// A turn that deletes this many tasks or more asks first.
pub const CONFIRM_DELETES_FROM: usize = 2;
/// A turn that changes more than this many tasks asks first.
pub const CONFIRM_CHANGES_ABOVE: usize = 5;
/// A turn that adds more than this many tasks asks first.
pub const CONFIRM_ADDS_ABOVE: usize = 50;
/// As [`CONFIRM_DELETES_FROM`], together with the turns of the window.
pub const CONFIRM_WINDOW_DELETES_FROM: usize = 2;
/// As [`CONFIRM_CHANGES_ABOVE`], together with the turns of the window.
pub const CONFIRM_WINDOW_CHANGES_ABOVE: usize = 20;
/// As [`CONFIRM_ADDS_ABOVE`], together with the turns of the window.
pub const CONFIRM_WINDOW_ADDS_ABOVE: usize = 200;
/// The window has this many of the conversation's latest turns.
pub const CONFIRM_WINDOW_TURNS: i64 = 10;
/// And the account's turns of this many minutes.
pub const CONFIRM_WINDOW_MINUTES: i64 = 10;

//! Every error that a client can see: one table of code, status and title.

use std::fmt;
use todo_contract::{FieldProblem, InvalidText, Problem};

/// The stable, machine-readable kinds of error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The account has used its space.
    AccountFull,
    /// The assistant cannot be reached.
    AgentUnavailable,
    /// This was taken back before.
    AlreadyUndone,
    /// The request cannot be understood.
    BadRequest,
    /// There is an account with this email address.
    EmailTaken,
    /// This is not allowed.
    Forbidden,
    /// The idempotency key was used for something else.
    IdempotencyKeyReused,
    /// Something went wrong on the server.
    Internal,
    /// Email address or password is wrong.
    InvalidCredentials,
    /// The work was cancelled.
    JobCancelled,
    /// Other work on this account is still going on.
    JobRunning,
    /// There is no room for more of these.
    LimitReached,
    /// The body is not valid JSON.
    MalformedJson,
    /// The method is not supported here.
    MethodNotAllowed,
    /// No model is set up.
    NoModel,
    /// There is nothing here.
    NotFound,
    /// There is nothing to bring back.
    NothingToRedo,
    /// There is nothing to take back.
    NothingToUndo,
    /// The request comes from another site.
    OriginMismatch,
    /// The server is busy.
    Overloaded,
    /// The body is too large.
    PayloadTooLarge,
    /// The database took too long.
    QueryTimeout,
    /// Too many requests.
    RateLimited,
    /// Please enter your password again.
    ReauthenticationRequired,
    /// Registration is closed.
    RegistrationClosed,
    /// The request came too slowly.
    RequestTimeout,
    /// The server's disk is full.
    StorageFull,
    /// The server cannot write to its disk.
    StorageUnavailable,
    /// This account has too many streams of events open.
    TooManyStreams,
    /// The turn does not stand so.
    TurnConflict,
    /// Please sign in.
    Unauthenticated,
    /// The task was changed since.
    UndoConflict,
    /// The body must be JSON.
    UnsupportedMediaType,
    /// A field is not valid.
    ValidationFailed,
    /// The task was changed since.
    VersionMismatch,
}

/// Code, status, word on the wire, title.
const TABLE: &[(Code, u16, &str, &str)] = &[
    (Code::AccountFull, 413, "account_full", "The account has used its space"),
    (Code::AgentUnavailable, 503, "agent_unavailable", "The assistant cannot be reached"),
    (Code::AlreadyUndone, 409, "already_undone", "This was taken back before"),
    (Code::BadRequest, 400, "bad_request", "The request cannot be understood"),
    (Code::EmailTaken, 409, "email_taken", "There is an account with this email address"),
    (Code::Forbidden, 403, "forbidden", "This is not allowed"),
    (Code::IdempotencyKeyReused, 409, "idempotency_key_reused", "The idempotency key was used for something else"),
    (Code::Internal, 500, "internal", "Something went wrong on the server"),
    (Code::InvalidCredentials, 401, "invalid_credentials", "Email address or password is wrong"),
    (Code::JobCancelled, 409, "job_cancelled", "The work was cancelled"),
    (Code::JobRunning, 409, "job_running", "Other work on this account is still going on"),
    (Code::LimitReached, 409, "limit_reached", "There is no room for more of these"),
    (Code::MalformedJson, 400, "malformed_json", "The body is not valid JSON"),
    (Code::MethodNotAllowed, 405, "method_not_allowed", "The method is not supported here"),
    (Code::NoModel, 409, "no_model", "No model is set up"),
    (Code::NotFound, 404, "not_found", "There is nothing here"),
    (Code::NothingToRedo, 409, "nothing_to_redo", "There is nothing to bring back"),
    (Code::NothingToUndo, 409, "nothing_to_undo", "There is nothing to take back"),
    (Code::OriginMismatch, 403, "origin_mismatch", "The request comes from another site"),
    (Code::Overloaded, 503, "overloaded", "The server is busy"),
    (Code::PayloadTooLarge, 413, "payload_too_large", "The body is too large"),
    (Code::QueryTimeout, 503, "query_timeout", "The database took too long"),
    (Code::RateLimited, 429, "rate_limited", "Too many requests"),
    (Code::ReauthenticationRequired, 403, "reauthentication_required", "Please enter your password again"),
    (Code::RegistrationClosed, 403, "registration_closed", "Registration is closed"),
    (Code::RequestTimeout, 408, "request_timeout", "The request came too slowly"),
    (Code::StorageFull, 507, "storage_full", "The server's disk is full"),
    (Code::StorageUnavailable, 503, "storage_unavailable", "The server cannot write to its disk"),
    (Code::TooManyStreams, 429, "too_many_streams", "This account has too many streams of events open"),
    (Code::TurnConflict, 409, "turn_conflict", "The turn does not stand so"),
    (Code::Unauthenticated, 401, "unauthenticated", "Please sign in"),
    (Code::UndoConflict, 409, "undo_conflict", "The task was changed since"),
    (Code::UnsupportedMediaType, 415, "unsupported_media_type", "The body must be JSON"),
    (Code::ValidationFailed, 422, "validation_failed", "A field is not valid"),
    (Code::VersionMismatch, 412, "version_mismatch", "The task was changed since"),
];

impl Code {
    fn row(self) -> (u16, &'static str, &'static str) {
        TABLE
            .iter()
            .find(|row| row.0 == self)
            .map_or((500, "internal", "Something went wrong on the server"), |row| (row.1, row.2, row.3))
    }

    /// The code that is called `word` on the wire; `internal` if there is none.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        TABLE.iter().find(|row| row.2 == word).map_or(Self::Internal, |row| row.0)
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        self.row().0
    }

    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The fixed sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().2
    }
}

/// An error on its way to a client, with what caused it for the log.
#[derive(Debug)]
pub struct ApiError {
    /// Which kind.
    pub code: Code,
    /// What happened this time, fit for a person.
    pub detail: String,
    /// What is wrong with which field.
    pub errors: Vec<FieldProblem>,
    /// Seconds to wait before trying again.
    pub retry_after: Option<u64>,
    /// For the log, never for the client.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl ApiError {
    /// An error of this kind, with its own detail.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), retry_after: None, source: None }
    }

    /// A field breaks its rule.
    #[must_use]
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let (field, message) = (field.into(), message.into());
        let detail = format!("{field}: {message}");
        Self { errors: vec![FieldProblem { field, message }], ..Self::new(Code::ValidationFailed, detail) }
    }

    /// No such thing, or not yours: the two look alike.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what}."))
    }

    /// A fault of ours: the client gets a fixed text, the log gets `source`.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let detail = "The fault is on our side and has been logged under the request id.";
        Self { source: Some(source.into()), ..Self::new(Code::Internal, detail) }
    }

    /// Whether the database itself is at fault, so that a whole group of writes must be given up.
    #[must_use]
    pub fn is_storage_fault(&self) -> bool {
        matches!(self.code, Code::StorageFull | Code::StorageUnavailable | Code::QueryTimeout)
    }

    /// The body.
    #[must_use]
    pub fn problem(&self, request_id: Option<String>) -> Problem {
        Problem {
            kind: "about:blank".to_owned(),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            detail: self.detail.clone(),
            code: self.code.word().to_owned(),
            request_id,
            errors: self.errors.clone(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.code.word()),
            None => write!(f, "{}: {}", self.code.word(), self.detail),
        }
    }
}

impl std::error::Error for ApiError {}

/// What we wrote ourselves cannot be read: bodies of requests have messages of their own.
impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<InvalidText> for ApiError {
    fn from(invalid: InvalidText) -> Self {
        Self::new(Code::ValidationFailed, invalid.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_row_and_a_word_of_its_own() {
        let mut words: Vec<_> = TABLE.iter().map(|row| row.2).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), TABLE.len());
    }

    #[test]
    fn every_code_is_used_somewhere() {
        let sources = sources(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path());
        for (code, ..) in TABLE {
            let name = format!("Code::{code:?}");
            assert!(sources.iter().any(|text| text.contains(&name)), "nothing uses {name}");
        }
    }

    /// The text of every source file but this one.
    fn sources(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .flat_map(|path| match path.is_dir() {
                true => sources(&path),
                false if path.ends_with("src/error.rs") => Vec::new(),
                false => vec![std::fs::read_to_string(path).unwrap()],
            })
            .collect()
    }
}

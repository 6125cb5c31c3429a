//! Why a request failed.

use super::json;
use crate::words::errors as words;
use todo_contract::{FieldProblem, Problem};

/// The answer to a request, or why there is none.
pub type ApiResult<T> = Result<T, ApiError>;

/// Why a request failed, fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The api's stable code; `offline` if the server was not reached, `unexpected` if it spoke no problem+json.
    pub code: String,
    /// Fit for a person.
    pub detail: String,
    /// What is wrong with which field.
    pub fields: Vec<FieldProblem>,
    /// The HTTP status; 0 if there was no answer.
    pub status: u16,
}

impl ApiError {
    /// The server could not be reached.
    #[must_use]
    pub fn offline() -> Self {
        Self { code: "offline".into(), detail: words::OFFLINE.into(), fields: Vec::new(), status: 0 }
    }

    /// Something other than the api answered, or the answer could not be read.
    #[must_use]
    pub fn unexpected(status: u16) -> Self {
        Self { code: "unexpected".into(), detail: words::unexpected(status), fields: Vec::new(), status }
    }

    /// Reads the body of an answer of 400 and above.
    #[must_use]
    pub fn from_body(status: u16, body: &str) -> Self {
        match json::read::<Problem>(body) {
            Ok(problem) => Self { code: problem.code, detail: problem.detail, fields: problem.errors, status },
            Err(_) => Self::unexpected(status),
        }
    }

    /// Whether the server was not reached.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.code == "offline"
    }

    /// Whether nobody is signed in.
    #[must_use]
    pub fn is_signed_out(&self) -> bool {
        self.status == 401
    }

    /// Whether someone else changed the task in between.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status == 412
    }

    /// What is wrong with `field`, if the api named it.
    #[must_use]
    pub fn field(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|f| f.field == field).map(|f| f.message.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_keeps_its_code_and_fields() {
        let body = r#"{"type":"about:blank","title":"Invalid","status":422,"detail":"Please check.",
                       "code":"validation_failed","errors":[{"field":"email","message":"needs an @"}]}"#;
        let error = ApiError::from_body(422, body);
        assert_eq!((error.code.as_str(), error.status), ("validation_failed", 422));
        assert_eq!(error.field("email").as_deref(), Some("needs an @"));
        assert_eq!(error.field("password"), None);
    }

    #[test]
    fn an_answer_that_is_no_problem_is_told_by_its_status() {
        let error = ApiError::from_body(502, "<html>Bad gateway</html>");
        assert_eq!(error.code, "unexpected");
        assert!(error.detail.contains("502"));
    }
}

//! The body of a step: read within a bound, then checked.

use super::problem::HttpError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use jiff::tz::TimeZone;
use todo_contract::{FieldProblem, Message, StepRequest};

/// Most bytes of a request.
pub(super) const LIMIT: usize = 4 * 1024 * 1024;
/// Most messages of a conversation.
const MESSAGES_MAX: usize = 4_000;

pub(super) async fn read(request: &HttpRequest, payload: web::Payload) -> Result<StepRequest, HttpError> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(HttpError::UnsupportedMediaType);
    }
    let body = payload.to_bytes_limited(LIMIT).await.map_err(|_| HttpError::TooLarge(LIMIT))?;
    parse(&body.map_err(|_| HttpError::Unreadable)?)
}

fn parse(body: &[u8]) -> Result<StepRequest, HttpError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let request: StepRequest = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        match error.into_inner() {
            data if data.is_data() => invalid(&field, data.to_string()),
            syntax => HttpError::MalformedJson(syntax.to_string()),
        }
    })?;
    json.end().map_err(|error| HttpError::MalformedJson(error.to_string()))?;
    check(&request)?;
    Ok(request)
}

fn check(request: &StepRequest) -> Result<(), HttpError> {
    let zone = &request.context.time_zone;
    if TimeZone::get(zone.as_str()).is_err() {
        return Err(invalid("context.time_zone", format!("{zone} is not in the IANA time zone database")));
    }
    if request.messages.len() > MESSAGES_MAX {
        return Err(invalid("messages", format!("there may be at most {MESSAGES_MAX} messages")));
    }
    match request.messages.last() {
        Some(Message::User { .. } | Message::Tool { .. }) => Ok(()),
        Some(Message::Assistant { .. }) => Err(invalid("messages", "the last message must be of a user or a tool")),
        None => Err(invalid("messages", "there must be at least one message")),
    }
}

fn invalid(field: &str, message: impl Into<String>) -> HttpError {
    HttpError::Invalid(FieldProblem { field: field.to_owned(), message: message.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: &str = r#""context":{"now":"2027-01-01T00:00:00Z","time_zone":"UTC"}"#;

    fn field_of(body: &str) -> String {
        match parse(body.as_bytes()) {
            Err(HttpError::Invalid(problem)) => problem.field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        assert_eq!(field_of(&format!(r#"{{{CONTEXT},"messages":[]}}"#)), "messages");
        assert_eq!(field_of(&format!(r#"{{{CONTEXT},"messages":[{{"role":"assistant","text":"x"}}]}}"#)), "messages");
        assert_eq!(field_of(&format!(r#"{{{CONTEXT},"messages":7}}"#)), "messages");
        let mars = r#"{"context":{"now":"2027-01-01T00:00:00Z","time_zone":"Mars/X"},"messages":[{"role":"user","text":"x"}]}"#;
        assert_eq!(field_of(mars), "context.time_zone");
        assert!(matches!(parse(b"{"), Err(HttpError::MalformedJson(_))));
    }

    #[test]
    fn a_good_request_is_read() {
        let body = format!(r#"{{{CONTEXT},"messages":[{{"role":"user","text":"x"}}]}}"#);
        assert_eq!(parse(body.as_bytes()).unwrap().messages.len(), 1);
        assert!(matches!(parse(format!("{body} x").as_bytes()), Err(HttpError::MalformedJson(_))));
    }
}

//! Errors as the many servers write them, and what they mean to a person.

use crate::failure::{Code, Failure};
use serde_json::Value;
use std::time::Duration;

/// Most characters of a server's own words that are shown.
const SHOWN: usize = 300;

/// An error's parts, as far as the server gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ApiError {
    pub(super) message: String,
    /// `type` and `code`, in one string each.
    kind: String,
    code: String,
    pub(super) param: String,
    /// What the model wrote where the server could not read it as a call (Groq).
    pub(super) failed_generation: Option<String>,
    /// How long the server asks to wait, in the body (Google).
    pub(super) retry_delay: Option<Duration>,
}

impl ApiError {
    /// Reads the forms of OpenAI and OpenRouter (`{"error": {…}}`), Ollama (`{"error": "…"}`), FastAPI
    /// (`{"detail": …}`), and plain `{"message": …}`, also in a list.
    pub(super) fn of(body: &Value) -> Self {
        let body = body.get(0).unwrap_or(body);
        let inner = ["error", "detail"].iter().find_map(|key| body.get(*key).filter(|error| !error.is_null()));
        let inner = inner.unwrap_or(body);
        let text = |key: &str| match inner.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let message = match inner {
            Value::String(message) => message.clone(),
            Value::Array(_) => inner.to_string(),
            _ => text("message"),
        };
        // OpenRouter puts the words of the server behind it here.
        let raw = inner.pointer("/metadata/raw").and_then(Value::as_str);
        let message = raw.map_or(message.clone(), |raw| format!("{message}: {raw}"));
        let failed_generation = inner.get("failed_generation").and_then(Value::as_str).map(str::to_owned);
        let (kind, code, param) = (text("type"), text("code"), text("param"));
        Self { message, kind, code, param, failed_generation, retry_delay: retry_delay(inner) }
    }

    /// Reads a body that may be no JSON at all.
    pub(super) fn of_body(body: &[u8]) -> Self {
        let plain = || Self { message: String::from_utf8_lossy(body).into_owned(), ..Self::default() };
        serde_json::from_slice(body).map_or_else(|_| plain(), |json| Self::of(&json))
    }

    /// The words of `param`, then of `message`, in lower case; a name with underscores is one word.
    pub(super) fn words(&self) -> impl Iterator<Item = String> {
        let both = format!("{} {}", self.param, self.message).to_lowercase();
        let words: Vec<String> =
            both.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map(str::to_owned).collect();
        words.into_iter().filter(|word| !word.is_empty())
    }

    /// Whether the conversation is longer than the model's context.
    pub(super) fn is_context_overflow(&self) -> bool {
        self.says(&[
            "context_length",
            "context length",
            "context window",
            "context size",
            "maximum context",
            "prompt is too long",
            "input is too long",
            "too many tokens",
            "exceeds the available context",
            "reduce the length of the messages",
            "request too large",
        ])
    }

    /// Whether any of these, in lower case, is said.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        let all = format!("{} {} {}", self.kind, self.code, self.message).to_lowercase();
        words.iter().any(|word| all.contains(word))
    }

    /// The HTTP status that an error inside a stream stands for.
    pub(super) fn status(&self) -> u16 {
        if let Some(status) = self.code.parse().ok().filter(|status| (400..600).contains(status)) {
            return status;
        }
        match () {
            () if self.says(&["insufficient_quota", "rate_limit", "too many requests"]) => 429,
            () if self.says(&["invalid_api_key", "authentication_error", "unauthorized"]) => 401,
            () if self.says(&["invalid_request", "invalid_prompt", "context_length", "content_filter"]) => 400,
            () => 500,
        }
    }

    /// What the server said, fit to be shown: one line, shortened, without anything that looks like a key.
    fn quoted(&self) -> String {
        let words = self.message.split_whitespace().map(|word| if word.contains("sk-") { "…" } else { word });
        let line = words.collect::<Vec<_>>().join(" ");
        let shown: String = line.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        match shown.as_str() {
            "" => String::new(),
            html if html.starts_with('<') => String::new(),
            _ => format!(" It said: “{shown}”"),
        }
    }
}

/// What an error of the model's server means.
pub(super) fn failure_of(status: u16, error: &ApiError, retry_after: Option<Duration>) -> Failure {
    let said = error.quoted();
    let quota = ["insufficient_quota", "billing_hard_limit", "exceeded your current quota", "insufficient credits"];
    let lasting = |code, what: &str| Failure::lasting(code, format!("{what}{said}"));
    let passing = |code, what: &str| Failure { retry_after, ..Failure::passing(code, format!("{what}{said}")) };
    match status {
        // Without the server's words: they may repeat a part of the key.
        401 => Failure::lasting(
            Code::Unauthorized,
            "The model's server does not accept the key (401). Check OPENAI_API_KEY where the agent runs.",
        ),
        402 | 403 | 429 if status == 402 || error.says(&quota) => {
            lasting(Code::Quota, "The account at the model's server has no credit left. Check its billing.")
        }
        403 => lasting(Code::Unauthorized, "The model's server does not allow this key to use this model (403)."),
        429 => passing(Code::RateLimited, "The model's server is getting too many requests (429). Try again later."),
        300..=399 => lasting(
            Code::Error,
            "The model's server answered with a redirect, which is not followed. Set OPENAI_BASE_URL to the address \
             that it redirects to.",
        ),
        404 | 405 => lasting(
            Code::Error,
            "The model's server does not know the model or the address. Check OPENAI_MODEL and OPENAI_BASE_URL, which \
             usually ends in /v1.",
        ),
        408 => passing(Code::Timeout, "The model's server took too long (408)."),
        _ if status == 413 || error.is_context_overflow() => lasting(
            Code::Error,
            "The conversation is too long for the model. Begin a new one, or set OPENAI_HISTORY_TOKENS to less than \
             the model's context.",
        ),
        _ if error.says(&["content_filter", "content_policy", "content management policy"]) => {
            lasting(Code::Refused, "The filter of the model's server refused this conversation.")
        }
        500.. => passing(Code::Error, &format!("The model's server has a problem ({status}).")),
        _ => lasting(Code::Error, &format!("The model's server refused the request ({status}).")),
    }
}

/// `retryDelay` of a `google.rpc.RetryInfo`, such as `"34s"`.
fn retry_delay(error: &Value) -> Option<Duration> {
    let details = error.get("details")?.as_array()?;
    let delay = details.iter().find_map(|detail| detail.get("retryDelay"))?.as_str()?;
    let seconds: f64 = delay.strip_suffix('s')?.parse().ok()?;
    (0.0..1e9).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_way_to_write_an_error_is_read() {
        for body in [
            json!({"error": {"message": "boom", "type": "t", "param": null, "code": null}}),
            json!({"error": {"message": "boom", "code": 500}}),
            json!({"error": "boom"}),
            json!({"detail": "boom"}),
            json!({"message": "boom", "object": "error"}),
            json!([{"error": {"message": "boom"}}]),
        ] {
            assert_eq!(ApiError::of(&body).message, "boom", "{body}");
        }
        assert_eq!(ApiError::of_body(b"boom").message, "boom");
        let behind = ApiError::of(&json!({"error": {"message": "Provider error", "metadata": {"raw": "strict"}}}));
        assert!(behind.words().any(|word| word == "strict"));
        let google = json!({"error": {"code": 429, "message": "x", "details": [{"retryDelay": "3.5s"}]}});
        assert_eq!(ApiError::of(&google).retry_delay, Some(Duration::from_millis(3_500)));
        let fields = ApiError::of(&json!({"detail": [{"loc": ["body", "parallel_tool_calls"], "msg": "extra"}]}));
        assert!(fields.words().any(|w| w == "parallel_tool_calls"));
    }

    #[test]
    fn a_status_and_its_words_become_a_code() {
        let code = |status, message: &str| {
            let failure = failure_of(status, &ApiError::of(&json!({"error": {"message": message}})), None);
            (failure.code.as_str(), failure.retryable)
        };
        assert_eq!(code(401, "x"), ("model_unauthorized", false));
        assert_eq!(code(403, "x"), ("model_unauthorized", false));
        assert_eq!(code(402, "x"), ("model_quota", false));
        assert_eq!(code(429, "You exceeded your current quota"), ("model_quota", false));
        assert_eq!(code(429, "slow down"), ("model_rate_limited", true));
        assert_eq!(code(404, "x"), ("model_error", false));
        assert_eq!(code(302, "x"), ("model_error", false));
        assert_eq!(code(503, "x"), ("model_error", true));
        assert_eq!(code(400, "content_filter"), ("model_refused", false));
    }

    #[test]
    fn what_is_shown_has_no_key_no_page_and_an_end() {
        let shown =
            |message: &str| failure_of(400, &ApiError::of(&json!({"error": {"message": message}})), None).detail;
        assert!(!shown("Incorrect key sk-abc123 given").contains("abc123"));
        assert!(!shown("<html><body>Bad gateway").contains("html"));
        assert!(shown(&"x".repeat(9_000)).len() < 500);
    }

    #[test]
    fn an_error_in_a_stream_is_told_by_its_words() {
        let status = |error: Value| ApiError::of(&json!({"error": error})).status();
        assert_eq!(status(json!({"code": 429})), 429);
        assert_eq!(status(json!({"code": "429"})), 429);
        assert_eq!(status(json!({"type": "rate_limit_exceeded"})), 429);
        assert_eq!(status(json!({"code": "invalid_api_key"})), 401);
        assert_eq!(status(json!("overloaded")), 500);
    }
}

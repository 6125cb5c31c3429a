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
    /// Further details (Google).
    pub(super) details: Value,
    /// Headers of the server behind (OpenRouter).
    pub(super) headers: Value,
}

/// What may hold an error, and what may be called its words.
const PLACES: [&str; 3] = ["error", "detail", "base_resp"];
const WORDS: [&str; 6] = ["message", "msg", "status_msg", "error_msg", "errorMessage", "error_description"];

impl ApiError {
    /// Reads the forms of OpenAI and OpenRouter (`{"error": {…}}`), Ollama (`{"error": "…"}`), FastAPI
    /// (`{"detail": …}`), MiniMax (`{"base_resp": {…}}`), and plain `{"message": …}`, also in a list.
    pub(super) fn of(body: &Value) -> Self {
        let body = body.get(0).unwrap_or(body);
        let tells = |error: &&Value| !error.is_null() && !error.is_boolean();
        let inner = PLACES.iter().find_map(|key| body.get(*key).filter(tells)).unwrap_or(body);
        let text = |key: &str| match inner.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let message = match inner {
            Value::String(message) => message.clone(),
            Value::Array(_) => inner.to_string(),
            _ => WORDS.iter().map(|key| text(key)).find(|words| !words.is_empty()).unwrap_or_default(),
        };
        // OpenRouter puts the words of the server behind it here.
        let metadata = |key: &str| inner.pointer(&format!("/metadata/{key}"));
        let raw = metadata("raw").and_then(Value::as_str);
        let message = raw.map_or(message.clone(), |raw| format!("{message}: {raw}"));
        Self {
            message,
            kind: text("type"),
            code: text("code"),
            param: text("param"),
            failed_generation: inner.get("failed_generation").and_then(Value::as_str).map(str::to_owned),
            details: inner.get("details").cloned().unwrap_or_default(),
            headers: metadata("headers").cloned().unwrap_or_default(),
        }
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
            "context limit",
            "maximum context",
            "maximum model length",
            "model token limit",
            "prompt is too long",
            "input is too long",
            "too many tokens",
            "exceeds max length",
            "exceeds the available context",
            "when context the overflows",
            "maximum number of tokens",
            "tokens must be reduced",
            "`max_new_tokens` must be",
            "range of input length",
            "reduce the length of the messages",
            "request too large",
            "request body too large",
            // What is left of a conversation whose beginning was cut off (Ollama).
            "no user query found",
        ])
    }

    /// Whether the account has nothing left to pay with. Google calls limits that pass a quota, too.
    fn is_out_of_credit(&self) -> bool {
        let passes = self.details.is_array();
        (!passes && self.says(&["exceeded your current quota"]))
            || self.says(&[
                "insufficient_quota",
                "exceeded_current_quota",
                "billing_hard_limit",
                "insufficient credits",
                "insufficient balance",
                "insufficient_balance",
                "credit balance is too low",
                "arrearage",
                "余额不足",
            ])
    }

    fn refuses_key(&self) -> bool {
        self.says(&[
            "invalid_api_key",
            "invalidapikey",
            "invalid api key",
            "invalid api-key",
            "incorrect api key",
            "api key not valid",
            "authentication_error",
            "unauthorized",
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
            () if self.says(&["insufficient_quota", "rate_limit", "rate limit", "throttling", "too many requests"]) => {
                429
            }
            () if self.refuses_key() => 401,
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
    let lasting = |code, what: &str| Failure::lasting(code, format!("{what}{said}"));
    let passing = |code, what: &str| Failure { retry_after, ..Failure::passing(code, format!("{what}{said}")) };
    match status {
        // Without the server's words: they may repeat a part of the key.
        400 | 401 if status == 401 || error.refuses_key() => Failure::lasting(
            Code::Unauthorized,
            format!(
                "The model's server does not accept the key ({status}). Check OPENAI_API_KEY where the agent runs."
            ),
        ),
        400.. if status == 402 || error.is_out_of_credit() => {
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
        409 | 425 => passing(Code::Error, &format!("The model's server was not ready for the request ({status}).")),
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
            json!({"choices": null, "base_resp": {"status_code": 1008, "status_msg": "boom"}}),
            json!({"success": false, "msg": "boom", "error": false}),
        ] {
            assert_eq!(ApiError::of(&body).message, "boom", "{body}");
        }
        assert_eq!(ApiError::of_body(b"boom").message, "boom");
        let behind = ApiError::of(&json!({"error": {"message": "Provider error", "metadata": {"raw": "strict"}}}));
        assert!(behind.words().any(|word| word == "strict"));
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
        assert_eq!(code(400, "API key not valid."), ("model_unauthorized", false));
        assert_eq!(code(400, "Your credit balance is too low"), ("model_quota", false));
        assert_eq!(code(500, "insufficient balance (1008)"), ("model_quota", false));
        assert_eq!(code(409, "conflict"), ("model_error", true));
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

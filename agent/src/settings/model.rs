use super::env::{Env, SettingError};
use reqwest::Url;
use secrecy::SecretString;
use std::time::Duration;

const OPENAI: &str = "https://api.openai.com/v1";
const OPENAI_HOST: &str = "api.openai.com";
/// Small, cheap, and takes function tools on Chat Completions.
const OPENAI_MODEL: &str = "gpt-5-mini";

/// How much a reasoning model should think, as `reasoning_effort` says it.
pub type ReasoningEffort = &'static str;

const EFFORTS: &[&str] = &["", "none", "minimal", "low", "medium", "high", "xhigh"];

/// The model's endpoint and the bounds of its use.
#[derive(Clone, Debug)]
pub struct ModelSettings {
    /// Where the API begins, without a slash at the end.
    pub base_url: Url,
    /// Sent as `Authorization: Bearer`, if there is one.
    pub api_key: Option<SecretString>,
    /// The model's name.
    pub model: String,
    /// Most time for a step, with its retries and repairs.
    pub step_timeout: Duration,
    /// Most time between two pieces of a streamed answer.
    pub idle_timeout: Duration,
    /// Most time to connect.
    pub connect_timeout: Duration,
    /// Most tokens that an answer may have.
    pub max_output_tokens: u32,
    /// Most tokens, by estimate, of the conversation that is sent along.
    pub history_tokens: usize,
    /// How often a failed request is sent again.
    pub retries: u32,
    /// The first wait before that; it doubles from one to the next.
    pub retry_base: Duration,
    /// The longest wait before that, also if the server asks for more.
    pub retry_cap: Duration,
    /// Sent if set.
    pub reasoning_effort: Option<ReasoningEffort>,
    /// Sent if set.
    pub temperature: Option<f32>,
}

impl ModelSettings {
    /// `None` if neither a key nor a base URL is given.
    pub(super) fn read(env: &Env<'_>) -> Result<Option<Self>, SettingError> {
        let api_key = env.secret("OPENAI_API_KEY", "sk-…")?;
        let base = env.text("OPENAI_BASE_URL");
        if api_key.is_none() && base.is_none() {
            return Ok(None);
        }
        dialect(env)?;
        let base_url = base_url(base.as_deref().unwrap_or(OPENAI))?;
        let at_openai = base_url.host_str() == Some(OPENAI_HOST);
        if at_openai && api_key.is_none() {
            return Err(SettingError::new("OPENAI_API_KEY", "is missing, and api.openai.com needs one", "sk-…"));
        }
        let model = env.text("OPENAI_MODEL").or_else(|| at_openai.then(|| OPENAI_MODEL.to_owned()));
        let model = model.ok_or_else(|| {
            let problem = format!("is missing: name a model that {base_url} has");
            SettingError::new("OPENAI_MODEL", problem, "qwen3:8b")
        })?;
        let effort = env.one_of("OPENAI_REASONING_EFFORT", EFFORTS)?;
        Ok(Some(Self {
            base_url,
            api_key,
            model,
            step_timeout: env.seconds("OPENAI_TIMEOUT", 60.0, 3600.0)?,
            idle_timeout: env.seconds("OPENAI_IDLE_TIMEOUT", 30.0, 3600.0)?,
            connect_timeout: env.seconds("OPENAI_CONNECT_TIMEOUT", 10.0, 600.0)?,
            max_output_tokens: env.in_range("OPENAI_MAX_OUTPUT_TOKENS", 16..=1_000_000, 4096)?,
            history_tokens: env.in_range("OPENAI_HISTORY_TOKENS", 256..=10_000_000, 12_000)?,
            retries: env.in_range("OPENAI_RETRIES", 0..=10, 2)?,
            retry_base: Duration::from_millis(500),
            retry_cap: Duration::from_secs(20),
            reasoning_effort: Some(effort).filter(|effort| !effort.is_empty()),
            temperature: env.parsed_if_set("OPENAI_TEMPERATURE", "a number", "0.2")?,
        }))
    }

    /// The host of the endpoint, with its port if it is not the usual one.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.base_url.host_str().unwrap_or_default();
        self.base_url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether it is OpenAI's own service.
    #[must_use]
    pub fn is_openai(&self) -> bool {
        self.base_url.host_str() == Some(OPENAI_HOST)
    }
}

fn dialect(env: &Env<'_>) -> Result<(), SettingError> {
    if env.text("OPENAI_API").is_some_and(|text| text.eq_ignore_ascii_case("responses")) {
        let problem = "is \"responses\", which this version does not speak yet; use Chat Completions";
        return Err(SettingError::new("OPENAI_API", problem, "chat"));
    }
    env.one_of("OPENAI_API", &["auto", "chat"]).map(|_| ())
}

fn base_url(text: &str) -> Result<Url, SettingError> {
    let wrong = |problem: String| SettingError::new("OPENAI_BASE_URL", problem, "http://localhost:11434/v1");
    let trimmed = text.trim_end_matches('/').trim_end_matches("/chat/completions").trim_end_matches('/');
    let url = Url::parse(trimmed).map_err(|e| wrong(format!("must be a URL, not {text:?} ({e})")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(wrong(format!("must begin with http:// or https://, not {text:?}")));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("must not contain a user or password; a key belongs in OPENAI_API_KEY".into()));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<ModelSettings, String> {
        let lookup = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        ModelSettings::read(&Env::new(&lookup)).map(Option::unwrap).map_err(|e| e.to_string())
    }

    #[test]
    fn a_key_alone_means_openai_and_its_default_model() {
        let model = read(&[("OPENAI_API_KEY", "sk-x")]).unwrap();
        assert!(model.is_openai());
        assert_eq!((model.base_url.as_str(), model.model.as_str()), (OPENAI, OPENAI_MODEL));
        assert_eq!(model.step_timeout, Duration::from_secs(60));
    }

    #[test]
    fn a_local_server_needs_no_key_but_a_model() {
        let model = read(&[("OPENAI_BASE_URL", "http://localhost:11434/v1/"), ("OPENAI_MODEL", "qwen3")]).unwrap();
        assert_eq!((model.base_url.as_str(), model.host().as_str()), ("http://localhost:11434/v1", "localhost:11434"));
        assert!(model.api_key.is_none());
    }

    #[test]
    fn a_url_of_the_whole_endpoint_is_understood() {
        let url = base_url("https://openrouter.ai/api/v1/chat/completions").unwrap();
        assert_eq!(url.as_str(), "https://openrouter.ai/api/v1");
    }

    #[test]
    fn a_bad_url_is_refused() {
        for bad in ["localhost:11434", "ftp://x/v1", "/v1", "http://user:pw@host/v1"] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn openai_without_a_key_is_refused() {
        let problem = read(&[("OPENAI_BASE_URL", "https://api.openai.com/v1")]).unwrap_err();
        assert!(problem.contains("OPENAI_API_KEY is missing"), "{problem}");
    }
}

use super::env::{Env, SettingError};
use crate::redact::Redactor;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

const OPENAI: &str = "https://api.openai.com/v1";
const OPENAI_HOST: &str = "api.openai.com";
/// Small, cheap, and takes function tools on Chat Completions.
pub(super) const OPENAI_MODEL: &str = "gpt-5.4-mini";
/// Enough to keep a list, and soon; sent with the default model alone.
const OPENAI_EFFORT: ReasoningEffort = "low";

/// How much a reasoning model should think, as `reasoning_effort` says it.
pub type ReasoningEffort = &'static str;

const EFFORTS: &[&str] = &["", "none", "minimal", "low", "medium", "high", "xhigh"];

/// Which dialect is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// What suits the host, and the other one where that is not spoken.
    Auto,
    /// Chat Completions.
    Chat,
    /// Responses.
    Responses,
}

/// The model's endpoint and the bounds of its use.
#[derive(Clone, Debug)]
pub struct ModelSettings {
    /// Where the API begins, without a slash at the end.
    pub base_url: Url,
    /// Which dialect is spoken there.
    pub api: Api,
    /// Sent as `Authorization: Bearer`, to Azure as `api-key`, if there is one.
    pub api_key: Option<SecretString>,
    /// Passwords of proxies, which must be told to nobody either.
    pub proxy_passwords: Vec<SecretString>,
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
        let api = api(env)?;
        let base_url = base_url(base.as_deref().unwrap_or(OPENAI))?;
        let at_openai = base_url.host_str() == Some(OPENAI_HOST);
        if at_openai && api_key.is_none() {
            return Err(SettingError::new("OPENAI_API_KEY", "is missing, and api.openai.com needs one", "sk-…"));
        }
        let usual = || at_openai.then(|| OPENAI_MODEL.to_owned()).or_else(|| deployment(&base_url));
        let model = env.text("OPENAI_MODEL").or_else(usual);
        let model = model.ok_or_else(|| {
            let problem = format!("is missing: name a model that {base_url} has");
            SettingError::new("OPENAI_MODEL", problem, "qwen3:8b")
        })?;
        let effort = env.one_of("OPENAI_REASONING_EFFORT", EFFORTS)?;
        let effort = if effort.is_empty() && at_openai && model == OPENAI_MODEL { OPENAI_EFFORT } else { effort };
        Ok(Some(Self {
            base_url,
            api,
            api_key,
            proxy_passwords: proxy_passwords(env),
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

    /// What knows the secrets in here: the key, and what in the address is one by its name.
    #[must_use]
    pub fn redactor(&self) -> Redactor {
        const NAMES: [&str; 8] = ["key", "token", "secret", "sig", "auth", "pass", "code", "credential"];
        let is_secret = |name: &str| NAMES.iter().any(|secret| name.to_ascii_lowercase().contains(secret));
        let query =
            self.base_url.query_pairs().filter(|(name, _)| is_secret(name)).map(|(_, value)| value.into_owned());
        let query: Vec<String> = query.collect();
        let secrets = self.api_key.iter().chain(&self.proxy_passwords).map(ExposeSecret::expose_secret);
        Redactor::new(secrets.chain(query.iter().map(String::as_str)))
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

    /// Whether it is Azure, which wants its keys in a header of their own.
    #[must_use]
    pub fn is_azure(&self) -> bool {
        is_azure(&self.base_url) || deployment(&self.base_url).is_some()
    }

    /// Whether it is Mistral's own service.
    #[must_use]
    pub fn is_mistral(&self) -> bool {
        self.base_url.host_str().is_some_and(|host| host.ends_with(".mistral.ai"))
    }

    /// Whether Responses is tried first.
    #[must_use]
    pub fn begins_with_responses(&self) -> bool {
        let v1 = || self.base_url.path().trim_end_matches('/').ends_with("/openai/v1");
        match self.api {
            Api::Responses => true,
            Api::Chat => false,
            Api::Auto => self.is_openai() || (is_azure(&self.base_url) && v1()),
        }
    }

    /// Whether the other dialect may be tried where the first is not spoken.
    #[must_use]
    pub fn may_switch(&self) -> bool {
        self.api == Api::Auto
    }
}

/// The passwords in the addresses of proxies.
fn proxy_passwords(env: &Env<'_>) -> Vec<SecretString> {
    let names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    let urls = names.iter().filter_map(|name| Url::parse(&env.text(name)?).ok());
    urls.filter_map(|url| url.password().map(SecretString::from)).collect()
}

fn api(env: &Env<'_>) -> Result<Api, SettingError> {
    Ok(match env.one_of("OPENAI_API", &["auto", "chat", "responses"])? {
        "chat" => Api::Chat,
        "responses" => Api::Responses,
        _ => Api::Auto,
    })
}

fn is_azure(url: &Url) -> bool {
    const SUFFIXES: [&str; 3] = [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"];
    url.host_str().is_some_and(|host| SUFFIXES.iter().any(|suffix| host.ends_with(suffix)))
}

/// The name in Azure's older addresses: `/openai/deployments/NAME`.
fn deployment(url: &Url) -> Option<String> {
    let (_, name) = url.path().split_once("/openai/deployments/")?;
    Some(name.split('/').next()?.to_owned()).filter(|name| !name.is_empty())
}

fn base_url(text: &str) -> Result<Url, SettingError> {
    let wrong = |problem: String| SettingError::new("OPENAI_BASE_URL", problem, "http://localhost:11434/v1");
    let mut url = Url::parse(text).map_err(|e| wrong(format!("must be a URL, not {text:?} ({e})")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(wrong(format!("must begin with http:// or https://, not {text:?}")));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("must not contain a user or password; a key belongs in OPENAI_API_KEY".into()));
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/chat/completions").or_else(|| path.strip_suffix("/responses")).unwrap_or(path);
    let path = match path.trim_end_matches('/') {
        // The address that Azure's portal shows.
        "" | "/openai" if is_azure(&url) => "/openai/v1".to_owned(),
        path => path.to_owned(),
    };
    url.set_path(&path);
    url.set_fragment(None);
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
        assert_eq!(model.reasoning_effort, Some("low"));
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
        for (given, expected) in [
            ("https://openrouter.ai/api/v1/chat/completions", "https://openrouter.ai/api/v1"),
            ("https://api.openai.com/v1/responses/", "https://api.openai.com/v1"),
            ("https://x.openai.azure.com/", "https://x.openai.azure.com/openai/v1"),
            (
                "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1",
                "https://x.openai.azure.com/openai/deployments/d?api-version=1",
            ),
            ("http://localhost:1/v1?route=a", "http://localhost:1/v1?route=a"),
        ] {
            assert_eq!(base_url(given).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn the_dialect_follows_the_host_unless_it_is_set() {
        let first = |url: &str, api: &str| {
            let pairs = [("OPENAI_BASE_URL", url), ("OPENAI_API_KEY", "k"), ("OPENAI_MODEL", "m"), ("OPENAI_API", api)];
            let model = read(&pairs).unwrap();
            (model.begins_with_responses(), model.may_switch())
        };
        assert_eq!(first("https://api.openai.com/v1", "auto"), (true, true));
        assert_eq!(first("https://x.openai.azure.com", ""), (true, true));
        assert_eq!(first("https://api.groq.com/openai/v1", "auto"), (false, true));
        assert_eq!(first("https://api.openai.com/v1", "chat"), (false, false));
        assert_eq!(first("http://localhost:1/v1", "responses"), (true, false));
    }

    #[test]
    fn azures_older_address_names_its_model() {
        let url = "https://x.openai.azure.com/openai/deployments/my-gpt?api-version=2024-10-21";
        let model = read(&[("OPENAI_BASE_URL", url), ("OPENAI_API_KEY", "k")]).unwrap();
        assert!(model.is_azure() && !model.begins_with_responses());
        assert_eq!((model.model.as_str(), model.base_url.query()), ("my-gpt", Some("api-version=2024-10-21")));
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

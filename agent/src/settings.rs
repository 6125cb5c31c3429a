//! Everything that can be set, read once from the environment into one typed struct.

mod env;
mod model;
mod table;

pub use env::SettingError;
pub use model::{Api, ModelSettings, ReasoningEffort};
pub use table::TABLE;

use env::Env;
use secrecy::{ExposeSecret, SecretString};
use std::net::SocketAddr;
use std::time::Duration;
use todo_contract::{PlannerKind, agent_token};

const TOKEN_MIN: usize = 16;
const JWT_SECRET_MIN: usize = 32;

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For a terminal.
    Text,
}

/// The agent's settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the service listens.
    pub bind: SocketAddr,
    /// Where metrics are served, if anywhere.
    pub metrics_bind: Option<SocketAddr>,
    /// What a caller must show.
    pub token: SecretString,
    /// Threads that serve requests.
    pub workers: usize,
    /// How long it goes on serving after a signal to stop, until whoever calls knows of it.
    pub shutdown_delay: Duration,
    /// How long a shutdown waits for steps at work after that.
    pub shutdown_timeout: Duration,
    /// The planner of a step that asks for none.
    pub default_planner: PlannerKind,
    /// The model, if one is configured.
    pub model: Option<ModelSettings>,
}

impl Settings {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// The first setting that is missing or wrong.
    pub fn from_env() -> Result<Self, SettingError> {
        Self::read(&|name| std::env::var(name).ok())
    }

    /// Reads the settings from `lookup`, which gives a variable's value by its name.
    ///
    /// # Errors
    /// The first setting that is missing or wrong.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, SettingError> {
        let env = Env::new(lookup);
        let (default_planner, model) = planner(&env)?;
        Ok(Self {
            bind: env.parsed("AGENT_BIND", "an address and port", "127.0.0.1:8010")?,
            metrics_bind: env.parsed_if_set("METRICS_BIND", "an address and port", "127.0.0.1:9010")?,
            token: token(&env)?,
            workers: env.in_range("AGENT_WORKERS", 1..=64, default_workers())?,
            shutdown_delay: env.delay("SHUTDOWN_DELAY", 3600.0)?,
            shutdown_timeout: env.seconds("SHUTDOWN_TIMEOUT", 25.0, 3600.0)?,
            default_planner,
            model,
        })
    }
}

/// The format of the log, needed before anything else can be reported.
///
/// # Errors
/// If `LOG_FORMAT` is none of the known words.
pub fn log_format(lookup: &dyn Fn(&str) -> Option<String>, on_a_terminal: bool) -> Result<LogFormat, SettingError> {
    match Env::new(lookup).one_of("LOG_FORMAT", &["auto", "text", "json"])? {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ if on_a_terminal => Ok(LogFormat::Text),
        _ => Ok(LogFormat::Json),
    }
}

/// The address of the service alone, for `healthcheck`.
///
/// # Errors
/// If `AGENT_BIND` is no address and port.
pub fn bind_address(lookup: &dyn Fn(&str) -> Option<String>) -> Result<SocketAddr, SettingError> {
    Env::new(lookup).parsed("AGENT_BIND", "an address and port", "127.0.0.1:8010")
}

/// The model alone, for a trial of it; `None` if none is configured.
///
/// # Errors
/// The first of its settings that is missing or wrong.
pub fn model(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Option<ModelSettings>, SettingError> {
    planner(&Env::new(lookup)).map(|(_, model)| model)
}

fn default_workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(2)
}

/// What a caller must show: `AGENT_TOKEN`, or else what the api derives from the same `JWT_SECRET`.
fn token(env: &Env<'_>) -> Result<SecretString, SettingError> {
    let example = "a text that api and agent share: openssl rand -hex 32";
    let long_enough = |name, secret: SecretString, min: usize| match secret.expose_secret().len() {
        length if length < min => Err(SettingError::new(name, format!("is shorter than {min} characters"), example)),
        _ => Ok(secret),
    };
    if let Some(token) = env.secret("AGENT_TOKEN", example)? {
        return long_enough("AGENT_TOKEN", token, TOKEN_MIN);
    }
    let secret = env.secret("JWT_SECRET", example)?;
    let secret = secret.ok_or_else(|| {
        SettingError::new("AGENT_TOKEN", "is missing, and so is the api's JWT_SECRET to derive it from", example)
    })?;
    let secret = long_enough("JWT_SECRET", secret, JWT_SECRET_MIN)?;
    Ok(agent_token::derive(secret.expose_secret().as_bytes()).into())
}

fn planner(env: &Env<'_>) -> Result<(PlannerKind, Option<ModelSettings>), SettingError> {
    match env.one_of("PLANNER", &["auto", "openai", "builtin"])? {
        "builtin" => Ok((PlannerKind::Builtin, None)),
        wanted => match ModelSettings::read(env)? {
            Some(model) => Ok((PlannerKind::Openai, Some(model))),
            None if wanted == "openai" => Err(SettingError::new(
                "OPENAI_API_KEY",
                "is missing, but PLANNER=openai asks for a model",
                "sk-…; or OPENAI_BASE_URL and OPENAI_MODEL for a server without a key",
            )),
            None => Ok((PlannerKind::Builtin, None)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        let lookup = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Settings::read(&lookup).map_err(|e| e.to_string())
    }

    const TOKEN: (&str, &str) = ("AGENT_TOKEN", "0123456789abcdef");

    #[test]
    fn a_token_alone_is_enough_and_means_the_built_in_planner() {
        let settings = read(&[TOKEN]).unwrap();
        assert_eq!(settings.bind.to_string(), "127.0.0.1:8010");
        assert_eq!((settings.default_planner, settings.model.is_none()), (PlannerKind::Builtin, true));
        assert_eq!(settings.metrics_bind, None);
    }

    #[test]
    fn without_a_token_the_one_of_the_apis_secret_is_expected() {
        let secret = ("JWT_SECRET", "0123456789abcdef0123456789abcdef");
        let token = |pairs: &[_]| read(pairs).unwrap().token.expose_secret().to_owned();
        assert_eq!(token(&[secret]), agent_token::derive(secret.1.as_bytes()));
        assert_eq!(token(&[secret, TOKEN]), TOKEN.1, "a token that is given wins");
        assert_eq!(token(&[secret, ("AGENT_TOKEN", "")]), token(&[secret]), "an empty one is none");
    }

    #[test]
    fn what_is_missing_or_wrong_is_told_with_its_name_and_an_example() {
        type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
        let cases: [Case<'_>; 10] = [
            (&[], "AGENT_TOKEN is missing", "openssl rand -hex 32"),
            (&[("AGENT_TOKEN", "short")], "AGENT_TOKEN is shorter than 16", "openssl"),
            (&[("JWT_SECRET", "short")], "JWT_SECRET is shorter than 32", "openssl"),
            (&[TOKEN, ("AGENT_BIND", "8010")], "AGENT_BIND", "AGENT_BIND=127.0.0.1:8010"),
            (&[TOKEN, ("PLANNER", "gpt")], "PLANNER", "auto, openai, builtin"),
            (&[TOKEN, ("PLANNER", "openai")], "OPENAI_API_KEY is missing", "sk-"),
            (&[TOKEN, ("AGENT_WORKERS", "0")], "AGENT_WORKERS", "1 to 64"),
            (&[TOKEN, ("OPENAI_BASE_URL", "http://localhost:11434/v1")], "OPENAI_MODEL is missing", "OPENAI_MODEL="),
            (&[TOKEN, ("OPENAI_API_KEY", "sk-x"), ("OPENAI_API", "soap")], "OPENAI_API", "auto, chat, responses"),
            (&[TOKEN, ("OPENAI_API_KEY", "sk-x"), ("OPENAI_TIMEOUT", "soon")], "OPENAI_TIMEOUT", "OPENAI_TIMEOUT=60"),
        ];
        for (pairs, problem, example) in cases {
            let message = read(pairs).unwrap_err();
            assert!(message.contains(problem) && message.contains(example), "{pairs:?}: {message}");
        }
    }

    #[test]
    fn secrets_show_nowhere() {
        let settings = read(&[TOKEN, ("OPENAI_API_KEY", "sk-very-secret")]).unwrap();
        let shown = format!("{settings:?}");
        assert!(!shown.contains("sk-very-secret") && !shown.contains(TOKEN.1), "{shown}");
        let message = read(&[("AGENT_TOKEN", "tiny-secret")]).unwrap_err();
        assert!(!message.contains("tiny-secret"), "{message}");
    }

    #[test]
    fn planner_builtin_turns_the_model_off() {
        let settings = read(&[TOKEN, ("PLANNER", "builtin"), ("OPENAI_API_KEY", "sk-x")]).unwrap();
        assert!(settings.model.is_none());
    }

    #[test]
    fn a_log_goes_to_a_terminal_for_people_and_elsewhere_for_machines() {
        let none = |_: &str| None;
        assert_eq!(log_format(&none, true).unwrap(), LogFormat::Text);
        assert_eq!(log_format(&none, false).unwrap(), LogFormat::Json);
        assert_eq!(log_format(&|_| Some("text".into()), false).unwrap(), LogFormat::Text);
    }
}

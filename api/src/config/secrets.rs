//! Settings that nobody may read: from the environment, or from a file that it names.

mod created;

use super::parse;
use clap::{ArgAction, Args};
use secrecy::{ExposeSecret, SecretString};
use std::path::{Path, PathBuf};
use todo_contract::agent_token;

const JWT_SECRET_MIN: usize = 32;
const AGENT_TOKEN_MIN: usize = 16;

/// The secrets as they were given. Each may come from a file instead.
#[derive(Args, Clone, Debug)]
pub struct SecretArgs {
    /// Signs the access tokens of signed-in browsers: 32 bytes or more.
    #[arg(long, env = "JWT_SECRET", value_name = "JWT_SECRET", hide_env_values = true, value_parser = secret)]
    jwt_secret: Option<SecretString>,
    /// File with JWT_SECRET.
    #[arg(long, env = "JWT_SECRET_FILE", value_name = "JWT_SECRET_FILE")]
    jwt_secret_file: Option<PathBuf>,
    /// A former JWT_SECRET whose tokens are still good, for rotation.
    #[arg(long, env = "JWT_SECRET_PREVIOUS", value_name = "JWT_SECRET_PREVIOUS", hide_env_values = true, value_parser = secret)]
    jwt_secret_previous: Option<SecretString>,
    /// File with JWT_SECRET_PREVIOUS.
    #[arg(long, env = "JWT_SECRET_PREVIOUS_FILE", value_name = "JWT_SECRET_PREVIOUS_FILE")]
    jwt_secret_previous_file: Option<PathBuf>,
    /// Shown to the agent with every call; the agent must have the same: 16 bytes or more. Derived from JWT_SECRET if it
    /// is not set.
    #[arg(long, env = "AGENT_TOKEN", value_name = "AGENT_TOKEN", hide_env_values = true, value_parser = secret)]
    agent_token: Option<SecretString>,
    /// File with AGENT_TOKEN.
    #[arg(long, env = "AGENT_TOKEN_FILE", value_name = "AGENT_TOKEN_FILE")]
    agent_token_file: Option<PathBuf>,
    /// Whether the files that JWT_SECRET_FILE and AGENT_TOKEN_FILE name are made, once, where they are not there.
    #[arg(long, env = "CREATE_SECRETS", value_name = "CREATE_SECRETS", default_value = "off")]
    #[arg(action = ArgAction::Set, value_parser = parse::switch("CREATE_SECRETS=on"))]
    create_secrets: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature that clap asks for")]
fn secret(text: &str) -> Result<SecretString, std::convert::Infallible> {
    Ok(SecretString::from(text))
}

/// The secrets, checked.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// Signs access tokens.
    pub jwt: SecretString,
    /// Still verifies access tokens.
    pub jwt_previous: Option<SecretString>,
    /// For the agent.
    pub agent_token: SecretString,
}

/// A setting that is missing or wrong.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}; example: {example}")]
pub struct SettingsError {
    name: &'static str,
    problem: String,
    example: &'static str,
}

impl Secrets {
    pub(super) fn read(args: &SecretArgs) -> Result<Self, SettingsError> {
        let jwt = Secret { name: "JWT_SECRET", min: JWT_SECRET_MIN, example: "JWT_SECRET=$(openssl rand -base64 48)" };
        let previous =
            Secret { name: "JWT_SECRET_PREVIOUS", example: "JWT_SECRET_PREVIOUS=the JWT_SECRET of before", ..jwt };
        let agent =
            Secret { name: "AGENT_TOKEN", min: AGENT_TOKEN_MIN, example: "AGENT_TOKEN=$(openssl rand -hex 32)" };
        if args.create_secrets {
            jwt.create(&args.jwt_secret_file, created::random)?;
        }
        let signing = jwt.required(&args.jwt_secret, &args.jwt_secret_file)?;
        let derived = || agent_token::derive(signing.expose_secret().as_bytes());
        if args.create_secrets {
            agent.create(&args.agent_token_file, || Ok(derived()))?;
        }
        Ok(Self {
            jwt_previous: previous.optional(&args.jwt_secret_previous, &args.jwt_secret_previous_file)?,
            agent_token: match agent.optional(&args.agent_token, &args.agent_token_file)? {
                Some(given) => given,
                None => derived().into(),
            },
            jwt: signing,
        })
    }
}

#[derive(Clone, Copy)]
struct Secret {
    name: &'static str,
    min: usize,
    example: &'static str,
}

impl Secret {
    /// Makes the file that is named, unless it is there.
    fn create(
        self,
        file: &Option<PathBuf>,
        text: impl FnOnce() -> std::io::Result<String>,
    ) -> Result<(), SettingsError> {
        let file = file.as_deref().filter(|file| !file.as_os_str().is_empty());
        file.map_or(Ok(()), |file: &Path| created::unless_there(file, text))
            .map_err(|error| self.wrong(format!("{}_FILE cannot be made: {error}", self.name)))
    }

    fn required(self, value: &Option<SecretString>, file: &Option<PathBuf>) -> Result<SecretString, SettingsError> {
        self.optional(value, file)?.ok_or_else(|| self.wrong(format!("is not set, and neither is {}_FILE", self.name)))
    }

    fn optional(
        self,
        value: &Option<SecretString>,
        file: &Option<PathBuf>,
    ) -> Result<Option<SecretString>, SettingsError> {
        let value = value.as_ref().filter(|value| !value.expose_secret().is_empty());
        let file = file.as_ref().filter(|file| !file.as_os_str().is_empty());
        let secret = match (value, file) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => return Err(self.wrong(format!("is set, and so is {}_FILE; set one", self.name))),
            (Some(value), None) => value.clone(),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file)
                    .map_err(|error| self.wrong(format!("cannot read {}: {error}", file.display())))?;
                SecretString::from(text.trim_end_matches(['\r', '\n']))
            }
        };
        match secret.expose_secret().len() {
            length if length < self.min => {
                Err(self.wrong(format!("must have {} bytes or more; this has {length}", self.min)))
            }
            _ => Ok(Some(secret)),
        }
    }

    fn wrong(self, problem: String) -> SettingsError {
        SettingsError { name: self.name, problem, example: self.example }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn args(folder: &Path, create_secrets: bool) -> SecretArgs {
        SecretArgs {
            jwt_secret: None,
            jwt_secret_file: Some(folder.join("own/jwt_secret")),
            jwt_secret_previous: None,
            jwt_secret_previous_file: None,
            agent_token: None,
            agent_token_file: Some(folder.join("shared/agent_token")),
            create_secrets,
        }
    }

    #[test]
    fn without_a_token_for_the_agent_it_is_derived() {
        let given = SecretArgs {
            jwt_secret: Some(SECRET.into()),
            jwt_secret_file: None,
            agent_token_file: None,
            ..args(Path::new(""), false)
        };
        let secrets = Secrets::read(&given).unwrap();
        assert_eq!(secrets.agent_token.expose_secret(), agent_token::derive(SECRET.as_bytes()));
    }

    #[test]
    fn secrets_that_are_not_there_are_made_and_kept_if_it_may() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Secrets::read(&args(folder.path(), false)).is_err(), "unasked, it makes none");
        let made = Secrets::read(&args(folder.path(), true)).unwrap();
        let token = std::fs::read_to_string(folder.path().join("shared/agent_token")).unwrap();
        assert_eq!(made.agent_token.expose_secret(), token);
        let kept = Secrets::read(&args(folder.path(), true)).unwrap();
        assert_eq!(kept.jwt.expose_secret(), made.jwt.expose_secret());
        assert_eq!(kept.agent_token.expose_secret(), token);
    }
}

//! Settings that nobody may read: from the environment, or from a file that it names.

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;

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
    /// Shown to the agent with every call; the agent must have the same: 16 bytes or more.
    #[arg(long, env = "AGENT_TOKEN", value_name = "AGENT_TOKEN", hide_env_values = true, value_parser = secret)]
    agent_token: Option<SecretString>,
    /// File with AGENT_TOKEN.
    #[arg(long, env = "AGENT_TOKEN_FILE", value_name = "AGENT_TOKEN_FILE")]
    agent_token_file: Option<PathBuf>,
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
        Ok(Self {
            jwt: jwt.required(&args.jwt_secret, &args.jwt_secret_file)?,
            jwt_previous: previous.optional(&args.jwt_secret_previous, &args.jwt_secret_previous_file)?,
            agent_token: agent.required(&args.agent_token, &args.agent_token_file)?,
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

//! Who is asked.

use crate::cli::Cli;
use todo_agent::Fatal;
use todo_agent::openai::OpenAi;
use todo_agent::planner::{Builtin, Planner};
use todo_agent::settings::Settings;

/// The agent wants a token to serve; nothing is served here.
const UNUSED_TOKEN: &str = "not-used-by-evals";

/// A planner under its name.
pub struct Subject {
    /// The model's name, or `built-in`.
    pub name: String,
    /// The planner.
    pub planner: Box<dyn Planner>,
}

/// The models that were named, or the one of the settings; the built-in planner if there is none, or it is wanted too.
///
/// # Errors
/// A setting that is missing or wrong.
pub fn subjects(cli: &Cli, lookup: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Subject>, Fatal> {
    let mut subjects = Vec::new();
    for model in &cli.models {
        subjects.push(subject(lookup, Some(model))?.ok_or("no endpoint: set OPENAI_BASE_URL or OPENAI_API_KEY")?);
    }
    if cli.models.is_empty() {
        subjects.extend(subject(lookup, None)?);
    }
    if cli.builtin || subjects.is_empty() {
        subjects.push(Subject { name: "built-in".into(), planner: Box::new(Builtin) });
    }
    Ok(subjects)
}

fn subject(lookup: &dyn Fn(&str) -> Option<String>, model: Option<&String>) -> Result<Option<Subject>, Fatal> {
    let lookup = |name: &str| match (name, model) {
        ("OPENAI_MODEL", Some(model)) => Some(model.clone()),
        ("AGENT_TOKEN", _) => Some(UNUSED_TOKEN.to_owned()),
        ("AGENT_TOKEN_FILE", _) => None,
        _ => lookup(name),
    };
    let Some(settings) = Settings::read(&lookup)?.model else { return Ok(None) };
    let name = settings.model.clone();
    Ok(Some(Subject { name, planner: Box::new(OpenAi::new(settings)?) }))
}

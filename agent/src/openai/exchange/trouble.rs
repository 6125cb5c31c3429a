//! What can go wrong in an exchange, in words for a person.

use crate::failure::{Code, Failure};
use crate::openai::api_error::ApiError;
use reqwest::Url;

/// Why an exchange failed, and, if the server refused the request, how it said so.
pub(in crate::openai) struct Trouble {
    pub(in crate::openai) failure: Failure,
    pub(in crate::openai) refusal: Option<Box<(u16, ApiError)>>,
}

pub(super) fn unreachable(error: &reqwest::Error) -> Trouble {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    let cause = causes.last().map(ToString::to_string).unwrap_or_default();
    tracing::warn!(cause, timeout = error.is_timeout(), "the model's server cannot be reached");
    metrics::counter!("todo_agent_model_requests_total", "status" => "none").increment(1);
    let what = if error.is_timeout() {
        "The model's server did not accept a connection in time.".to_owned()
    } else {
        format!("The model's server cannot be reached ({cause}). Check OPENAI_BASE_URL, and that it runs.")
    };
    Failure::passing(Code::Unreachable, what).into()
}

pub(super) fn broken() -> Failure {
    Failure::passing(Code::Unreachable, "The model's server broke off in the middle of its answer.")
}

pub(super) fn silent() -> Failure {
    Failure::passing(Code::Timeout, "The model's server fell silent in the middle of its answer.")
}

pub(super) fn senseless() -> Failure {
    Failure::passing(Code::Malformed, "The model's server sent an answer that cannot be read.")
}

pub(super) fn web_page() -> Trouble {
    let what = "The model's server answered with a web page. Check OPENAI_BASE_URL, which usually ends in /v1.";
    Failure::lasting(Code::Error, what).into()
}

pub(super) fn packed() -> Trouble {
    let what = "The model's server sent an answer packed in a way that was not asked for and is not known. A proxy in \
                front of it may do that.";
    Failure::lasting(Code::Error, what).into()
}

/// `location`: told without its query, which may hold a secret.
pub(super) fn redirected(location: &str) -> Trouble {
    let shown = Url::parse(location).map(|mut url| {
        url.set_query(None);
        let _ = url.set_password(None);
        url.to_string()
    });
    let shown = shown.unwrap_or_else(|_| location.split('?').next().unwrap_or_default().to_owned());
    let shown: String = shown.chars().filter(|c| !c.is_control()).take(200).collect();
    let what = format!(
        "The model's server redirects to {shown}, which is not followed, since the key would go there too. If that is \
         the right address, set OPENAI_BASE_URL to where it begins."
    );
    Failure::lasting(Code::Error, what).into()
}

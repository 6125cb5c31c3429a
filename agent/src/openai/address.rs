//! Where requests go, and with what credential.

use crate::settings::ModelSettings;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{RequestBuilder, Url};
use secrecy::ExposeSecret;

/// The address of a path below the base, with the base's query.
pub(super) fn url(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}

/// Adds the key, as the host wants it: Azure's keys have a header of their own, its tokens (JWT) have not.
pub(super) fn authorized(request: RequestBuilder, settings: &ModelSettings) -> RequestBuilder {
    let Some(key) = &settings.api_key else { return request };
    let key = key.expose_secret();
    let is_token = key.starts_with("ey") && key.matches('.').count() == 2;
    match HeaderValue::from_str(key) {
        Ok(mut value) if settings.is_azure() && !is_token => {
            value.set_sensitive(true);
            request.header(HeaderName::from_static("api-key"), value)
        }
        _ => request.bearer_auth(key),
    }
}

/// Where a redirect leads, if that is the same server: the key must not go anywhere else.
pub(super) fn followed(from: &Url, location: &str) -> Option<Url> {
    let to = from.join(location).ok()?;
    (to.origin() == from.origin() && to != *from).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_put_before_a_query() {
        let base = Url::parse("https://x.openai.azure.com/openai/deployments/d?api-version=1").unwrap();
        let expected = "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1";
        assert_eq!(url(&base, "chat/completions").as_str(), expected);
        let base = Url::parse("http://localhost:1/v1/").unwrap();
        assert_eq!(url(&base, "responses").as_str(), "http://localhost:1/v1/responses");
    }

    #[test]
    fn only_the_same_server_is_followed() {
        let from = Url::parse("http://host:1/v1/responses").unwrap();
        assert_eq!(followed(&from, "/v2/responses").unwrap().as_str(), "http://host:1/v2/responses");
        for elsewhere in ["http://host:2/v1", "https://host:1/v1", "//other/v1", "/v1/responses"] {
            assert!(followed(&from, elsewhere).is_none(), "{elsewhere}");
        }
    }
}

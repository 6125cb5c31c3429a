//! The models that an endpoint has, for a person who named one that it has not.

use crate::openai::Endpoint;
use crate::openai::address::{authorized, url};
use serde_json::Value;
use std::time::Duration;

/// Most time for the list.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most names that are told.
const TOLD: usize = 5;

/// The first few, from `GET {base}/models`; none if there is no such list.
pub(super) async fn some(endpoint: &Endpoint) -> Vec<String> {
    let request = endpoint.client.get(url(&endpoint.settings.base_url, "models")).timeout(PATIENCE);
    let Ok(response) = authorized(request, &endpoint.settings).send().await else { return Vec::new() };
    if !response.status().is_success() {
        return Vec::new();
    }
    response.json().await.map(|body: Value| names(&body)).unwrap_or_default()
}

fn names(body: &Value) -> Vec<String> {
    let models = body.get("data").or_else(|| body.get("models")).unwrap_or(body);
    let models = models.as_array().map(Vec::as_slice).unwrap_or_default();
    let name = |model: &Value| model.get("id").or_else(|| model.get("name"))?.as_str().map(str::to_owned);
    models.iter().filter_map(name).filter(|name| name.len() <= 100).take(TOLD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_read_in_both_forms() {
        assert_eq!(names(&json!({"data": [{"id": "a"}, {"id": "b"}, {}]})), ["a", "b"]);
        assert_eq!(names(&json!({"models": [{"name": "a"}]})), ["a"]);
        assert!(names(&json!("no list")).is_empty());
    }
}

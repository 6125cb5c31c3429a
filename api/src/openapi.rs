//! The OpenAPI document, made from the routes, and its page.

mod page;

pub(crate) use page::PATHS;
pub use page::{Served, configure};

use crate::http::{Described, ServiceConfig};
use crate::server;
use actix_web::App;
use std::collections::BTreeMap;
use todo_contract::{FieldProblem, Problem};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{Object, Schema};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, OpenApi, PathItem, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi as _};

const DESCRIPTION: &str = "Errors are problem details (RFC 9457) with a stable `code`. A browser signs in with \
    `/api/auth/login`, which sets cookies; a script shows a personal API token, made with `/api/me/tokens`.";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "todo-app", description = DESCRIPTION),
    components(schemas(Problem, FieldProblem)),
    modifiers(&Security),
    security(("session" = []), ("token" = [])),
    tags(
        (name = "accounts", description = "Accounts, sessions and personal API tokens."),
        (name = "tasks", description = "The list."),
        (name = "journal", description = "What was changed, undo, and live events."),
        (name = "chat", description = "Talking to the list."),
    )
)]
struct Base;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        let session = ApiKey::Cookie(ApiKeyValue::new(crate::accounts::ACCESS_COOKIE));
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("todo_pat_…").build();
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("session", SecurityScheme::ApiKey(session));
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let (mut document, mut described) = (Base::openapi(), Described::default());
    // An app that is dropped unused: routes are only given to one.
    let _ = App::new().configure(|config| server::api(&mut ServiceConfig::describing(config, &mut described)));
    document.paths.paths =
        described.paths.paths.into_iter().map(|(path, item)| (format!("/api{path}"), item)).collect();
    document.components.get_or_insert_with(Components::new).schemas.extend(described.schemas);
    for item in document.paths.paths.values_mut() {
        operations(item).for_each(add_problems);
    }
    if let Some(components) = &mut document.components {
        merge_tagged(&mut components.schemas);
    }
    document
}

/// A variant with a tag is described as all of its fields and of its tag. Where the fields allow no others, the tag among
/// them, nothing satisfies both: one object has them all instead.
fn merge_tagged(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let known = schemas.clone();
    let object = |part: &RefOr<Schema>| -> Option<Object> {
        match part {
            RefOr::T(Schema::Object(object)) => Some(object.clone()),
            RefOr::Ref(reference) => match known.get(reference.ref_location.rsplit('/').next()?)? {
                RefOr::T(Schema::Object(object)) => Some(object.clone()),
                _ => None,
            },
            RefOr::T(_) => None,
        }
    };
    for schema in schemas.values_mut() {
        let RefOr::T(Schema::OneOf(one_of)) = schema else { continue };
        for variant in &mut one_of.items {
            let RefOr::T(Schema::AllOf(all_of)) = variant else { continue };
            let parts: Option<Vec<Object>> = all_of.items.iter().map(object).collect();
            let merged = parts.into_iter().flatten().reduce(|mut all, part| {
                all.properties.extend(part.properties);
                all.required.extend(part.required);
                all
            });
            if let Some(merged) = merged.filter(|merged| merged.additional_properties.is_some()) {
                *variant = RefOr::T(Schema::Object(merged));
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    [get, post, put, patch, delete].into_iter().flatten()
}

/// The errors that every route of its kind can answer with, so that no route has to repeat them.
fn add_problems(operation: &mut Operation) {
    let is_public = operation.security.is_some();
    let has_id = operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    let has_body = operation.request_body.is_some();
    let problems = [
        ("400", has_body, "The body is not valid JSON."),
        ("401", !is_public, "Nobody is signed in, or the token is not known."),
        ("403", !is_public, "The token may not do this, or the request comes from another site."),
        ("422", has_body || has_id, "A field is not valid; `errors` names it."),
        ("default", true, "Any other error."),
    ];
    for (status, applies, description) in problems {
        if applies {
            operation.responses.responses.entry(status.to_owned()).or_insert_with(|| problem(description));
        }
    }
}

fn problem(description: &str) -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).build().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let document = serde_json::to_value(document()).unwrap();
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(references.len() > 100, "{}", references.len());
        for reference in references {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
    }

    fn collect(value: &serde_json::Value, into: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(object) => {
                into.extend(object.get("$ref").and_then(|r| r.as_str()).map(str::to_owned));
                object.values().for_each(|value| collect(value, into));
            }
            serde_json::Value::Array(array) => array.iter().for_each(|value| collect(value, into)),
            _ => {}
        }
    }

    #[test]
    fn the_variants_of_a_batch_allow_their_tag() {
        let document = serde_json::to_value(document()).unwrap();
        let variants = document.pointer("/components/schemas/Batch/oneOf").unwrap().as_array().unwrap();
        assert_eq!(variants.len(), 6);
        for variant in variants {
            assert_eq!(variant["additionalProperties"], serde_json::json!(false), "{variant}");
            assert!(variant["properties"]["action"].is_object(), "{variant}");
            assert!(variant["required"].as_array().unwrap().contains(&"action".into()), "{variant}");
        }
    }

    #[test]
    fn every_route_says_what_it_is_for() {
        let mut document = document();
        for (path, item) in &mut document.paths.paths {
            for operation in operations(item) {
                assert!(operation.summary.is_some(), "{path} has no summary");
                assert!(operation.tags.as_ref().is_some_and(|tags| tags.len() == 1), "{path} has no tag");
            }
        }
    }

    /// Shows a route or a schema that was added, renamed or lost; `cargo insta review` takes a change that is meant.
    #[test]
    fn the_document_has_these_routes_and_schemas() {
        let mut document = document();
        let mut lines = Vec::new();
        for (path, item) in &mut document.paths.paths {
            let methods = [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ];
            for (method, operation) in methods {
                lines.extend(operation.as_ref().map(|operation| {
                    let answers: Vec<_> = operation.responses.responses.keys().map(String::as_str).collect();
                    format!("{method} {path}: {}", answers.join(" "))
                }));
            }
        }
        lines.extend(document.components.unwrap().schemas.into_keys().map(|name| format!("schema {name}")));
        insta::assert_snapshot!(lines.join("\n"));
    }
}

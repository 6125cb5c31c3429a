//! Collects routes: to serve them, or to describe them.

use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use std::collections::BTreeMap;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::OpenApiFactory;

/// What a subject adds its routes to. Descriptions are large and made once; workers do without them.
pub struct ServiceConfig<'a> {
    web: &'a mut web::ServiceConfig,
    described: Option<&'a mut Described>,
}

/// What the routes say of themselves.
#[derive(Default)]
pub struct Described {
    /// Their paths, without what they are nested under.
    pub paths: Paths,
    /// The schemas that they use, by name.
    pub schemas: BTreeMap<String, RefOr<Schema>>,
}

impl<'a> ServiceConfig<'a> {
    /// To serve.
    pub fn serving(web: &'a mut web::ServiceConfig) -> Self {
        Self { web, described: None }
    }

    /// To describe, into `described`.
    pub fn describing(web: &'a mut web::ServiceConfig, described: &'a mut Described) -> Self {
        Self { web, described: Some(described) }
    }

    /// Adds a handler.
    pub fn service<F>(&mut self, handler: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        if let Some(described) = &mut self.described {
            described.paths.merge(handler.paths());
            let mut schemas = Vec::new();
            handler.schemas(&mut schemas);
            described.schemas.extend(schemas);
        }
        self.web.service(handler);
        self
    }

    /// Adds the routes of a part.
    pub fn configure(&mut self, routes: impl FnOnce(&mut ServiceConfig<'_>)) -> &mut Self {
        routes(self);
        self
    }
}

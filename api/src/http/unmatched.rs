//! Requests that no route takes: 405 where another method would be taken, else 404.

use crate::error::{ApiError, Code};
use actix_web::HttpRequest;
use actix_web::dev::ResourceDef;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, web};
use utoipa::openapi::{OpenApi, PathItem};

/// The methods of every route, as the OpenAPI document has them.
#[derive(Clone, Debug, Default)]
pub struct Routes(Vec<(ResourceDef, Vec<&'static str>)>);

impl Routes {
    /// Those of `document`, and those that only answer GET and are not in it.
    #[must_use]
    pub fn of(document: &OpenApi, beside: &[&str]) -> Self {
        let route = |(path, item): (&String, &PathItem)| (ResourceDef::new(path.as_str()), methods(item));
        let beside = beside.iter().map(|path| (ResourceDef::new(*path), vec!["GET", "HEAD"]));
        Self(document.paths.paths.iter().map(route).chain(beside).collect())
    }

    /// The methods that `path` takes, if it is a route's.
    fn methods_at(&self, path: &str) -> Vec<&'static str> {
        let mut methods: Vec<_> =
            self.0.iter().filter(|(route, _)| route.is_match(path)).flat_map(|(_, methods)| methods).copied().collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let all = [
        ("GET", item.get.is_some()),
        ("HEAD", item.get.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
    ];
    all.into_iter().filter_map(|(method, taken)| taken.then_some(method)).collect()
}

/// Answers what no route takes.
pub async fn unmatched(request: HttpRequest, routes: web::Data<Routes>) -> HttpResponse {
    let methods = routes.methods_at(request.path());
    if methods.is_empty() {
        return HttpResponse::from_error(ApiError::not_found("address"));
    }
    let allowed = methods.join(", ");
    let error = ApiError::new(Code::MethodNotAllowed, format!("This address takes {allowed}."));
    let mut response = HttpResponse::from_error(error);
    if let Ok(value) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

//! What all routes have in common: errors, methods, headers, probes, the document's page.

use crate::support::{TestApp, json_of};
use serde_json::json;

#[tokio::test]
async fn every_error_is_a_problem_with_the_id_of_the_request() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let huge = format!("{{\"title\":\"{}\"}}", "x".repeat(1 << 20));
    let json = ("content-type", "application/json");
    for (method, path, header, body, status, code) in [
        ("GET", "/api/nothing", json, "", 404, "not_found"),
        ("GET", "/nothing", json, "", 404, "not_found"),
        ("PUT", "/api/nothing", json, "{}", 404, "not_found"),
        ("PUT", "/api/tasks", json, "{}", 405, "method_not_allowed"),
        ("DELETE", "/api/openapi.json", json, "", 405, "method_not_allowed"),
        ("POST", "/api/tasks", json, "{", 400, "malformed_json"),
        ("POST", "/api/tasks", json, "{\"title\":\"a\"} {}", 400, "malformed_json"),
        ("POST", "/api/tasks", json, "[]", 422, "validation_failed"),
        ("POST", "/api/tasks", json, &huge, 413, "payload_too_large"),
        ("POST", "/api/tasks", ("content-type", "text/plain"), "{}", 415, "unsupported_media_type"),
        (
            "POST",
            "/api/tasks",
            ("content-type", "application/x-www-form-urlencoded"),
            "a=b",
            415,
            "unsupported_media_type",
        ),
        ("GET", "/api/tasks?limit=many", json, "", 422, "validation_failed"),
        ("GET", "/api/tasks/one", json, "", 404, "not_found"),
        ("GET", "/api/tasks/%FF", json, "", 404, "not_found"),
        ("GET", "/api/me", ("authorization", "Basic YTpi"), "", 401, "unauthenticated"),
    ] {
        let request = ada.request(method, path).header(header.0, header.1).body(body.to_owned());
        let response = request.send().await.unwrap();
        let name = format!("{method} {path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{name}");
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let (got, problem) = json_of(response).await;
        assert_eq!((got, problem["code"].as_str(), &problem["status"]), (status, Some(code), &json!(status)), "{name}");
        assert_eq!(problem["request_id"], id.as_str(), "{name}");
        assert!(["type", "title", "detail"].iter().all(|key| problem[key].is_string()), "{problem}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start().await;
    for (path, allowed) in [
        ("/api/tasks/3", "DELETE, GET, HEAD, PATCH"),
        ("/api/auth/login", "POST"),
        ("/api/operations/undo-last", "POST"),
        ("/api/operations/redo-last", "POST"),
        ("/healthz", "GET, HEAD"),
    ] {
        let response = app.visitor().request("PUT", path).send().await.unwrap();
        assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &allowed.parse().unwrap()));
    }
}

#[tokio::test]
async fn an_id_that_a_proxy_made_is_kept_and_a_wild_one_is_not() {
    let app = TestApp::start().await;
    let id_for = async |id: &str| {
        let response = app.visitor().request("GET", "/api/instance").header("x-request-id", id).send().await.unwrap();
        response.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(id_for("abc-123").await, "abc-123");
    let made = id_for("a b").await;
    assert_eq!(uuid::Uuid::parse_str(&made).unwrap().get_version_num(), 7);
}

#[tokio::test]
async fn head_answers_as_get_does_without_a_body() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    for path in ["/api/tasks", "/api/instance", "/healthz", "/api/events"] {
        let response = ada.request("HEAD", path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.bytes().await.unwrap().len(), 0, "{path}");
    }
    assert_eq!(app.visitor().request("HEAD", "/api/tasks").send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn answers_are_kept_in_no_cache_and_are_nothing_but_data() {
    let app = TestApp::start().await;
    let response = app.register().await.request("GET", "/api/me").send().await.unwrap();
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(response.headers()[name], value);
    }
    assert_eq!(response.headers().get("access-control-allow-origin"), None);
}

#[tokio::test]
async fn the_probes_answer_without_a_session() {
    let app = TestApp::start().await;
    assert_eq!(app.visitor().get("/healthz").await, (200, json!({ "status": "ok" })));
    assert_eq!(app.visitor().get("/readyz").await, (200, json!({ "status": "ready" })));
}

#[tokio::test]
async fn the_document_has_a_page_that_loads_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    let (status, document) = app.visitor().get("/api/openapi.json").await;
    assert_eq!((status, document["openapi"].as_str()), (200, Some("3.1.0")));
    let page = app.visitor().request("GET", "/api/docs").send().await.unwrap();
    assert!(page.url().path().ends_with("/api/docs/"));
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'self';") && !policy.contains("http"), "{policy}");
    let html = page.text().await.unwrap();
    assert!(!html.contains("http:") && !html.contains("https:"), "{html}");
    for file in ["swagger-ui.css", "index.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"] {
        assert!(html.contains(file), "{file}");
        let response = app.visitor().request("GET", &format!("/api/docs/{file}")).send().await.unwrap();
        assert_eq!(response.status(), 200, "{file}");
    }
    let start = app.visitor().request("GET", "/api/docs/swagger-initializer.js").send().await.unwrap();
    assert!(start.text().await.unwrap().contains("/api/openapi.json"));
}

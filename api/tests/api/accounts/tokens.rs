//! `/me/tokens`, and what a token may do.

use crate::support::{TestApp, TestClient};
use jiff::SignedDuration;
use serde_json::{Value, json};

#[tokio::test]
async fn a_token_shows_who_it_speaks_for() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let script = ada.token("read").await;
    assert_eq!(script.get("/api/me").await, ada.get("/api/me").await);
}

#[tokio::test]
async fn the_secret_is_shown_once_and_not_stored() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let (_, created) = ada.post("/api/me/tokens", json!({ "name": "backup", "scope": "read" })).await;
    let secret = created["token"].as_str().unwrap();
    assert!(secret.starts_with("todo_pat_") && secret.len() == 9 + 43, "{secret}");
    let (_, list) = ada.get("/api/me/tokens").await;
    assert_eq!((list["items"][0]["name"].as_str(), list["items"][0].get("token")), (Some("backup"), None));
    let file = [app.database(), app.database().with_extension("sqlite3-wal")].map(|path| std::fs::read(path).unwrap());
    assert!(!file.iter().any(|bytes| bytes.windows(secret.len()).any(|window| window == secret.as_bytes())));
}

#[tokio::test]
async fn a_token_that_reads_changes_nothing() {
    let app = TestApp::start().await;
    let script = app.register().await.token("read").await;
    let (status, problem) = script.post("/api/tasks", json!({ "title": "Milk" })).await;
    assert_eq!((status, &problem["code"]), (403, &json!("forbidden")));
    assert_eq!(script.get("/api/tasks").await.0, 200);
}

#[tokio::test]
async fn a_token_works_for_tasks_and_not_for_the_account() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let script = ada.token("read_write").await;
    assert_eq!(script.post("/api/tasks", json!({ "title": "Milk" })).await.0, 201);
    let requests = [
        ("GET", "/api/me/tokens"),
        ("POST", "/api/me/tokens"),
        ("GET", "/api/me/sessions"),
        ("DELETE", "/api/me/sessions"),
        ("PATCH", "/api/me"),
        ("DELETE", "/api/me"),
        ("POST", "/api/me/password"),
    ];
    for (method, path) in requests {
        let body = match (method, path) {
            ("POST", "/api/me/tokens") => json!({ "name": "x", "scope": "read" }),
            ("POST", _) => json!({ "current_password": "correct horse", "new_password": "battery staple" }),
            ("DELETE", "/api/me") => json!({ "password": "correct horse" }),
            _ => json!({}),
        };
        let response = script.request(method, path).json(&body).send().await.unwrap();
        assert_eq!(response.status(), 403, "{method} {path}");
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let script = ada.token("read").await;
    assert_eq!(script.get("/api/me").await.0, 200);
    let id = ada.get("/api/me/tokens").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(ada.delete(&format!("/api/me/tokens/{id}")).await.0, 204);
    assert_eq!(script.get("/api/me").await.0, 401);
}

#[tokio::test]
async fn what_is_no_token_is_unauthenticated() {
    let app = TestApp::start().await;
    for token in ["todo_pat_unknown", "nonsense"] {
        let (status, problem) = TestClient::bearer(app.url(), token).get("/api/me").await;
        assert_eq!((status, &problem["code"]), (401, &json!("unauthenticated")));
    }
}

#[tokio::test]
async fn the_last_use_is_noted_to_the_hour() {
    let app = TestApp::start_at_fixed_time().await;
    let ada = app.register().await;
    let script = ada.token("read").await;
    let last_used = async || ada.get("/api/me/tokens").await.1["items"][0]["last_used_at"].clone();
    assert_eq!(last_used().await, Value::Null);
    script.get("/api/me").await;
    app.until(async || last_used().await == json!("2027-03-01T09:00:00Z")).await;
    app.state.clock.advance(SignedDuration::from_mins(5));
    script.get("/api/me").await;
    assert_eq!(last_used().await, json!("2027-03-01T09:00:00Z"));
}

#[tokio::test]
async fn an_account_has_fifty_tokens_at_most() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    for _ in 0..50 {
        ada.token("read").await;
    }
    let (status, problem) = ada.post("/api/me/tokens", json!({ "name": "x", "scope": "read" })).await;
    assert_eq!((status, &problem["code"]), (409, &json!("limit_reached")));
}

#[tokio::test]
async fn a_token_ends_when_it_is_said_to() {
    let app = TestApp::start_at_fixed_time().await;
    let ada = app.register().await;
    let (_, made) = ada.post("/api/me/tokens", json!({ "name": "x", "scope": "read", "expires_in_days": 1 })).await;
    assert_eq!(made["expires_at"], json!("2027-03-02T09:00:00Z"));
    let script = TestClient::bearer(app.url(), made["token"].as_str().unwrap());
    assert_eq!(script.get("/api/me").await.0, 200);
    app.state.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(script.get("/api/me").await.0, 401);
    let usual = TestApp::start_at_fixed_time().await;
    let (_, made) = usual.register().await.post("/api/me/tokens", json!({ "name": "x", "scope": "read" })).await;
    assert_eq!(made["expires_at"], json!("2027-05-30T09:00:00Z"), "90 days");
}

#[tokio::test]
async fn a_token_lasts_a_day_at_least_and_a_year_at_most() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    for days in [0, 366] {
        let body = json!({ "name": "x", "scope": "read", "expires_in_days": days });
        let (status, problem) = ada.post("/api/me/tokens", body).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("expires_in_days")));
    }
}

#[tokio::test]
async fn a_changed_password_ends_all_tokens() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let script = ada.token("read").await;
    let body = json!({ "current_password": "correct horse", "new_password": "battery staple" });
    assert_eq!(ada.post("/api/me/password", body).await.0, 204);
    assert_eq!(script.get("/api/me").await.0, 401);
}

#[tokio::test]
async fn making_a_token_needs_a_password_that_was_given_lately() {
    let app = TestApp::start_at_fixed_time().await;
    let ada = app.register().await;
    app.state.clock.advance(SignedDuration::from_mins(14));
    ada.token("read").await;
    app.state.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(ada.post("/api/auth/refresh", json!({})).await.0, 204);
    let (status, problem) = ada.post("/api/me/tokens", json!({ "name": "x", "scope": "read" })).await;
    assert_eq!((status, &problem["code"]), (403, &json!("reauthentication_required")));
    assert_eq!(ada.post("/api/auth/reauthenticate", json!({ "password": "wrong horse" })).await.0, 422);
    assert_eq!(ada.post("/api/auth/reauthenticate", json!({ "password": "correct horse" })).await.0, 204);
    ada.token("read").await;
}

//! `/auth/…`: signing up, in and out, and refreshing.

use crate::support::{PASSWORD, TestApp};
use serde_json::json;

#[tokio::test]
async fn who_registers_is_signed_in() {
    let app = TestApp::start().await;
    let ada = app.register_as("Ada@Example.org").await;
    let (status, me) = ada.get("/api/me").await;
    assert_eq!((status, &me["email"], &me["time_zone"]), (200, &json!("ada@example.org"), &json!("Europe/Berlin")));
}

#[tokio::test]
async fn an_address_registers_once() {
    let app = TestApp::start().await;
    app.register_as("ada@example.org").await;
    let body = json!({ "email": "ADA@example.org", "password": PASSWORD });
    let (status, problem) = app.visitor().post("/api/auth/register", body).await;
    assert_eq!((status, &problem["code"]), (409, &json!("email_taken")));
}

#[tokio::test]
async fn a_token_shows_who_it_speaks_for() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let script = ada.token("read").await;
    assert_eq!(script.get("/api/me").await, ada.get("/api/me").await);
}

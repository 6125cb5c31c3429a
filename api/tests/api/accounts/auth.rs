//! `/auth/register`, `login` and `logout`.

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
async fn who_registers_says_how_their_dates_are_read() {
    let app = TestApp::start().await;
    let body = json!({ "email": "a@b.c", "password": PASSWORD, "week_start": "saturday", "date_order": "month_first" });
    let (status, answer) = app.visitor().post("/api/auth/register", body).await;
    assert_eq!(status, 201, "{answer}");
    let user = &answer["user"];
    assert_eq!((&user["week_start"], &user["date_order"]), (&json!("saturday"), &json!("month_first")));
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
async fn what_is_wrong_with_a_registration_is_named_by_field() {
    let app = TestApp::start().await;
    for (body, field) in [
        (json!({ "password": PASSWORD }), "email"),
        (json!({ "email": "nobody", "password": PASSWORD }), "email"),
        (json!({ "email": "a@b.c", "password": "short" }), "password"),
        (json!({ "email": "a@b.c", "password": PASSWORD, "time_zone": "Mars/Olympus" }), "time_zone"),
        (json!({ "email": "a@b.c", "password": PASSWORD, "week_start": "friday" }), "week_start"),
        (json!({ "email": "a@b.c", "password": PASSWORD, "date_order": "5/1" }), "date_order"),
        (json!({ "email": "a@b.c", "password": PASSWORD, "admin": true }), "admin"),
    ] {
        let (status, problem) = app.visitor().post("/api/auth/register", body).await;
        assert_eq!((status, &problem["code"]), (422, &json!("validation_failed")), "{problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
}

#[tokio::test]
async fn a_closed_instance_says_so_and_registers_nobody() {
    let app = TestApp::with(&["--registration", "closed"], Default::default()).await;
    let body = json!({ "email": "a@b.c", "password": PASSWORD });
    let (status, problem) = app.visitor().post("/api/auth/register", body).await;
    assert_eq!((status, &problem["code"]), (403, &json!("registration_closed")));
    assert_eq!(app.visitor().get("/api/instance").await.1["registration_open"], json!(false));
}

#[tokio::test]
async fn signing_in_needs_the_right_password() {
    let app = TestApp::start().await;
    app.register_as("ada@example.org").await;
    let browser = app.visitor();
    for (email, password) in [("ada@example.org", "wrong horse"), ("nobody@example.org", PASSWORD), ("", "")] {
        let (status, problem) = browser.post("/api/auth/login", json!({ "email": email, "password": password })).await;
        assert_eq!((status, &problem["code"]), (401, &json!("invalid_credentials")));
    }
    let (status, answer) =
        browser.post("/api/auth/login", json!({ "email": " ADA@example.org", "password": PASSWORD })).await;
    assert_eq!((status, &answer["user"]["email"]), (200, &json!("ada@example.org")));
    assert_eq!(browser.get("/api/me").await.0, 200);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_its_cookies() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let kept = ada.cookies().await;
    assert_eq!(app.visitor().get_with_cookies("/api/me", &kept).await.0, 200);
    assert_eq!(ada.post("/api/auth/logout", json!({})).await.0, 204);
    assert_eq!(ada.get("/api/me").await.0, 401);
    assert_eq!(app.visitor().get_with_cookies("/api/me", &kept).await.0, 401);
    assert_eq!(ada.post("/api/auth/logout", json!({})).await.0, 204, "again does no harm");
}

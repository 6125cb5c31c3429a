//! Who may register: the first, who is invited, or nobody.

use crate::support::{PASSWORD, TestApp, TestClient};
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn invite_only() -> TestApp {
    let clock = todo_api::clock::Clock::fixed(crate::support::FIXED_NOW.parse().unwrap());
    TestApp::with(&["--registration", "invite"], clock).await
}

async fn register(app: &TestApp, email: &str, invitation: Option<&str>) -> (u16, Value, TestClient) {
    let browser = app.visitor();
    let mut body = json!({ "email": email, "password": PASSWORD });
    if let Some(token) = invitation {
        body["invitation"] = json!(token);
    }
    let (status, answer) = browser.post("/api/auth/register", body).await;
    (status, answer, browser)
}

async fn state(app: &TestApp) -> Value {
    app.visitor().get("/api/instance").await.1["registration"].clone()
}

#[tokio::test]
async fn the_first_account_owns_the_server_and_then_registration_needs_an_invitation() {
    let app = invite_only().await;
    assert_eq!(state(&app).await, json!("first"));
    let (status, answer, owner) = register(&app, "ada@example.org", None).await;
    assert_eq!((status, &answer["user"]["role"]), (201, &json!("owner")));
    assert_eq!(state(&app).await, json!("invite"));
    let (status, problem, _) = register(&app, "eve@example.org", None).await;
    assert_eq!((status, &problem["code"]), (403, &json!("registration_closed")));

    let (status, made) = owner.post("/api/invitations", json!({})).await;
    assert_eq!((status, made["path"].as_str().unwrap().starts_with("/join/")), (201, true), "{made}");
    let token = made["token"].as_str().unwrap();
    let (status, answer, member) = register(&app, "bob@example.org", Some(token)).await;
    assert_eq!((status, &answer["user"]["role"]), (201, &json!("member")));
    assert_eq!(register(&app, "eve@example.org", Some(token)).await.0, 403, "an invitation is good once");
    assert_eq!(member.post("/api/invitations", json!({})).await.0, 403);
    assert_eq!(member.get("/api/invitations").await.0, 403);
}

#[tokio::test]
async fn a_revoked_or_old_invitation_is_refused() {
    let app = invite_only().await;
    let (_, _, owner) = register(&app, "ada@example.org", None).await;
    let made = owner.post("/api/invitations", json!({ "expires_in_days": 1 })).await.1;
    assert_eq!(owner.get("/api/invitations").await.1["items"][0].get("token"), None);
    for days in [0, 31] {
        let (status, problem) = owner.post("/api/invitations", json!({ "expires_in_days": days })).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("expires_in_days")));
    }
    let id = made["id"].as_str().unwrap();
    assert_eq!(owner.delete(&format!("/api/invitations/{id}")).await.0, 204);
    assert_eq!(register(&app, "bob@example.org", made["token"].as_str()).await.0, 403);
    let made = owner.post("/api/invitations", json!({ "expires_in_days": 1 })).await.1;
    app.state.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(register(&app, "bob@example.org", made["token"].as_str()).await.0, 403);
}

#[tokio::test]
async fn an_invitation_is_not_used_up_by_a_registration_that_fails() {
    let app = invite_only().await;
    let (_, _, owner) = register(&app, "ada@example.org", None).await;
    let made = owner.post("/api/invitations", json!({})).await.1;
    let token = made["token"].as_str();
    assert_eq!(register(&app, "ada@example.org", token).await.0, 409);
    assert_eq!(register(&app, "bob@example.org", token).await.0, 201);
}

#[tokio::test]
async fn of_two_who_come_first_one_owns_the_server() {
    let app = invite_only().await;
    let emails: Vec<String> = (0..6).map(|n| format!("person{n}@example.org")).collect();
    let all = futures_util::future::join_all(emails.iter().map(|email| register(&app, email, None))).await;
    let made: Vec<_> = all.iter().filter(|(status, ..)| *status == 201).collect();
    assert_eq!((made.len(), &made[0].1["user"]["role"]), (1, &json!("owner")));
}

#[tokio::test]
async fn when_the_owner_goes_the_oldest_account_owns_the_server() {
    let app = TestApp::start().await;
    let owner = app.register_as("ada@example.org").await;
    let next = app.register_as("bob@example.org").await;
    let gone = owner.request("DELETE", "/api/me").json(&json!({ "password": PASSWORD })).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(next.get("/api/me").await.1["role"], json!("owner"));
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused_by_name() {
    let app = TestApp::start().await;
    for bad in ["password", "12345678", "ada@example.org"] {
        let body = json!({ "email": "ada@example.org", "password": bad });
        let (status, problem) = app.visitor().post("/api/auth/register", body).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("password")), "{bad}");
    }
    let ada = app.register_as("ada@example.org").await;
    let body = json!({ "current_password": PASSWORD, "new_password": "password1" });
    let (status, problem) = ada.post("/api/me/password", body).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("new_password")));
}

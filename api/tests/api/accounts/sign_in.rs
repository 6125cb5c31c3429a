//! Guessing passwords, and who must not be locked out by it.

use crate::support::{Cookies, FIXED_NOW, PASSWORD, TestApp, json_of};
use diesel::RunQueryDsl;
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn limited() -> TestApp {
    let clock = todo_api::clock::Clock::fixed(FIXED_NOW.parse().unwrap());
    TestApp::with(&["--rate-limit", "on"], clock).await
}

/// A sign-in from `address`, with these cookies.
async fn sign_in(app: &TestApp, address: &str, password: &str, cookies: &Cookies) -> (u16, Value) {
    let request = app.visitor().request("POST", "/api/auth/login").header("x-forwarded-for", address);
    let request = request.header("cookie", cookies.header());
    json_of(request.json(&json!({ "email": "ada@example.org", "password": password })).send().await.unwrap()).await
}

#[tokio::test]
async fn guesses_from_one_network_wait_longer_each_time_and_others_do_not() {
    let app = limited().await;
    app.register_as("ada@example.org").await;
    let none = Cookies::default();
    for _ in 0..5 {
        assert_eq!(sign_in(&app, "203.0.113.1", "wrong horse", &none).await.0, 401);
    }
    let (status, problem) = sign_in(&app, "203.0.113.1", PASSWORD, &none).await;
    assert_eq!((status, &problem["code"]), (429, &json!("rate_limited")), "also the right one: {problem}");
    assert_eq!(sign_in(&app, "203.0.113.2", PASSWORD, &none).await.0, 200);
    app.state.clock.advance(SignedDuration::from_secs(2));
    assert_eq!(sign_in(&app, "203.0.113.1", PASSWORD, &none).await.0, 200, "after the wait");
}

#[tokio::test]
async fn thirty_guesses_from_three_addresses_shut_nobody_out() {
    let app = limited().await;
    let browser = app.register_as("ada@example.org").await;
    let login = json!({ "email": "ada@example.org", "password": PASSWORD });
    let known = Cookies::of(&browser.request("POST", "/api/auth/login").json(&login).send().await.unwrap());
    let mut guesses = 0;
    let step = SignedDuration::from_mins(20);
    for _ in 0..10 {
        for attacker in ["203.0.113.1", "203.0.113.2", "203.0.113.3"] {
            guesses += usize::from(sign_in(&app, attacker, "wrong horse", &Cookies::default()).await.0 == 401);
        }
        app.state.clock.advance(step);
    }
    assert_eq!(guesses, 30);
    let (status, answer) = sign_in(&app, "198.51.100.7", PASSWORD, &Cookies::default()).await;
    assert_eq!(status, 200, "from a clean address: {answer}");
    assert_eq!(sign_in(&app, "203.0.113.1", PASSWORD, &known).await.0, 200, "in a known browser, wherever it is");
}

#[tokio::test]
async fn a_network_of_many_addresses_runs_into_the_daily_bound_and_a_known_browser_does_not() {
    let app = limited().await;
    let browser = app.register_as("ada@example.org").await;
    let login = json!({ "email": "ada@example.org", "password": PASSWORD });
    let known = Cookies::of(&browser.request("POST", "/api/auth/login").json(&login).send().await.unwrap());
    // As if 300 guesses had failed: each costs a tenth of a second.
    assert_eq!(sign_in(&app, "203.0.113.1", "wrong horse", &Cookies::default()).await.0, 401);
    let full = diesel::sql_query("UPDATE sign_in_attempts SET failures = 300");
    app.state.db.write(todo_api::db::Scope::Global, move |tx| Ok(full.execute(&mut **tx)?)).await.unwrap();
    assert_eq!(sign_in(&app, "198.51.100.7", PASSWORD, &Cookies::default()).await.0, 429);
    assert_eq!(sign_in(&app, "198.51.100.7", PASSWORD, &known).await.0, 200);
}

#[tokio::test]
async fn a_sign_in_replaces_the_session_that_the_browser_had() {
    let app = TestApp::start().await;
    let browser = app.register_as("ada@example.org").await;
    let login = json!({ "email": "ada@example.org", "password": PASSWORD });
    assert_eq!(browser.post("/api/auth/login", login).await.0, 200);
    let (_, sessions) = browser.get("/api/me/sessions").await;
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1, "{sessions}");
}

#[tokio::test]
async fn under_https_cookies_are_tied_to_the_host() {
    let app = TestApp::start().await;
    let request = app.visitor().request("POST", "/api/auth/register").header("x-forwarded-proto", "https");
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    let response = request.json(&body).send().await.unwrap();
    let lines: Vec<String> =
        response.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()).collect();
    assert_eq!(lines.len(), 3);
    for line in &lines {
        let tied = line.starts_with("__Host-todo_") && line.contains("; Path=/;") && !line.contains("Domain");
        assert!(
            tied && line.contains("Secure") && line.contains("HttpOnly") && line.contains("SameSite=Strict"),
            "{line}"
        );
    }
    let cookies = Cookies::of(&response);
    let again = app.visitor().request("GET", "/api/me").header("x-forwarded-proto", "https");
    assert_eq!(again.header("cookie", cookies.header()).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn under_https_a_cookie_without_the_prefix_is_not_read() {
    let app = TestApp::start().await;
    let cookies = app.register().await.cookies().await;
    let get = |proto: &str| {
        let request = app.visitor().request("GET", "/api/me").header("x-forwarded-proto", proto);
        request.header("cookie", cookies.header()).send()
    };
    assert_eq!(get("http").await.unwrap().status(), 200);
    assert_eq!(get("https").await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_session_never_lasts_longer_than_it_may() {
    let clock = todo_api::clock::Clock::fixed(FIXED_NOW.parse().unwrap());
    let app = TestApp::with(&["--session-max-days", "1"], clock).await;
    let cookies = app.register().await.cookies().await;
    app.state.clock.advance(SignedDuration::from_hours(25));
    let refresh = app.visitor().request("POST", "/api/auth/refresh").header("cookie", cookies.header());
    assert_eq!(refresh.send().await.unwrap().status(), 401);
}

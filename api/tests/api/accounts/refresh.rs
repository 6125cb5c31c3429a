//! `/auth/refresh`: tokens that are good once.

use crate::support::{Cookies, TestApp};
use jiff::SignedDuration;

async fn refresh(app: &TestApp, cookies: &Cookies) -> (u16, Cookies) {
    let request = app.visitor().request("POST", "/api/auth/refresh").header("cookie", cookies.header());
    let response = request.send().await.unwrap();
    (response.status().as_u16(), Cookies::of(&response))
}

#[tokio::test]
async fn a_session_goes_on_when_its_access_has_run_out() {
    let app = TestApp::start_at_fixed_time().await;
    let first = app.register().await.cookies().await;
    app.state.clock.advance(SignedDuration::from_mins(15));
    assert_eq!(app.visitor().get_with_cookies("/api/me", &first).await.0, 401);
    let (status, second) = refresh(&app, &first).await;
    assert_eq!(status, 204);
    assert_eq!(app.visitor().get_with_cookies("/api/me", &second).await.0, 200);
    assert_ne!(first.refresh(), second.refresh());
}

#[tokio::test]
async fn a_refresh_token_that_comes_twice_ends_the_session() {
    let app = TestApp::start().await;
    let first = app.register().await.cookies().await;
    let (_, second) = refresh(&app, &first).await;
    let (status, cleared) = refresh(&app, &first).await;
    assert_eq!((status, cleared.refresh()), (401, ""), "the thief, or the victim, is shown out");
    assert_eq!(refresh(&app, &second).await.0, 401, "and so is the other");
    assert_eq!(app.visitor().get_with_cookies("/api/me", &second).await.0, 401, "at once");
}

#[tokio::test]
async fn other_sessions_of_the_account_are_not_concerned_by_a_reuse() {
    let app = TestApp::start().await;
    let ada = app.register_as("ada@example.org").await;
    let first = ada.cookies().await;
    let phone = app.sign_in("ada@example.org").await;
    refresh(&app, &first).await;
    refresh(&app, &first).await;
    assert_eq!(phone.get("/api/me").await.0, 200);
}

#[tokio::test]
async fn a_session_that_nobody_used_for_thirty_days_is_over() {
    let app = TestApp::start_at_fixed_time().await;
    let cookies = app.register().await.cookies().await;
    app.state.clock.advance(SignedDuration::from_hours(29 * 24));
    let (status, cookies) = refresh(&app, &cookies).await;
    assert_eq!(status, 204);
    app.state.clock.advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(refresh(&app, &cookies).await.0, 401);
}

#[tokio::test]
async fn without_a_cookie_there_is_nothing_to_refresh() {
    let app = TestApp::start().await;
    assert_eq!(refresh(&app, &Cookies::default()).await.0, 401);
}

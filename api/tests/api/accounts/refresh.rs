//! `/auth/refresh`: tokens that are good once.

use crate::support::{Cookies, TestApp};
use jiff::SignedDuration;
use reqwest::RequestBuilder;

async fn refresh(app: &TestApp, cookies: &Cookies) -> (u16, Cookies) {
    send(app.visitor().request("POST", "/api/auth/refresh"), cookies).await
}

/// As a page does whose tabs cannot take turns.
async fn refresh_without_locks(app: &TestApp, cookies: &Cookies) -> (u16, Cookies) {
    send(app.visitor().request("POST", "/api/auth/refresh").header("x-tabs", "unlocked"), cookies).await
}

async fn send(request: RequestBuilder, cookies: &Cookies) -> (u16, Cookies) {
    let response = request.header("cookie", cookies.header()).send().await.unwrap();
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

#[tokio::test]
async fn tabs_that_cannot_take_turns_get_the_same_successor_for_a_moment() {
    let app = TestApp::start_at_fixed_time().await;
    let first = app.register().await.cookies().await;
    let (one, other) = tokio::join!(refresh_without_locks(&app, &first), refresh_without_locks(&app, &first));
    assert_eq!((one.0, other.0), (204, 204));
    assert_eq!(one.1.refresh(), other.1.refresh());
    app.state.clock.advance(SignedDuration::from_secs(5));
    let (status, late) = refresh_without_locks(&app, &first).await;
    assert_eq!((status, late.refresh()), (204, one.1.refresh()));
    assert_eq!(app.visitor().get_with_cookies("/api/me", &late).await.0, 200);
    assert_eq!(refresh(&app, &one.1).await.0, 204, "the family goes on with the successor");
}

#[tokio::test]
async fn after_that_moment_a_reuse_ends_the_session_as_ever() {
    let app = TestApp::start_at_fixed_time().await;
    let first = app.register().await.cookies().await;
    let (_, second) = refresh_without_locks(&app, &first).await;
    app.state.clock.advance(SignedDuration::from_secs(6));
    assert_eq!(refresh_without_locks(&app, &first).await.0, 401);
    assert_eq!(refresh(&app, &second).await.0, 401);
}

#[tokio::test]
async fn a_token_whose_successor_is_in_use_is_no_longer_spared() {
    let app = TestApp::start_at_fixed_time().await;
    let first = app.register().await.cookies().await;
    let (_, second) = refresh_without_locks(&app, &first).await;
    let (_, third) = refresh_without_locks(&app, &second).await;
    assert_eq!(refresh_without_locks(&app, &first).await.0, 401);
    assert_eq!(refresh(&app, &third).await.0, 401);
}

#[tokio::test]
async fn who_used_a_token_with_locks_leaves_nothing_to_whoever_comes_without() {
    let app = TestApp::start_at_fixed_time().await;
    let first = app.register().await.cookies().await;
    let (_, second) = refresh(&app, &first).await;
    assert_eq!(refresh_without_locks(&app, &first).await.0, 401);
    assert_eq!(refresh(&app, &second).await.0, 401);
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_however_often_it_is_used() {
    let app = TestApp::start_at_fixed_time().await;
    let mut cookies = app.register().await.cookies().await;
    for _ in 0..4 {
        app.state.clock.advance(SignedDuration::from_hours(20 * 24));
        let (status, next) = refresh(&app, &cookies).await;
        assert_eq!(status, 204);
        cookies = next;
    }
    app.state.clock.advance(SignedDuration::from_hours(10 * 24));
    assert_eq!(refresh(&app, &cookies).await.0, 401);
}

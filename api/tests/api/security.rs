//! What keeps others out: the Origin check, the cookies' flags, the limits of rate.

use crate::support::{Cookies, PASSWORD, TestApp};
use serde_json::json;

const EVIL: &str = "https://evil.example";

/// The status of a change that a browser with a session makes with these headers.
async fn change(app: &TestApp, cookies: &Cookies, headers: &[(&str, &str)]) -> u16 {
    let request = app.visitor().request("POST", "/api/tasks").header("cookie", cookies.header());
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.json(&json!({ "title": "Milk" })).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn another_sites_page_changes_nothing_with_a_visitors_cookies() {
    let app = TestApp::start().await;
    let cookies = app.register().await.cookies().await;
    let own = app.url();
    for (headers, status) in [
        (vec![], 201),
        (vec![("origin", own)], 201),
        (vec![("origin", own), ("sec-fetch-site", "same-origin")], 201),
        (vec![("origin", EVIL)], 403),
        (vec![("origin", "null")], 403),
        (vec![("origin", EVIL), ("sec-fetch-site", "same-origin")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("origin", "https://127.0.0.1")], 403),
    ] {
        assert_eq!(change(&app, &cookies, &headers).await, status, "{headers:?}");
    }
}

#[tokio::test]
async fn behind_the_gateway_the_origin_is_the_one_that_the_browser_sees() {
    let app = TestApp::start().await;
    let forwarded = [("x-forwarded-host", "todo.example.org"), ("x-forwarded-proto", "https")];
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    let request = app.visitor().request("POST", "/api/auth/register").header(forwarded[1].0, forwarded[1].1);
    let cookies = Cookies::of(&request.json(&body).send().await.unwrap());
    for (origin, status) in [
        ("https://todo.example.org", 201),
        ("https://todo.example.org:443", 403),
        ("http://todo.example.org", 403),
        (app.url(), 403),
    ] {
        let headers = [forwarded[0], forwarded[1], ("origin", origin)];
        assert_eq!(change(&app, &cookies, &headers).await, status, "{origin}");
    }
}

#[tokio::test]
async fn without_a_proxy_its_headers_are_not_believed() {
    let app = TestApp::with(&["--proxy-hops", "0"], Default::default()).await;
    let cookies = app.register().await.cookies().await;
    let headers = [("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"), ("origin", EVIL)];
    assert_eq!(change(&app, &cookies, &headers).await, 403);
}

#[tokio::test]
async fn an_origin_from_the_settings_is_ours_too() {
    let app = TestApp::with(&["--public-origins", "https://a.example, https://b.example"], Default::default()).await;
    let cookies = app.register().await.cookies().await;
    assert_eq!(change(&app, &cookies, &[("origin", "https://b.example")]).await, 201);
    assert_eq!(change(&app, &cookies, &[("origin", EVIL)]).await, 403);
}

#[tokio::test]
async fn another_site_signs_nobody_in() {
    let app = TestApp::start().await;
    app.register_as("ada@example.org").await;
    for (path, email) in [("/api/auth/login", "ada@example.org"), ("/api/auth/register", "eve@example.org")] {
        let body = json!({ "email": email, "password": PASSWORD });
        let request = app.visitor().request("POST", path).header("origin", EVIL).json(&body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 403, "{path}");
        assert!(Cookies::of(&response).header().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_token_needs_no_origin() {
    let app = TestApp::start().await;
    let script = app.register().await.token("read_write").await;
    let request = script.request("POST", "/api/tasks").header("origin", EVIL).json(&json!({ "title": "Milk" }));
    assert_eq!(request.send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn cookies_are_out_of_reach_for_scripts_and_other_sites() {
    let app = TestApp::start().await;
    for (proto, secure) in [("http", false), ("https", true)] {
        let body = json!({ "email": format!("{proto}@example.org"), "password": PASSWORD });
        let request = app.visitor().request("POST", "/api/auth/register").header("x-forwarded-proto", proto);
        let response = request.json(&body).send().await.unwrap();
        let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
        assert_eq!(cookies.len(), 3);
        for cookie in &cookies {
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"), "{cookie}");
            assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        }
        let named = [("todo_access", "/api"), ("todo_refresh", "/api/auth"), ("todo_device", "/api/auth")];
        for (cookie, (name, path)) in cookies.iter().zip(named) {
            let (name, path) = if secure { (format!("__Host-{name}"), "/") } else { (name.to_owned(), path) };
            assert!(cookie.starts_with(&format!("{name}=")) && cookie.contains(&format!("; Path={path};")), "{cookie}");
        }
    }
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down() {
    let app = TestApp::with(&["--rate-limit", "on"], Default::default()).await;
    // Of many accounts: guesses at one are counted apart.
    let count = std::sync::atomic::AtomicU32::new(0);
    let login = |address: &str| {
        let n = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let body = json!({ "email": format!("person{n}@example.org"), "password": "wrong horse" });
        app.visitor().request("POST", "/api/auth/login").header("x-forwarded-for", address).json(&body).send()
    };
    for _ in 0..10 {
        assert_eq!(login("10.0.0.1").await.unwrap().status(), 401);
    }
    let refused = login("10.0.0.1").await.unwrap();
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=6).contains(&wait), "{wait}");
    assert_eq!(refused.json::<serde_json::Value>().await.unwrap()["code"], "rate_limited");
    assert_eq!(login("10.0.0.2").await.unwrap().status(), 401, "others may still try");
    assert_eq!(login("10.0.0.2, 10.0.0.1").await.unwrap().status(), 429, "an invented address does not help");
}

#[tokio::test]
async fn talking_is_limited_by_account() {
    let app = TestApp::with(&["--rate-limit", "on"], Default::default()).await;
    let (ada, bob) = (app.register().await, app.register().await);
    let mut refused = 0;
    for _ in 0..31 {
        refused += u32::from(ada.post("/api/chat", json!({ "message": "hi" })).await.0 == 429);
    }
    assert_eq!(refused, 1);
    assert_ne!(bob.post("/api/chat", json!({ "message": "hi" })).await.0, 429);
}

//! Security headers.

use crate::harness::{Gateway, api, free_address, header};
use actix_web::{HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use todo_gateway::settings::Hsts;

fn hash(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

#[actix_web::test]
async fn the_page_runs_its_own_inline_script_and_no_other() {
    let gateway = Gateway::alone();
    let response = gateway.get("/tasks").send().await.unwrap();
    let policy = header(&response, "content-security-policy");
    let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
    assert_eq!(scripts.trim(), format!("script-src 'self' 'wasm-unsafe-eval' {}", hash("start()")));
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"), "{policy}");
}

#[actix_web::test]
async fn a_rebuilt_page_gets_the_policy_of_its_new_script() {
    let gateway = Gateway::alone();
    gateway.get("/").send().await.unwrap();
    gateway.write("index.html", "<script>start_another_way()</script>");
    let response = gateway.get("/").send().await.unwrap();
    let policy = header(&response, "content-security-policy");
    assert!(policy.contains(&hash("start_another_way()")), "{policy}");
    assert!(!policy.contains(&hash("start()")), "{policy}");
}

#[actix_web::test]
async fn every_answer_of_our_own_is_locked_down() {
    let gateway = Gateway::alone();
    for path in ["/", "/missing.js", "/healthz", "/api/tasks"] {
        let response = gateway.get(path).send().await.unwrap();
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(header(&response, name), value, "{name} of {path}");
        }
        assert!(header(&response, "permissions-policy").contains("camera=()"), "{path}");
        assert!(header(&response, "content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[actix_web::test]
async fn browsers_that_came_by_https_are_told_to_stay_with_it() {
    let came = |gateway: &Gateway, proto: &'static str| gateway.get("/").insert_header(("x-forwarded-proto", proto));
    let told = |response: &awc::ClientResponse<_>| header(response, "strict-transport-security").to_owned();
    let trusting = Gateway::before(free_address(), |settings| settings.trust_proxy = true);
    assert_eq!(told(&came(&trusting, "https").send().await.unwrap()), "max-age=31536000");
    assert_eq!(told(&came(&trusting, "http").send().await.unwrap()), "");
    let alone = Gateway::alone();
    assert_eq!(told(&came(&alone, "https").send().await.unwrap()), "");
    let always = Gateway::before(free_address(), |settings| settings.hsts = Hsts::Always);
    assert_eq!(told(&always.get("/missing.js").send().await.unwrap()), "max-age=31536000");
}

#[actix_web::test]
async fn what_the_api_says_about_its_pages_stays() {
    let address = api(|app| {
        app.route(
            "/api/docs",
            web::get().to(|| async {
                HttpResponse::Ok()
                    .insert_header(("content-security-policy", "script-src 'self'"))
                    .insert_header(("x-frame-options", "SAMEORIGIN"))
                    .finish()
            }),
        )
        .route("/api/plain", web::get().to(HttpResponse::Ok));
    });
    let gateway = Gateway::before(address, |_| {});
    let docs = gateway.get("/api/docs").send().await.unwrap();
    assert_eq!(header(&docs, "content-security-policy"), "script-src 'self'");
    assert_eq!(header(&docs, "x-frame-options"), "SAMEORIGIN");
    assert_eq!(header(&docs, "x-content-type-options"), "nosniff");
    let plain = gateway.get("/api/plain").send().await.unwrap();
    assert_eq!(header(&plain, "content-security-policy"), "");
}

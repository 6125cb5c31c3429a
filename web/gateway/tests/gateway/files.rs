//! What is served from the folder of the page.

use crate::harness::{Gateway, INDEX, header, problem_code, within};

const WASM: &str = "/todo-web-3f9d2c41a0b76e58_bg.wasm";

#[actix_web::test]
async fn a_deep_link_gets_the_page_and_is_asked_for_again() {
    let gateway = Gateway::alone();
    for path in ["/", "/index.html", "/tasks/3", "/settings/", "/a%2eb"] {
        let mut response = gateway.get(path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
        assert_eq!(response.body().await.unwrap(), INDEX, "{path}");
    }
}

#[actix_web::test]
async fn a_missing_asset_is_404_and_not_the_page() {
    let gateway = Gateway::alone();
    for path in ["/missing.js", "/static/old-3f9d2c41a0b76e58.css", "/../secret.txt", "/%2e%2e/%2e%2e/etc/x.conf"] {
        let mut response = gateway.get(path).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-store", "{path}");
        assert_eq!(problem_code(&mut response).await, "not_found");
    }
}

#[actix_web::test]
async fn nothing_outside_the_folder_and_no_hidden_file_is_served() {
    let gateway = Gateway::alone();
    gateway.write(".env.local", "secret");
    let outside = tempfile::NamedTempFile::with_suffix(".txt").unwrap();
    std::fs::write(outside.path(), "secret").unwrap();
    let up = "/..%2f".repeat(12);
    for path in ["/.env.local".to_owned(), format!("{up}{}", outside.path().display())] {
        let answer = gateway.raw(&format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        assert!(!answer.contains("secret"), "{answer}");
    }
}

#[actix_web::test]
async fn only_names_with_a_content_hash_are_kept_for_ever() {
    let gateway = Gateway::alone();
    gateway.write(WASM.trim_start_matches('/'), "wasm");
    gateway.write("favicon.svg", "<svg/>");
    let hashed = gateway.get(WASM).send().await.unwrap();
    assert_eq!(header(&hashed, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&hashed, "content-type"), "application/wasm");
    let plain = gateway.get("/favicon.svg").send().await.unwrap();
    assert_eq!(header(&plain, "cache-control"), "no-cache");
}

#[actix_web::test]
async fn the_best_accepted_precompressed_file_is_sent() {
    let gateway = Gateway::alone();
    let name = WASM.trim_start_matches('/');
    for (suffix, contents) in [("", "as it is"), (".br", "brotli"), (".gz", "gzip")] {
        gateway.write(&format!("{name}{suffix}"), contents);
    }
    for (accepted, coding, contents) in [
        ("gzip, deflate, br, zstd", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip", "gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip", "gzip"),
        ("deflate", "", "as it is"),
        ("identity", "", "as it is"),
    ] {
        let mut response = gateway.get(WASM).insert_header(("accept-encoding", accepted)).send().await.unwrap();
        assert_eq!(header(&response, "content-encoding"), coding, "{accepted}");
        assert_eq!(header(&response, "vary"), "accept-encoding", "{accepted}");
        assert_eq!(header(&response, "content-type"), "application/wasm", "{accepted}");
        assert_eq!(response.body().await.unwrap(), contents, "{accepted}");
    }
}

#[actix_web::test]
async fn an_unchanged_file_is_not_sent_twice() {
    let gateway = Gateway::alone();
    gateway.write("favicon.svg", "<svg/>");
    let first = gateway.get("/favicon.svg").send().await.unwrap();
    let date = header(&first, "last-modified").to_owned();
    let mut again = gateway.get("/favicon.svg").insert_header(("if-modified-since", date)).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(again.body().await.unwrap(), "");
}

#[actix_web::test]
async fn the_page_of_an_older_build_replaces_a_newer_one() {
    let gateway = Gateway::alone();
    let later = ("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT");
    let mut response = gateway.get("/tasks").insert_header(later).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "last-modified"), "");
    assert_eq!(response.body().await.unwrap(), INDEX);
}

#[actix_web::test]
async fn head_tells_the_length_and_sends_nothing() {
    let gateway = Gateway::alone();
    let answer = gateway.raw("HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.contains(&format!("content-length: {}\r\n", INDEX.len())), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[actix_web::test]
async fn files_cannot_be_written() {
    let gateway = Gateway::alone();
    let mut response = gateway.post("/tasks").send_body("x").await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(header(&response, "allow"), "GET, HEAD");
    assert_eq!(problem_code(&mut response).await, "method_not_allowed");
}

#[actix_web::test]
async fn a_page_is_ready_without_an_api() {
    let gateway = Gateway::alone();
    assert_eq!(gateway.get("/readyz?page").send().await.unwrap().status(), 200);
    std::fs::remove_file(gateway.root.path().join("index.html")).unwrap();
    let mut response = within(gateway.get("/readyz?page").send()).await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(problem_code(&mut response).await, "not_ready");
    assert_eq!(gateway.get("/healthz").send().await.unwrap().status(), 200);
}

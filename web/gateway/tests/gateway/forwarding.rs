//! What reaches the api, and what comes back.

use crate::harness::{Gateway, api, api_at, free_address, header, problem_code};
use actix_web::web::{self, Bytes, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};
use std::net::TcpListener;

/// An api that answers with what it was asked.
fn echo(app: &mut ServiceConfig) {
    app.default_service(web::to(|request: HttpRequest, body: Bytes| async move {
        let headers: Value = request
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), Value::from(value.to_str().unwrap())))
            .collect::<serde_json::Map<_, _>>()
            .into();
        HttpResponse::Ok().json(json!({
            "method": request.method().as_str(),
            "target": request.uri().to_string(),
            "headers": headers,
            "body": String::from_utf8(body.to_vec()).unwrap(),
        }))
    }));
}

async fn echoed(gateway: &Gateway, request: &str) -> Value {
    let answer = gateway.raw(request).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    serde_json::from_str(body).unwrap()
}

#[actix_web::test]
async fn method_target_and_body_arrive_as_they_were_sent() {
    let gateway = Gateway::before(api(echo), |_| {});
    let seen = echoed(
        &gateway,
        "PATCH /api/tasks/3%2F4?q=a+b&x=%20 HTTP/1.1\r\nhost: todo.example:3000\r\nif-match: \"2\"\r\n\
         content-length: 11\r\nconnection: close\r\n\r\n{\"a\":\"b c\"}",
    )
    .await;
    assert_eq!(seen["method"], "PATCH");
    assert_eq!(seen["target"], "/api/tasks/3%2F4?q=a+b&x=%20");
    assert_eq!(seen["body"], "{\"a\":\"b c\"}");
    assert_eq!(seen["headers"]["if-match"], "\"2\"");
    assert_eq!(seen["headers"]["content-length"], "11");
    assert_eq!(seen["headers"]["host"], "todo.example:3000");
}

#[actix_web::test]
async fn a_body_without_a_length_is_streamed() {
    let gateway = Gateway::before(api(echo), |_| {});
    let seen = echoed(
        &gateway,
        "POST /api/x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n\
         3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    )
    .await;
    assert_eq!(seen["body"], "abcde");
}

#[actix_web::test]
async fn fields_of_one_connection_do_not_pass() {
    let address = api(|app| {
        app.route(
            "/api/answer",
            web::get().to(|| async {
                HttpResponse::Ok()
                    .insert_header(("keep-alive", "timeout=5"))
                    .insert_header(("proxy-authenticate", "Basic"))
                    .insert_header(("trailer", "x-checksum"))
                    .insert_header(("x-kept", "yes"))
                    .finish()
            }),
        );
        echo(app);
    });
    let gateway = Gateway::before(address, |_| {});
    let seen = echoed(
        &gateway,
        "GET /api/x HTTP/1.1\r\nhost: x\r\nconnection: close, X-Mine\r\nx-mine: 1\r\nkeep-alive: timeout=9\r\n\
         te: trailers\r\nproxy-authorization: Basic eA==\r\nproxy-connection: close\r\nx-kept: yes\r\n\r\n",
    )
    .await;
    let headers = seen["headers"].as_object().unwrap();
    for name in ["connection", "x-mine", "keep-alive", "te", "proxy-authorization", "proxy-connection", "upgrade"] {
        assert!(!headers.contains_key(name), "{name}: {headers:?}");
    }
    assert_eq!(headers["x-kept"], "yes");
    assert_eq!(headers["via"], "1.1 todo-gateway");

    let answer = gateway.get("/api/answer").send().await.unwrap();
    for name in ["keep-alive", "proxy-authenticate", "trailer"] {
        assert_eq!(header(&answer, name), "", "{name}");
    }
    assert_eq!(header(&answer, "x-kept"), "yes");
}

const FORGED: &str = "GET /api/x HTTP/1.1\r\nhost: todo.example\r\nx-forwarded-for: 203.0.113.9\r\n\
    x-forwarded-proto: https\r\nx-forwarded-host: evil.example\r\nx-real-ip: 203.0.113.9\r\n\
    forwarded: for=203.0.113.9\r\nconnection: close\r\n\r\n";

#[actix_web::test]
async fn what_the_outside_says_about_the_client_is_not_believed() {
    let gateway = Gateway::before(api(echo), |_| {});
    let headers = echoed(&gateway, FORGED).await["headers"].clone();
    assert_eq!(headers["x-forwarded-for"], "127.0.0.1");
    assert_eq!(headers["x-forwarded-proto"], "http");
    assert_eq!(headers["x-forwarded-host"], "todo.example");
    assert!(headers.get("x-real-ip").is_none() && headers.get("forwarded").is_none(), "{headers}");
}

#[actix_web::test]
async fn what_a_trusted_proxy_says_about_the_client_is_passed_on() {
    let gateway = Gateway::before(api(echo), |settings| settings.trust_proxy = true);
    let headers = echoed(&gateway, FORGED).await["headers"].clone();
    assert_eq!(headers["x-forwarded-for"], "203.0.113.9, 127.0.0.1");
    assert_eq!(headers["x-forwarded-proto"], "https");
    assert_eq!(headers["x-forwarded-host"], "evil.example");
}

#[actix_web::test]
async fn what_a_trusted_proxy_says_in_the_standards_way_is_passed_on_too() {
    let gateway = Gateway::before(api(echo), |settings| settings.trust_proxy = true);
    let request = "GET /api/x HTTP/1.1\r\nhost: inside\r\nconnection: close\r\n\
        forwarded: for=6.6.6.6, for=\"[2001:db8::1]:4711\";proto=https;host=todo.example\r\n\r\n";
    let headers = echoed(&gateway, request).await["headers"].clone();
    assert_eq!(headers["x-forwarded-for"], "6.6.6.6, 2001:db8::1, 127.0.0.1");
    assert_eq!(
        (&headers["x-forwarded-proto"], &headers["x-forwarded-host"]),
        (&"https".into(), &"todo.example".into())
    );
    assert!(headers.get("forwarded").is_none(), "{headers}");
}

#[actix_web::test]
async fn connection_cannot_take_away_what_the_api_checks() {
    let gateway = Gateway::before(api(echo), |_| {});
    let kept = [
        ("origin", "https://evil.example"),
        ("authorization", "Bearer x"),
        ("cookie", "a=1"),
        ("if-match", "\"2\""),
        ("sec-fetch-site", "cross-site"),
        ("idempotency-key", "k"),
        ("content-type", "text/plain"),
        ("last-event-id", "7"),
        ("if-none-match", "\"3\""),
        ("x-request-id", "mine"),
        ("traceparent", "00-ab-cd-01"),
        ("host", "todo.example"),
    ];
    for (name, value) in kept {
        let host = if name == "host" { "" } else { "host: x\r\n" };
        let request = format!("GET /api/x HTTP/1.1\r\n{host}{name}: {value}\r\nconnection: close, {name}\r\n\r\n");
        assert_eq!(echoed(&gateway, &request).await["headers"][name], value, "{name}");
    }
    let request = "GET /api/x HTTP/1.1\r\nhost: x\r\nconnection: X-Forwarded-For, close\r\n\r\n";
    assert_eq!(echoed(&gateway, request).await["headers"]["x-forwarded-for"], "127.0.0.1");
}

/// What two servers might read differently is refused, or passed on in one meaning.
#[actix_web::test]
async fn no_request_is_smuggled() {
    let gateway = Gateway::before(api(echo), |_| {});
    let second = "GET /api/smuggled HTTP/1.1\r\nhost: x\r\n\r\n";
    for head in [
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: 5, 6\r\n",
        "content-length: +5\r\n",
        "content-length: 0x5\r\n",
        "content-length: 5\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 5\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "transfer-encoding: gzip, chunked\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding : chunked\r\n",
        "transfer-encoding: \x0bchunked\r\n",
        "x: y\r\n transfer-encoding: chunked\r\n",
        "content-length: 5\r\nupgrade: websocket\r\nconnection: upgrade\r\n",
    ] {
        let request = format!("POST /api/x HTTP/1.1\r\nhost: x\r\n{head}\r\n0\r\n\r\n{second}");
        let answer = gateway.raw(&request).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{head}: {answer}");
        assert!(!answer.contains("smuggled"), "{head}: {answer}");
    }
}

#[actix_web::test]
async fn a_request_has_an_id_from_here_to_the_api_and_back() {
    let gateway = Gateway::before(api(echo), |_| {});
    let mut made = gateway.get("/api/x").insert_header(("traceparent", "00-ab-cd-01")).send().await.unwrap();
    let seen: Value = serde_json::from_slice(&made.body().await.unwrap()).unwrap();
    let id = header(&made, "x-request-id");
    assert_eq!(uuid::Uuid::parse_str(id).unwrap().get_version_num(), 7);
    assert_eq!(seen["headers"]["x-request-id"], id);
    assert_eq!(seen["headers"]["traceparent"], "00-ab-cd-01");

    let given = gateway.get("/api/x").insert_header(("x-request-id", "mine-1")).send().await.unwrap();
    assert_eq!(header(&given, "x-request-id"), "mine-1");
    let odd = gateway.get("/api/x").insert_header(("x-request-id", "a b\"c")).send().await.unwrap();
    assert_ne!(header(&odd, "x-request-id"), "a b\"c");
}

#[actix_web::test]
async fn redirects_cookies_and_coded_bodies_come_back_untouched() {
    let address = api(|app| {
        app.default_service(web::to(|| async {
            HttpResponse::SeeOther()
                .insert_header(("location", "/api/elsewhere"))
                .append_header(("set-cookie", "a=1"))
                .append_header(("set-cookie", "b=2"))
                .insert_header(("content-encoding", "br"))
                .body("not really brotli")
        }));
    });
    let gateway = Gateway::before(address, |_| {});
    let mut response = gateway.get("/api/x").send().await.unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(header(&response, "location"), "/api/elsewhere");
    assert_eq!(response.headers().get_all("set-cookie").count(), 2);
    assert_eq!(header(&response, "content-encoding"), "br");
    assert_eq!(response.body().await.unwrap(), "not really brotli");
}

#[actix_web::test]
async fn head_and_empty_answers_pass() {
    let address = api(|app| {
        app.route("/api/gone", web::delete().to(HttpResponse::NoContent))
            .route("/api/list", web::head().to(|| async { HttpResponse::Ok().body("12345") }));
    });
    let gateway = Gateway::before(address, |_| {});
    let head = gateway.raw("HEAD /api/list HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(head.contains("content-length: 5\r\n") && head.ends_with("\r\n\r\n"), "{head}");
    let gone = gateway.raw("DELETE /api/gone HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(gone.starts_with("HTTP/1.1 204") && gone.ends_with("\r\n\r\n"), "{gone}");
}

#[actix_web::test]
async fn an_absent_api_is_502_until_it_is_there() {
    let address = free_address();
    let gateway = Gateway::before(address, |_| {});
    let mut response = gateway.get("/api/x").send().await.unwrap();
    assert_eq!(response.status(), 502);
    assert_eq!(problem_code(&mut response).await, "bad_gateway");
    api_at(TcpListener::bind(address).unwrap(), echo);
    assert_eq!(gateway.get("/api/x").send().await.unwrap().status(), 200);
}

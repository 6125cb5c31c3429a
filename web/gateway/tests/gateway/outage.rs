//! An api that is away for a moment.

use crate::harness::{Gateway, api_at, free_address, problem_code, within};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, rt};
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener as Listener;

const AWAY: Duration = Duration::from_millis(700);

fn well(app: &mut ServiceConfig) {
    app.default_service(web::to(|body: String| async move { HttpResponse::Ok().body(format!("got {body}")) }));
}

fn patient(api: SocketAddr) -> Gateway {
    Gateway::before(api, |settings| settings.upstream_retry = Duration::from_secs(10))
}

fn comes_back(address: SocketAddr) {
    rt::spawn(async move {
        tokio::time::sleep(AWAY).await;
        api_at(TcpListener::bind(address).unwrap(), well);
    });
}

#[actix_web::test]
async fn what_never_arrived_waits_and_is_sent_again() {
    let address = free_address();
    let gateway = patient(address);
    comes_back(address);
    let (read, change, streamed) = (
        rt::spawn(gateway.get("/api/x").send()),
        rt::spawn(gateway.post("/api/x").send_body("a change")),
        // Too large to be kept, so it is told at once.
        rt::spawn(gateway.post("/api/x").send_body(vec![b'x'; 200_000])),
    );
    assert_eq!(within(streamed).await.unwrap().unwrap().status(), 502);
    let mut read = within(read).await.unwrap().unwrap();
    assert_eq!((read.status().as_u16(), read.body().await.unwrap().as_ref()), (200, b"got ".as_ref()));
    let mut change = within(change).await.unwrap().unwrap();
    assert_eq!((change.status().as_u16(), change.body().await.unwrap().as_ref()), (200, b"got a change".as_ref()));
}

/// An api that reads its first request and dies, and then comes back.
async fn dies_once() -> SocketAddr {
    let listener = Listener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    rt::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let _ = connection.read(&mut [0; 4096]).await;
        drop((connection, listener));
        comes_back(address);
    });
    address
}

#[actix_web::test]
async fn what_may_have_been_done_is_sent_again_only_if_that_does_nothing_twice() {
    let gateway = patient(dies_once().await);
    let mut response = within(gateway.post("/api/x").send_body("a change")).await.unwrap();
    assert_eq!(response.status(), 502);
    assert_eq!(problem_code(&mut response).await, "bad_gateway");

    let gateway = patient(dies_once().await);
    assert_eq!(within(gateway.get("/api/x").send()).await.unwrap().status(), 200);

    let gateway = patient(dies_once().await);
    let keyed = gateway.post("/api/x").insert_header(("idempotency-key", "1"));
    assert_eq!(within(keyed.send_body("a change")).await.unwrap().status(), 200);
}

#[actix_web::test]
async fn an_api_that_stays_away_is_not_waited_for_again_and_again() {
    let gateway = Gateway::before(free_address(), |settings| settings.upstream_retry = Duration::from_millis(600));
    let began = Instant::now();
    assert_eq!(within(gateway.get("/api/x").send()).await.unwrap().status(), 502);
    assert!(began.elapsed() >= Duration::from_millis(600));
    let began = Instant::now();
    assert_eq!(within(gateway.get("/api/x").send()).await.unwrap().status(), 502);
    assert!(began.elapsed() < Duration::from_millis(300), "{:?}", began.elapsed());
}

#[actix_web::test]
async fn ready_means_that_the_next_request_works() {
    let address = free_address();
    let gateway = Gateway::before(address, |_| {});
    let mut response = within(gateway.get("/readyz").send()).await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(problem_code(&mut response).await, "not_ready");
    assert_eq!(gateway.get("/healthz").send().await.unwrap().status(), 200);
    comes_back(address);
    within(async {
        while gateway.get("/readyz").send().await.unwrap().status() != 200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    assert_eq!(gateway.get("/api/x").send().await.unwrap().status(), 200);
}

#[actix_web::test]
async fn an_api_that_is_not_ready_makes_the_gateway_not_ready() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    api_at(listener, |app: &mut ServiceConfig| {
        app.default_service(web::to(HttpResponse::ServiceUnavailable));
    });
    let gateway = Gateway::before(address, |_| {});
    assert_eq!(within(gateway.get("/readyz").send()).await.unwrap().status(), 503);
}

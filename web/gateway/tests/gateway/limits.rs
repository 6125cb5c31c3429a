//! Bounds on size and time.

use crate::harness::{Gateway, api, problem_code, within};
use actix_web::web::{self, Bytes, PayloadConfig, ServiceConfig};
use actix_web::{HttpResponse, rt};
use futures_util::{StreamExt, stream};
use std::convert::Infallible;
use std::time::Duration;

const MAX: usize = 100_000;

fn sizes(app: &mut ServiceConfig) {
    app.app_data(PayloadConfig::new(10 * MAX))
        .default_service(web::to(|body: Bytes| async move { HttpResponse::Ok().body(body.len().to_string()) }));
}

fn gateway() -> Gateway {
    Gateway::before(api(sizes), |settings| settings.max_body = MAX as u64)
}

fn pieces(total: usize) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> {
    stream::iter(vec![Bytes::from(vec![b'x'; 1000]); total / 1000]).map(Ok)
}

#[actix_web::test]
async fn a_body_up_to_the_limit_passes() {
    let gateway = gateway();
    let mut sized = gateway.post("/api/x").send_body(vec![b'x'; MAX]).await.unwrap();
    assert_eq!(sized.body().await.unwrap(), MAX.to_string());
    let mut streamed = gateway.post("/api/x").send_stream(pieces(MAX)).await.unwrap();
    assert_eq!(streamed.body().await.unwrap(), MAX.to_string());
}

#[actix_web::test]
async fn an_announced_body_above_the_limit_is_413() {
    let mut response = gateway().post("/api/x").send_body(vec![b'x'; MAX + 1]).await.unwrap();
    assert_eq!(response.status(), 413);
    assert_eq!(problem_code(&mut response).await, "payload_too_large");
}

#[actix_web::test]
async fn a_streamed_body_is_413_once_it_passes_the_limit() {
    let mut response = gateway().post("/api/x").send_stream(pieces(MAX + 1000)).await.unwrap();
    assert_eq!(response.status(), 413);
    assert_eq!(problem_code(&mut response).await, "payload_too_large");
}

#[actix_web::test]
async fn an_api_that_does_not_begin_to_answer_is_504() {
    let address = api(|app| {
        app.default_service(web::to(|| async { std::future::pending::<HttpResponse>().await }));
    });
    let gateway = Gateway::before(address, |settings| settings.upstream_timeout = Duration::from_millis(50));
    let mut response = gateway.get("/api/x").send().await.unwrap();
    assert_eq!(response.status(), 504);
    assert_eq!(problem_code(&mut response).await, "gateway_timeout");
}

#[actix_web::test]
async fn more_streams_than_a_client_pool_usually_holds_stay_open() {
    let address = api(|app| {
        app.default_service(web::to(|| async {
            let first = stream::once(async { Ok::<_, Infallible>(Bytes::from_static(b"data: 1\n\n")) });
            HttpResponse::Ok().content_type("text/event-stream").streaming(first.chain(stream::pending()))
        }));
    });
    let gateway = Gateway::before(address, |_| {});
    let client = awc::Client::builder().connector(awc::Connector::new().limit(0)).disable_timeout().finish();
    let streams = (0..250).map(|_| {
        let request = client.get(gateway.url("/api/events"));
        rt::spawn(async move {
            let mut response = request.send().await.unwrap();
            assert_eq!(response.next().await.unwrap().unwrap(), "data: 1\n\n");
            response
        })
    });
    let open = within(futures_util::future::join_all(streams.collect::<Vec<_>>())).await;
    assert!(open.iter().all(Result::is_ok));
}

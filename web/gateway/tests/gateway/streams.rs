//! Server-sent events, clients that leave, and shutdown.

use crate::harness::{Gateway, PATIENCE, api, next, within};
use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpResponse, rt};
use futures_util::stream::{self, StreamExt};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use todo_gateway::Settings;
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::{CancellationToken, DropGuard};

/// An api whose one event stream says what the test sends, and that tells when the stream was dropped.
struct Events {
    say: mpsc::UnboundedSender<&'static str>,
    dropped: CancellationToken,
    gateway: Gateway,
}

type Taken<T> = Data<Mutex<Option<T>>>;

fn events() -> Events {
    events_with(|_| {})
}

fn events_with(change: impl FnOnce(&mut Settings)) -> Events {
    let (say, said) = mpsc::unbounded_channel::<&'static str>();
    let dropped = CancellationToken::new();
    let source: Taken<(mpsc::UnboundedReceiver<&'static str>, DropGuard)> =
        Data::new(Mutex::new(Some((said, dropped.clone().drop_guard()))));
    let address = api(move |app| {
        app.app_data(source.clone()).route("/api/events", web::get().to(stream_events));
    });
    Events { say, dropped, gateway: Gateway::before(address, change) }
}

async fn stream_events(source: Taken<(mpsc::UnboundedReceiver<&'static str>, DropGuard)>) -> HttpResponse {
    let state = source.lock().unwrap().take().unwrap();
    let events = stream::unfold(state, |(mut said, guard)| async move {
        let event = said.recv().await?;
        Some((Ok::<_, Infallible>(Bytes::from_static(event.as_bytes())), (said, guard)))
    });
    HttpResponse::Ok().content_type("text/event-stream").streaming(events)
}

#[actix_web::test]
async fn events_arrive_one_by_one_as_they_are_sent() {
    let Events { say, gateway, .. } = events();
    let mut response = gateway.get("/api/events").send().await.unwrap();
    for event in ["id: 1\ndata: one\n\n", ": heartbeat\n\n", "id: 2\ndata: two\n\n"] {
        say.send(event).unwrap();
        assert_eq!(next(&mut response).await.as_deref(), Some(event));
    }
    drop(say);
    assert_eq!(next(&mut response).await, None);
}

#[actix_web::test]
async fn a_quiet_stream_outlives_the_time_in_which_the_api_must_begin() {
    let limit = Duration::from_millis(50);
    let Events { say, gateway, .. } = events_with(|settings| settings.upstream_timeout = limit);
    let mut response = gateway.get("/api/events").send().await.unwrap();
    assert!(tokio::time::timeout(limit * 3, response.next()).await.is_err(), "nothing was said");
    say.send("data: late\n\n").unwrap();
    assert_eq!(next(&mut response).await.as_deref(), Some("data: late\n\n"));
}

#[actix_web::test]
async fn a_client_that_leaves_a_stream_ends_it_at_the_api() {
    let Events { say, gateway, dropped } = events();
    let mut response = gateway.get("/api/events").send().await.unwrap();
    say.send("data: one\n\n").unwrap();
    next(&mut response).await;
    assert!(!dropped.is_cancelled());
    drop(response);
    within(dropped.cancelled()).await;
}

#[actix_web::test]
async fn a_client_that_leaves_before_the_answer_ends_the_request_at_the_api() {
    let (arrived, dropped) = (Arc::new(Notify::new()), CancellationToken::new());
    let seen = (arrived.clone(), dropped.clone());
    let address = api(move |app| {
        let (arrived, dropped) = seen.clone();
        app.route(
            "/api/chat",
            web::post().to(move || {
                let guard = dropped.clone().drop_guard();
                let arrived = arrived.clone();
                async move {
                    arrived.notify_one();
                    let answer = std::future::pending::<HttpResponse>().await;
                    drop(guard);
                    answer
                }
            }),
        );
    });
    let gateway = Gateway::before(address, |_| {});
    let request = rt::spawn(gateway.post("/api/chat").send_body("hello"));
    within(arrived.notified()).await;
    assert!(!dropped.is_cancelled());
    request.abort();
    within(dropped.cancelled()).await;
}

#[actix_web::test]
async fn at_shutdown_streams_end_and_running_requests_finish() {
    let (arrived, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let seen = (arrived.clone(), go_on.clone());
    let address = api(move |app| {
        let (arrived, go_on) = seen.clone();
        app.route(
            "/api/slow",
            web::get().to(move || {
                let (arrived, go_on) = (arrived.clone(), go_on.clone());
                async move {
                    arrived.notify_one();
                    go_on.notified().await;
                    HttpResponse::Ok().body("done")
                }
            }),
        )
        .route(
            "/api/events",
            web::get().to(|| async {
                let first = stream::once(async { Ok::<_, Infallible>(Bytes::from_static(b"data: 1\n\n")) });
                HttpResponse::Ok().content_type("text/event-stream").streaming(first.chain(stream::pending()))
            }),
        );
    });
    let gateway = Gateway::before(address, |settings| settings.shutdown_timeout = PATIENCE * 2);
    let mut events = gateway.get("/api/events").send().await.unwrap();
    next(&mut events).await;
    let slow = rt::spawn(gateway.get("/api/slow").send());
    within(arrived.notified()).await;

    gateway.stop.cancel();
    assert_eq!(next(&mut events).await, None);
    assert!(!gateway.ended.is_finished());
    go_on.notify_one();
    let mut response = within(slow).await.unwrap().unwrap();
    assert_eq!(within(response.body()).await.unwrap(), "done");
    within(gateway.ended).await.unwrap().unwrap();
    assert!(TcpStream::connect(gateway.address).await.is_err());
}

#[actix_web::test]
async fn shutdown_does_not_wait_for_ever() {
    let arrived = Arc::new(Notify::new());
    let seen = arrived.clone();
    let address = api(move |app| {
        let arrived = seen.clone();
        app.route(
            "/api/stuck",
            web::get().to(move || {
                let arrived = arrived.clone();
                async move {
                    arrived.notify_one();
                    std::future::pending::<HttpResponse>().await
                }
            }),
        );
    });
    let gateway = Gateway::before(address, |settings| settings.shutdown_timeout = Duration::from_secs(1));
    let stuck = rt::spawn(gateway.get("/api/stuck").send());
    within(arrived.notified()).await;
    gateway.stop.cancel();
    within(gateway.ended).await.unwrap().unwrap();
    stuck.abort();
}

//! Clients that are slow, that are many, and that leave.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use actix_server::ServerBuilder;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse};
use futures_util::{StreamExt, stream};
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};
use todo_connections::{Bounds, Registry, hold, listen, whole};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(300);

struct Server {
    address: SocketAddr,
    /// Cancelled when the answer to `/endless` or `/work` is dropped.
    dropped: CancellationToken,
    /// Cancelled when `/work` is done.
    done: CancellationToken,
}

fn start(change: impl FnOnce(&mut Bounds)) -> Server {
    let mut bounds = Bounds { head: SHORT, idle: SHORT, stall: SHORT, ..Bounds::within(1024, 1, 100) };
    change(&mut bounds);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let dropped = CancellationToken::new();
    let token = dropped.clone();
    let done = CancellationToken::new();
    let end = done.clone();
    let app = move || {
        let (endless, work, end) = (token.clone(), token.clone(), end.clone());
        App::new()
            .wrap(from_fn(whole))
            .wrap(from_fn(hold))
            .route("/", web::get().to(|| async { "hello" }))
            .route("/refused", web::post().to(HttpResponse::Forbidden))
            .route("/read", web::post().to(|body: Bytes| async move { body.len().to_string() }))
            .route(
                "/endless",
                web::get().to(move || {
                    let guard = endless.clone().drop_guard();
                    let pieces = stream::repeat(Bytes::from_static(&[b'x'; 16384])).map(move |piece| {
                        let _ = &guard;
                        Ok::<_, Infallible>(piece)
                    });
                    std::future::ready(HttpResponse::Ok().streaming(pieces))
                }),
            )
            .route(
                "/work",
                web::to(move || {
                    let (guard, end) = (work.clone().drop_guard(), end.clone());
                    async move {
                        tokio::time::sleep(SHORT * 4).await;
                        end.cancel();
                        drop(guard);
                        "done"
                    }
                }),
            )
    };
    let builder = ServerBuilder::new().disable_signals();
    actix_web::rt::spawn(listen(builder, listener, 1, &Registry::new(bounds), app).unwrap().run());
    Server { address, dropped, done }
}

async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.unwrap()
}

/// All that comes until the server closes; it may do so by a reset.
async fn rest(connection: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = within(connection.read_to_end(&mut bytes)).await;
    String::from_utf8(bytes).unwrap()
}

/// One answer of `hello`'s size.
async fn answer(connection: &mut TcpStream) -> String {
    let mut text = String::new();
    while !text.ends_with("hello") {
        let mut buffer = [0; 1024];
        let read = within(connection.read(&mut buffer)).await.unwrap();
        assert!(read > 0, "{text}");
        text.push_str(std::str::from_utf8(buffer.get(..read).unwrap()).unwrap());
    }
    text
}

const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

#[actix_web::test]
async fn a_head_in_drips_is_ended() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    let (mut reader, mut writer) = connection.split();
    let drip = async {
        for byte in b"GET / HTTP/1.1\r\nx-long: ".iter().chain(std::iter::repeat(&b'x')) {
            if writer.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(SHORT / 30).await;
        }
    };
    let mut answer = Vec::new();
    let end = async { reader.read_to_end(&mut answer).await };
    tokio::select! {
        () = drip => {}
        _ = within(end) => {}
    }
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&answer));
}

#[actix_web::test]
async fn the_head_of_a_later_request_is_ended_too() {
    let server = start(|bounds| bounds.idle = PATIENCE * 3);
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(GET).await.unwrap();
    answer(&mut connection).await;
    connection.write_all(b"GET / HT").await.unwrap();
    assert_eq!(rest(&mut connection).await, "");
}

#[actix_web::test]
async fn an_idle_connection_is_ended_with_or_without_a_request_before() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    let answer = rest(&mut connection).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(GET).await.unwrap();
    let answer = rest(&mut connection).await;
    assert!(answer.ends_with("hello"), "{answer}");
    // The beginning of a next request is there already.
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(&[GET, b"GET / HT"].concat()).await.unwrap();
    let answer = rest(&mut connection).await;
    assert!(answer.ends_with("hello"), "{answer}");
}

#[actix_web::test]
async fn what_takes_the_server_long_is_waited_for() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"GET /work HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    assert!(rest(&mut connection).await.ends_with("done"));
}

#[actix_web::test]
async fn an_answer_that_nobody_reads_is_ended() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    within(server.dropped.cancelled()).await;
    drop(connection);
}

#[actix_web::test]
async fn an_answer_that_is_read_goes_on() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let (began, mut buffer) = (Instant::now(), vec![0; 1 << 20]);
    while began.elapsed() < SHORT * 4 {
        assert!(within(connection.read(&mut buffer)).await.unwrap() > 0);
        tokio::time::sleep(SHORT / 10).await;
    }
    assert!(!server.dropped.is_cancelled());
}

#[actix_web::test]
async fn a_client_that_closes_ends_what_is_done_for_it() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"GET /work HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(SHORT / 3).await;
    let closed = Instant::now();
    // Its own side alone.
    connection.shutdown().await.unwrap();
    within(server.dropped.cancelled()).await;
    assert!(closed.elapsed() < SHORT * 2, "{:?}", closed.elapsed());
}

#[actix_web::test]
async fn what_comes_in_drips_after_an_early_answer_is_not_read_for_ever() {
    let server = start(|_| {});
    let head = "POST /refused HTTP/1.1\r\nhost: x\r\n";
    for body in ["content-length: 900000\r\n\r\nx", "transfer-encoding: chunked\r\n\r\n1\r\nx\r\n"] {
        let mut connection = TcpStream::connect(server.address).await.unwrap();
        connection.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        let (mut reader, mut writer) = connection.split();
        let drip = async {
            while writer.write_all(b"1\r\nx\r\n").await.is_ok() {
                tokio::time::sleep(SHORT / 10).await;
            }
        };
        let mut answer = vec![0; 4096];
        let read = within(reader.read(&mut answer)).await.unwrap();
        let answer = String::from_utf8_lossy(answer.get(..read).unwrap());
        assert!(answer.starts_with("HTTP/1.1 403"), "{body}: {answer}");
        within(drip).await;
    }
}

async fn connect_from(local: &str, server: &Server) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{local}:0").parse().unwrap()).unwrap();
    socket.connect(server.address).await.unwrap()
}

#[actix_web::test]
async fn an_address_with_too_many_connections_is_told_and_others_are_served() {
    let server = start(|bounds| (bounds.per_address, bounds.idle, bounds.head) = (Some(3), PATIENCE, PATIENCE));
    let mut kept = Vec::new();
    for _ in 0..3 {
        let mut connection = connect_from("127.0.0.2", &server).await;
        connection.write_all(GET).await.unwrap();
        answer(&mut connection).await;
        kept.push(connection);
    }
    let refused = rest(&mut connect_from("127.0.0.2", &server).await).await;
    assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("\"code\":\"too_many_connections\""), "{refused}");
    let mut other = connect_from("127.0.0.3", &server).await;
    other.write_all(GET).await.unwrap();
    answer(&mut other).await;
}

#[actix_web::test]
async fn where_there_are_too_many_who_waits_makes_room_for_who_comes() {
    let server = start(|bounds| (bounds.connections, bounds.idle, bounds.head) = (8, PATIENCE, PATIENCE));
    let mut slow = Vec::new();
    for _ in 0..8 {
        let mut connection = connect_from("127.0.0.2", &server).await;
        connection.write_all(b"POST /read HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\nx").await.unwrap();
        slow.push(connection);
    }
    for _ in 0..6 {
        let mut honest = connect_from("127.0.0.3", &server).await;
        honest.write_all(GET).await.unwrap();
        answer(&mut honest).await;
        slow.push(honest);
    }
}

#[actix_web::test]
async fn http2_is_not_spoken() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let answer = rest(&mut connection).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
}

#[actix_web::test]
async fn what_may_change_something_is_done_to_its_end_though_its_client_left() {
    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"GET /work HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(SHORT / 3).await;
    drop(connection);
    within(server.dropped.cancelled()).await;
    assert!(!server.done.is_cancelled());

    let server = start(|_| {});
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(b"POST /work HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    tokio::time::sleep(SHORT / 3).await;
    drop(connection);
    within(server.dropped.cancelled()).await;
    assert!(server.done.is_cancelled());
}

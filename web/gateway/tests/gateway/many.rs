//! Clients that are many or slow.

use crate::harness::{Gateway, api, problem_code, within};
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpResponse, rt};
use futures_util::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Semaphore;

/// An api that counts what reaches it, and answers `/api/slow` when it is let.
fn counting(seen: Arc<AtomicUsize>, go: Arc<Semaphore>) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    move |app| {
        let (seen, go) = (Data::from(Arc::clone(&seen)), Data::from(Arc::clone(&go)));
        app.app_data(seen).app_data(go).route(
            "/api/slow",
            web::get().to(|go: Data<Semaphore>| async move {
                drop(go.acquire().await);
                "done"
            }),
        );
        app.default_service(web::to(|seen: Data<AtomicUsize>, body: Bytes| async move {
            seen.fetch_add(1, Ordering::SeqCst);
            HttpResponse::Ok().body(body.len().to_string())
        }));
    }
}

async fn from(address: &str, gateway: &Gateway) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
    socket.connect(gateway.address).await.unwrap()
}

#[actix_web::test]
async fn slow_bodies_do_not_reach_the_api_and_keep_nobody_out() {
    let (seen, go) = (Arc::<AtomicUsize>::default(), Arc::new(Semaphore::new(0)));
    let gateway = Gateway::before(api(counting(seen.clone(), go)), |settings| settings.max_connections = 60);
    let mut slow = Vec::new();
    for n in 0..120 {
        let mut connection = from(&format!("127.0.0.{}", 10 + n / 10), &gateway).await;
        let head = "POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n{";
        // Some are closed meanwhile, to make room.
        let _ = connection.write_all(head.as_bytes()).await;
        slow.push(connection);
    }
    for n in 0..50 {
        let mut response = within(gateway.post("/api/tasks").send_body(format!("{n}"))).await.unwrap();
        assert_eq!(response.status(), 200);
        within(response.body()).await.unwrap();
    }
    assert_eq!(seen.load(Ordering::SeqCst), 50);
}

#[actix_web::test]
async fn behind_a_trusted_proxy_each_client_has_its_share_of_requests() {
    let (seen, go) = (Arc::<AtomicUsize>::default(), Arc::new(Semaphore::new(0)));
    let gateway = Gateway::before(api(counting(seen, go.clone())), |settings| {
        (settings.trust_proxy, settings.max_per_address) = (true, 5);
    });
    let slow = |client: String| {
        let request = gateway.get("/api/slow").insert_header(("x-forwarded-for", format!("6.6.6.6, {client}")));
        rt::spawn(request.send())
    };
    let many: Vec<_> = (0..12).map(|n| slow(format!("203.0.113.9:{}", 1000 + n))).collect();
    let other = slow("203.0.113.8".to_owned());
    let mut refused = 0;
    // The five that are let in wait; the others are answered at once.
    for mut answer in within(join_all(
        many.into_iter().map(|task| async { tokio::time::timeout(crate::harness::PATIENCE / 10, task).await.ok() }),
    ))
    .await
    .into_iter()
    .flatten()
    .map(|task| task.unwrap().unwrap())
    {
        assert_eq!(answer.status(), 429);
        assert_eq!(problem_code(&mut answer).await, "too_many_requests");
        refused += 1;
    }
    assert_eq!(refused, 7);
    go.add_permits(100);
    assert_eq!(within(other).await.unwrap().unwrap().status(), 200);
    let again = within(slow("203.0.113.9".to_owned())).await.unwrap().unwrap();
    assert_eq!(again.status(), 200);
}

//! A server of HTTP/1.1 whose connections are bounded.

use crate::guarded::{CLOCK, Guarded};
use crate::hold::Held;
use crate::refusal::refuse;
use crate::registry::{Line, Registry};
use actix_http::error::DispatchError;
use actix_http::{HttpService, Request};
use actix_server::ServerBuilder;
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceResponse};
use std::future::ready;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;

/// How long what a client still sends is read and thrown away after an early answer, so that it sees that answer.
const LINGER: Duration = Duration::from_secs(2);
/// What the kernel keeps for a client that reads slowly, in bytes.
const SEND_BUFFER: usize = 256 << 10;
/// How long what was sent may stay without any sign of the peer, in milliseconds.
const SILENCE: u32 = 60_000;
/// Connections that are being told that they are too many.
const LEAVING: usize = 64;

/// Has `builder` serve the app of `factory`, which [`hold`](crate::hold()) wraps, on `listener` with `workers`.
///
/// # Errors
/// When the listener cannot be used.
pub fn listen<F, I, S, B>(
    builder: ServerBuilder,
    listener: TcpListener,
    workers: usize,
    registry: &Arc<Registry>,
    factory: F,
) -> io::Result<ServerBuilder>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig, Response = ServiceResponse<Held<B>>, Error = actix_web::Error>,
    S: 'static,
    S::InitError: std::fmt::Debug,
    B: MessageBody + 'static,
{
    let workers = workers.max(1);
    let stopping = builder.graceful_shutdown_signal();
    let most = (registry.bounds().connections + LEAVING).div_ceil(workers);
    let (name, registry) = (listener.local_addr()?.to_string(), Arc::clone(registry));
    builder.workers(workers).max_concurrent_connections(most).listen(name, listener, move || {
        let (registry, stopping) = (Arc::clone(&registry), stopping.clone());
        let app = factory().into_factory().map_err(|error| error.error_response());
        let bounds = *registry.bounds();
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(bounds.idle)
            .client_request_timeout(bounds.head + CLOCK)
            .client_disconnect_timeout(LINGER)
            // A client that closes its side is gone, and with it what was being done for it.
            .h1_allow_half_closed(false)
            .on_connect_ext(|io: &Guarded, data| drop(data.insert::<Arc<Line>>(Arc::clone(io.line()))))
            .h1(map_config(app, |_| AppConfig::default()));
        fn_service(move |io: TcpStream| ready(admit(&registry, io))).and_then(http)
    })
}

fn admit(registry: &Arc<Registry>, io: TcpStream) -> Result<(Guarded, Option<std::net::SocketAddr>), DispatchError> {
    let peer = io.peer_addr().ok();
    match registry.admit(peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip())) {
        Ok(admitted) => {
            tune(&io);
            Ok((Guarded::new(io, admitted, *registry.bounds()), peer))
        }
        Err(why) => {
            refuse(io, why);
            Err(DispatchError::Io(io::ErrorKind::ConnectionRefused.into()))
        }
    }
}

/// Small events go out at once, a slow reader costs little memory, and a peer that vanished is noticed. A kernel that
/// cannot do one of these serves all the same.
fn tune(io: &TcpStream) {
    let _ = io.set_nodelay(true);
    let _ = rustix::net::sockopt::set_socket_send_buffer_size(io, SEND_BUFFER);
    #[cfg(target_os = "linux")]
    let _ = rustix::net::sockopt::set_tcp_user_timeout(io, SILENCE);
}

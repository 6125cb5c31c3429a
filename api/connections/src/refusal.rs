//! What a connection is told that is not taken.

use crate::registry::Refused;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// So many are told at once; the others just close.
const TOLD: usize = 32;
/// How long a client has to read why.
const PATIENCE: Duration = Duration::from_secs(1);

static TELLING: AtomicUsize = AtomicUsize::new(0);

/// Says why, without waiting for a request, and closes.
pub(crate) fn refuse(mut connection: TcpStream, why: Refused) {
    let (word, detail) = match why {
        Refused::Address => {
            ("address", "Too many connections from this address. Close some, or try again in a moment.")
        }
        Refused::Server => ("server", "The server is busy. Try again in a moment."),
    };
    metrics::counter!("connections_refused", "bound" => word).increment(1);
    tracing::debug!(bound = word, "a connection is refused");
    if TELLING.fetch_add(1, Ordering::Relaxed) >= TOLD {
        TELLING.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    tokio::task::spawn_local(async move {
        let _ = tokio::time::timeout(PATIENCE, async {
            connection.write_all(answer(why, detail).as_bytes()).await?;
            connection.shutdown().await?;
            // Closing with something unread would take the answer away from the client.
            let mut rest = [0; 1024];
            while connection.read(&mut rest).await? > 0 {}
            Ok::<_, std::io::Error>(())
        })
        .await;
        TELLING.fetch_sub(1, Ordering::Relaxed);
    });
}

fn answer(why: Refused, detail: &str) -> String {
    let (status, title) = match why {
        Refused::Address => ("429 Too Many Requests", "Too many connections"),
        Refused::Server => ("503 Service Unavailable", "Too many connections"),
    };
    let number = status.split(' ').next().unwrap_or_default();
    let body = format!(
        "{{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{number},\"detail\":\"{detail}\",\
         \"code\":\"too_many_connections\"}}"
    );
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncache-control: no-store\r\nretry-after: 1\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

//! From containers to a server of this test that listens on the loopback alone.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Listens on every address of this machine and passes connections on; ends with this value.
pub struct Relay {
    /// Where it listens.
    pub port: u16,
    task: JoinHandle<()>,
}

impl Relay {
    /// Passes connections on to this port of the loopback.
    pub async fn to(target: u16) -> Self {
        let listener = TcpListener::bind(("0.0.0.0", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            while let Ok((mut inward, _)) = listener.accept().await {
                tokio::spawn(async move {
                    if let Ok(mut outward) = TcpStream::connect(("127.0.0.1", target)).await {
                        // However it ends, both sides are closed.
                        let _ = copy_bidirectional(&mut inward, &mut outward).await;
                    }
                });
            }
        });
        Self { port, task }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

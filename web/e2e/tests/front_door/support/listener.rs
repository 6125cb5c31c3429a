//! A server elsewhere that nobody ought to ask.

use std::sync::{Arc, Mutex};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

/// Listens, and notes every request line.
pub struct Listener {
    pub url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = seen.clone();
        tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let mut buffer = [0; 1024];
                let read = connection.read(&mut buffer).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&buffer[..read]).into_owned();
                noted.lock().unwrap().push(head.lines().next().unwrap_or("a connection").to_owned());
            }
        });
        Self { url, seen }
    }

    /// Fails if it was asked anything; shows first that it would have noticed.
    pub async fn was_left_alone(self) {
        let _ = reqwest::get(format!("{}/control", self.url)).await;
        assert_eq!(*self.seen.lock().unwrap(), ["GET /control HTTP/1.1"]);
    }
}

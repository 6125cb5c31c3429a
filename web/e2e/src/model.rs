//! A scripted OpenAI-compatible server over real HTTP, for tests.
//!
//! It answers one request a step, in order. [`ScriptedModel::finish`] fails on a request that the
//! script did not expect and on a step that no request used, and says what was received.

mod dialect;
mod reply;
mod server;
mod step;

pub use dialect::Dialect;
pub use reply::{Gate, Reply};
pub use step::{Received, Step};

use server::State;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// How long [`ScriptedModel::finish`] and the waits below are patient.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running scripted server; it ends with this value.
pub struct ScriptedModel {
    /// What `OPENAI_BASE_URL` should be, such as `http://127.0.0.1:49152/v1`.
    pub base_url: String,
    state: Arc<State>,
    server: actix_web::dev::ServerHandle,
    task: JoinHandle<io::Result<()>>,
}

impl ScriptedModel {
    /// Starts it on a free port of the loopback.
    ///
    /// # Errors
    /// If no port can be bound.
    pub async fn start(steps: impl IntoIterator<Item = Step>) -> io::Result<Self> {
        Self::serve(State::new(steps.into_iter().collect()))
    }

    /// Starts one that answers every request by itself and remembers none, for long runs.
    ///
    /// # Errors
    /// If no port can be bound.
    pub fn always(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> io::Result<Self> {
        Self::serve(State::always(Box::new(answer)))
    }

    fn serve(state: State) -> io::Result<Self> {
        let state = Arc::new(state);
        let (server, port) = server::bind(Arc::clone(&state))?;
        let handle = server.handle();
        Ok(Self { base_url: format!("http://127.0.0.1:{port}/v1"), state, server: handle, task: tokio::spawn(server) })
    }

    /// All requests so far, in order.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.state.received()
    }

    /// Waits until `count` requests were received.
    ///
    /// # Errors
    /// If that takes more than ten seconds; with what was received.
    pub async fn wait_for_requests(&self, count: usize) -> Result<(), String> {
        self.wait_until(&format!("{count} requests"), |received| received.len() >= count).await
    }

    /// Waits until the client of request `index` (from 0) went away before its answer was complete.
    ///
    /// # Errors
    /// If that takes more than ten seconds; with what was received.
    pub async fn wait_for_disconnect(&self, index: usize) -> Result<(), String> {
        let gone = |received: &[Received]| received.get(index).is_some_and(|r| r.disconnected);
        self.wait_until(&format!("the client of request {index} to disconnect"), gone).await
    }

    async fn wait_until(&self, what: &str, met: impl Fn(&[Received]) -> bool) -> Result<(), String> {
        let mut changes = self.state.changes();
        let wait = async {
            while !met(&self.state.received()) {
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait)
            .await
            .map_err(|_| format!("waited in vain for {what}; {}", self.state.describe_received()))
    }

    /// Ends the server and judges the script.
    ///
    /// # Errors
    /// Every unmet expectation, unexpected request and unused step, and what was received.
    pub async fn finish(self) -> Result<Vec<Received>, String> {
        self.server.stop(false).await;
        self.task.abort();
        self.state.verdict().map(|()| self.state.received())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    #[tokio::test]
    async fn a_page_that_lost_its_own_server_is_no_part_of_the_script() {
        let model = ScriptedModel::start([]).await.unwrap();
        let address = model.base_url.trim_start_matches("http://").trim_end_matches("/v1");
        let mut page = TcpStream::connect(address).await.unwrap();
        page.write_all(b"GET /api/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        page.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        assert!(model.finish().await.unwrap().is_empty());
    }
}

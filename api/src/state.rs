//! What every handler may use.

use crate::accounts::{AccessCache, Keys, Passwords, Successors};
use crate::chat::Chat;
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::Db;
use crate::error::ApiError;
use crate::http::{RateLimits, STREAMS_MAX};
use crate::plain_http;
use crate::signals::Signals;
use crate::tasks::PageCache;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use todo_connections::Shares;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a connection to the agent may take to open.
const AGENT_CONNECT: Duration = Duration::from_secs(5);

/// What every handler may use. Clones share everything.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Wakes streams.
    pub signals: Arc<Signals>,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub settings: Arc<Settings>,
    /// For calls to the agent.
    pub http: reqwest::Client,
    /// Cancelled when the server stops: streams end, turns are interrupted.
    pub shutdown: CancellationToken,
    /// Who may come in, remembered for a moment.
    pub access: Arc<AccessCache>,
    /// Refresh tokens that several tabs may ask for at once.
    pub successors: Arc<Successors>,
    /// Signs and verifies access tokens.
    pub keys: Arc<Keys>,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// Pages of tasks that were asked for a moment ago.
    pub(crate) pages: Arc<PageCache>,
    /// Who came too often.
    pub limits: Arc<RateLimits>,
    /// Streams of events that each account has open.
    pub streams: Arc<Shares<i64>>,
    /// Turns at work.
    pub chat: Arc<Chat>,
    background: Background,
}

/// Work that outlives the request that began it, on the runtime that the server was started on.
#[derive(Clone)]
struct Background {
    runtime: Handle,
    tasks: TaskTracker,
}

impl AppState {
    /// Puts the parts together. To be called within a tokio runtime, on which background work will run.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(settings: Settings, db: Db, signals: Arc<Signals>, clock: Clock) -> Result<Self, reqwest::Error> {
        let http =
            plain_http::client().connect_timeout(AGENT_CONNECT).redirect(reqwest::redirect::Policy::none()).build()?;
        let runtime = Handle::current();
        Ok(Self {
            db,
            signals,
            clock,
            http,
            shutdown: CancellationToken::new(),
            access: Arc::new(AccessCache::new()),
            successors: Arc::new(Successors::new()),
            keys: Arc::new(Keys::new(&settings.secrets)),
            passwords: Passwords::new(runtime.clone()),
            pages: Arc::new(PageCache::new()),
            limits: Arc::new(RateLimits::new(settings.rate_limit)),
            settings: Arc::new(settings),
            streams: Shares::new(STREAMS_MAX),
            chat: Arc::new(Chat::default()),
            background: Background { runtime, tasks: TaskTracker::new() },
        })
    }

    /// Runs `work` apart from any request. It should end soon after `shutdown` is cancelled: the server
    /// waits for it, within a bound.
    pub fn spawn<F>(&self, work: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.background.tasks.spawn_on(work, &self.background.runtime);
    }

    /// Waits until all that was spawned has ended, `within` at most; whether it has.
    pub async fn finish(&self, within: Duration) -> bool {
        self.background.tasks.close();
        tokio::time::timeout(within, self.background.tasks.wait()).await.is_ok()
    }
}

/// Runs `work` to its end even if nobody waits for it any more.
///
/// # Errors
/// What `work` answers; the server stops.
pub(crate) async fn apart<T, F>(state: &AppState, work: F) -> Result<T, ApiError>
where
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
    T: Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    state.spawn(async move {
        let _ = sender.send(work.await);
    });
    receiver.await.map_err(ApiError::internal)?
}

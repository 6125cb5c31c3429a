//! The one write connection, on a thread of its own. Writes that wait at the same time share a commit.

use super::queue::{Queue, Refused};
use super::setup::{self, OpenError};
use super::space::Space;
use super::{Options, Scope, storage_error, storage_fault};
use crate::error::{ApiError, Code};
use crate::signals::{Signals, Topic};
use diesel::connection::Connection;
use diesel::result::Error as DieselError;
use diesel::sqlite::SqliteConnection;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use todo_sqlite_deadline::{self as deadline, Limit};
use tokio::sync::oneshot;

/// Most writes in one commit.
const GROUP_MAX: usize = 128;
/// After this time no more writes join a commit: those that came first want their answers.
const GROUP_FOR: Duration = Duration::from_millis(20);

/// A write in progress: a connection, and the topics to wake after the commit.
pub struct Tx<'a> {
    connection: &'a mut SqliteConnection,
    topics: &'a mut Vec<Topic>,
    account_max_bytes: i64,
}

impl Tx<'_> {
    /// Most bytes that an account may take up.
    pub(crate) fn account_max_bytes(&self) -> i64 {
        self.account_max_bytes
    }

    /// Wakes `topic`'s streams once this is committed.
    pub fn wake(&mut self, topic: Topic) {
        if !self.topics.contains(&topic) {
            self.topics.push(topic);
        }
    }
}

impl Deref for Tx<'_> {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        self.connection
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.connection
    }
}

/// Tells a caller how its write ended: given what became of the commit.
type Answer = Box<dyn FnOnce(Result<(), Code>) + Send>;
/// What a write did in its savepoint.
struct Step {
    topics: Vec<Topic>,
    written: bool,
    fault: Option<Code>,
    answer: Answer,
}
/// Does a write, or, given a code, refuses it.
type Work = Box<dyn FnOnce(&mut SqliteConnection, Option<Code>) -> Step + Send>;

/// When a write may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// While the disk has room.
    Ordinary,
    /// Also when it is nearly full.
    Essential,
}

struct Job {
    need: Need,
    work: Work,
}

#[derive(Clone)]
pub(super) struct Writer {
    queue: Arc<Queue<Job>>,
    account_max_bytes: i64,
    timeout: Duration,
    _closes: Arc<Closes>,
}

/// Ends the thread with the last of the clones.
struct Closes(Arc<Queue<Job>>);

impl Drop for Closes {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Writer {
    pub(super) fn start(file: &Path, options: &Options, signals: Arc<Signals>) -> Result<Self, OpenError> {
        let connection = setup::connect(file)?;
        let queue = Arc::new(Queue::new());
        let mut space = Space::new(file, options.reserve_bytes);
        // The reserve is made before it is needed.
        space.is_low(|| 0);
        let thread = WriterThread { file: file.to_owned(), connection, queue: Arc::clone(&queue), signals, space };
        std::thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || thread.run())
            .map_err(|e| OpenError::new(file, e))?;
        Ok(Self {
            account_max_bytes: i64::try_from(options.account_max_bytes).unwrap_or(i64::MAX),
            timeout: options.query_timeout,
            _closes: Arc::new(Closes(Arc::clone(&queue))),
            queue,
        })
    }

    pub(super) async fn run<T, F>(&self, scope: Scope, need: Need, work: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let (account_max_bytes, timeout) = (self.account_max_bytes, self.timeout);
        let work: Work = Box::new(move |connection, refused| {
            let mut topics = Vec::new();
            let limit = Limit { until: Instant::now() + timeout, given_up: None };
            let result = match refused {
                Some(code) => Err(storage_error(code)),
                None => deadline::within(limit, || {
                    connection
                        .transaction(|connection| work(&mut Tx { connection, topics: &mut topics, account_max_bytes }))
                }),
            };
            let fault = result.as_ref().err().filter(|e| refused.is_none() && e.is_storage_fault()).map(|e| e.code);
            let written = result.is_ok();
            if !written {
                topics.clear();
            }
            let answer: Answer = Box::new(move |commit| {
                // The caller may have gone away; the write stands all the same.
                let _ = sender.send(result.and_then(|value| commit.map(|()| value).map_err(storage_error)));
            });
            Step { topics, written, fault, answer }
        });
        self.queue.push(&scope, Job { need, work }).map_err(refused)?;
        // A write that could not even begin is dropped unheard.
        receiver.await.map_err(|_| storage_error(Code::StorageUnavailable))?
    }
}

fn refused(why: Refused) -> ApiError {
    let (code, detail) = match why {
        Refused::Full => (Code::Overloaded, "Too many changes are waiting. Please try again shortly."),
        Refused::LaneFull => {
            (Code::RateLimited, "Too many changes of this account are waiting. Wait for the answers to some of them.")
        }
        Refused::Closed => (Code::StorageUnavailable, "The server is stopping."),
    };
    ApiError { retry_after: Some(1), ..ApiError::new(code, detail) }
}

struct WriterThread {
    file: PathBuf,
    connection: SqliteConnection,
    queue: Arc<Queue<Job>>,
    signals: Arc<Signals>,
    space: Space,
}

impl WriterThread {
    fn run(mut self) {
        while let Some(first) = self.queue.pop() {
            self.commit_group(first);
        }
    }

    fn commit_group(&mut self, first: Job) {
        let mut steps = Vec::new();
        let (queue, space, begun) = (&self.queue, &mut self.space, Instant::now());
        let committed = self.connection.immediate_transaction(|connection| {
            let mut next = Some(first);
            while let Some(job) = next {
                let refused = match job.need {
                    Need::Ordinary => space.is_low(|| setup::unused_bytes(connection)).then_some(Code::StorageFull),
                    Need::Essential => {
                        space.make_room();
                        None
                    }
                };
                let step = (job.work)(connection, refused);
                let fault = step.fault;
                steps.push(step);
                // After such a fault SQLite may have rolled back by itself: nothing more may run here.
                if let Some(code) = fault {
                    return Err(Fault(code));
                }
                let room = steps.len() < GROUP_MAX && begun.elapsed() < GROUP_FOR;
                next = if room { queue.try_pop() } else { None };
            }
            Ok(())
        });
        let outcome = committed.map_err(|Fault(code)| code);
        crate::telemetry::record_commit(steps.len(), self.queue.len());
        if outcome.is_err() {
            self.reconnect();
        }
        if outcome.is_ok() {
            // Before any answer: who was told of a change must not be shown a page from before it.
            steps.iter().filter(|step| step.written).for_each(|step| self.signals.changes.note(&step.topics));
        }
        for step in steps {
            (step.answer)(outcome);
            if outcome.is_ok() {
                step.topics.into_iter().for_each(|topic| self.signals.wake(topic));
            }
        }
    }

    /// A connection whose transaction broke is not to be trusted with the next one.
    fn reconnect(&mut self) {
        match setup::connect(&self.file) {
            Ok(connection) => self.connection = connection,
            Err(error) => tracing::error!(%error, "cannot reopen the database; going on with the old connection"),
        }
    }
}

/// Why a group was not committed.
struct Fault(Code);

impl From<DieselError> for Fault {
    fn from(error: DieselError) -> Self {
        tracing::error!(%error, "a group of writes was not committed");
        let code = match &error {
            DieselError::DatabaseError(_, info) => storage_fault(info.message()),
            _ => None,
        };
        Self(code.unwrap_or(Code::StorageUnavailable))
    }
}

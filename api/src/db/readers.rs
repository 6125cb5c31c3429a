//! The pool of read connections.

use super::Options;
use super::setup::{self, OpenError};
use crate::error::{ApiError, Code};
use diesel::connection::Connection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use diesel::sqlite::SqliteConnection;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use todo_sqlite_deadline::{self as deadline, Limit};
use tokio::sync::Semaphore;

/// How long a request waits for a connection.
const WAIT: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(super) struct Readers {
    pool: Pool<ConnectionManager<SqliteConnection>>,
    // Waiting happens here, without a thread, and not in the pool.
    free: Arc<Semaphore>,
    timeout: Duration,
}

/// Set when the future that waits for the answer is gone.
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[derive(Debug)]
struct ReadOnly;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for ReadOnly {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        setup::pragmas(connection, setup::READER).map_err(diesel::r2d2::Error::QueryError)
    }
}

impl Readers {
    pub(super) fn open(file: &Path, options: &Options) -> Result<Self, OpenError> {
        let count = options.readers;
        let pool = Pool::builder()
            .max_size(count)
            .min_idle(Some(1))
            .connection_timeout(WAIT)
            .test_on_check_out(false)
            .connection_customizer(Box::new(ReadOnly))
            .build(ConnectionManager::new(setup::url(file)))
            .map_err(|e| OpenError::new(file, e))?;
        Ok(Self { pool, free: Arc::new(Semaphore::new(count as usize)), timeout: options.query_timeout })
    }

    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut SqliteConnection) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        let busy = || ApiError { retry_after: Some(1), ..ApiError::new(Code::Overloaded, "Please try again shortly.") };
        let permit = tokio::time::timeout(WAIT, Arc::clone(&self.free).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(ApiError::internal)?;
        let (pool, timeout) = (self.pool.clone(), self.timeout);
        let given_up = GivenUp(Arc::new(AtomicBool::new(false)));
        let flag = Arc::clone(&given_up.0);
        let work = move || {
            let mut pooled = pool.get().map_err(|e| ApiError { source: Some(Box::new(e)), ..busy() })?;
            let connection: &mut SqliteConnection = &mut pooled;
            let limit = Limit { until: Instant::now() + timeout, given_up: Some(flag) };
            let result = deadline::within(limit, || connection.transaction(work));
            drop(permit);
            result
        };
        let result = tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?;
        drop(given_up);
        result
    }
}

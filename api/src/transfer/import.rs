//! Reading the document back: all of it is checked before anything is written. What is more than one write may take is
//! handed to a job in parts.

use super::document::{Checked, CheckedDocument, Document};
use super::known::Known;
use crate::db::{Scope, Tx};
use crate::error::{ApiError, Code};
use crate::identity::Author;
use crate::jobs::{self, Budget, JobAuthor, JobRow, NewJob, PartRow, ROWS_IN_ONE_WRITE, Step};
use crate::journal::store as journal;
use crate::state::AppState;
use crate::tasks::{self, Stamp};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_contract::{JobKind, OperationKind};
use utoipa::ToSchema;

/// Tasks of a part.
const PART_ITEMS: usize = 50;
/// Bytes of parts that are handed over in one write.
const PARTS_BYTES: usize = 512 << 10;
/// Titles that a preview shows.
const SAMPLE: usize = 20;

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Imported {
    /// Tasks taken in.
    pub(super) imported: u64,
    /// Tasks that were there already, and were left.
    pub(super) known: u64,
    /// Whether an earlier request under the same key did it.
    pub(super) replayed: bool,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Preview {
    /// Tasks that would be taken in.
    new: usize,
    /// Tasks that are there already.
    known: usize,
    /// All tasks of the document.
    total: usize,
    /// The first titles of those that would be taken in, at most 20.
    sample: Vec<String>,
}

/// A checked document, and which of its tasks are new.
pub(super) struct Plan {
    new: Vec<Checked>,
    known: usize,
}

/// What becomes of an import.
pub(super) enum Outcome {
    Done(Imported),
    Begun(Box<JobRow>),
}

/// What the job needs besides its parts.
#[derive(Serialize, Deserialize)]
struct Input {
    author: JobAuthor,
    known: u64,
    /// Whether all parts are there.
    received: bool,
}

/// Reads and checks a document; to be run where it may take a while.
///
/// # Errors
/// The first field that breaks its rule, with its path in the document.
pub(super) fn read(body: &[u8], author: &Author) -> Result<CheckedDocument, ApiError> {
    crate::http::parse::<Document>(body)?.check(author)
}

/// Looks which of the tasks are there already, unless `keep_doubles` says that all are to be taken in.
///
/// # Errors
/// The database's.
pub(super) async fn plan(
    state: &AppState,
    author: &Author,
    document: CheckedDocument,
    keep_doubles: bool,
) -> Result<Plan, ApiError> {
    if keep_doubles {
        return Ok(Plan { new: document.tasks, known: 0 });
    }
    let mut there = Known::read(state, author.user_id).await?;
    let own = document.account == Some(author.user_id);
    let total = document.tasks.len();
    let mut new = document.tasks;
    if own {
        new.retain(|task| !there.takes_number(task));
    }
    new.retain(|task| !there.takes_title(task));
    let known = total - new.len();
    Ok(Plan { new, known })
}

impl Plan {
    pub(super) fn preview(&self) -> Preview {
        let sample = self.new.iter().take(SAMPLE).map(|task| task.new.title.to_string()).collect();
        Preview { new: self.new.len(), known: self.known, total: self.new.len() + self.known, sample }
    }
}

/// What an earlier request under the same key did.
///
/// # Errors
/// `idempotency_key_reused` if that was another request.
pub(super) async fn replay(state: &AppState, author: &Author) -> Result<Option<Outcome>, ApiError> {
    if author.idempotency_key.is_none() {
        return Ok(None);
    }
    let author = author.clone();
    let find = move |conn: &mut crate::db::Connection| {
        let reused = || ApiError::new(Code::IdempotencyKeyReused, "Send a new key with a new request.");
        if let Some(row) = jobs::replay(conn, &author)? {
            return if row.kind()? == JobKind::Import {
                Ok(Some(Outcome::Begun(Box::new(row))))
            } else {
                Err(reused())
            };
        }
        let Some(key) = author.idempotency_key.as_deref() else { return Ok(None) };
        let Some(first) = journal::by_key(conn, &author, key)? else { return Ok(None) };
        if first.operation.kind != OperationKind::Create {
            return Err(reused());
        }
        let imported = journal::count(conn, author.user_id, &first.operation.group)?;
        Ok(Some(Outcome::Done(Imported { imported: imported as u64, known: 0, replayed: true })))
    };
    state.db.read(find).await
}

/// Writes the tasks as one group, so that one undo takes them all back; many of them by a job, which begins once all
/// its parts are handed over.
///
/// # Errors
/// The account is full, or has a job at work; then none is written.
pub(super) async fn write(state: &AppState, author: Author, plan: Plan) -> Result<Outcome, ApiError> {
    let (count, known) = (plan.new.len(), plan.known as u64);
    let user_id = author.user_id;
    if count <= ROWS_IN_ONE_WRITE {
        let write = move |tx: &mut Tx<'_>| {
            jobs::check_idle(tx, author.user_id)?;
            insert(tx, &author, plan.new, author.idempotency_key.as_deref())
        };
        state.db.write(Scope::Account(user_id), write).await?;
        return Ok(Outcome::Done(Imported { imported: count as u64, known, replayed: false }));
    }
    let mut input = Input { author: JobAuthor::of(&author), known, received: false };
    let begun = serde_json::to_string(&input).map_err(ApiError::internal)?;
    let begin = move |tx: &mut Tx<'_>| {
        tasks::check_room(tx, author.user_id, i64::try_from(count).unwrap_or(i64::MAX))?;
        let input: serde_json::Value = serde_json::from_str(&begun).map_err(ApiError::internal)?;
        jobs::start(tx, &author, &NewJob { kind: JobKind::Import, total: count, input: &input })
    };
    let row = state.db.write(Scope::Account(user_id), begin).await?;
    input.received = true;
    // Apart from the request: the rest is there also when the client has gone away.
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let (background, job) = (state.clone(), row.clone());
    state.spawn(async move {
        let stored = match hand_over(&background, &job, plan.new).await {
            Ok(()) => jobs::receive(&background, user_id, job.id.clone(), input).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &stored {
            let shown = ApiError::new(error.code, error.detail.clone());
            if let Err(error) = jobs::fail(&background, job.id, user_id, shown).await {
                tracing::warn!(%error, "an import that could not be stored was not ended");
            }
        }
        let _ = sender.send(stored);
    });
    receiver.await.map_err(ApiError::internal)??;
    Ok(Outcome::Begun(Box::new(row)))
}

async fn hand_over(state: &AppState, row: &JobRow, tasks: Vec<Checked>) -> Result<(), ApiError> {
    let (mut waiting, mut bytes, mut tasks) = (Vec::new(), 0, tasks.into_iter());
    for part in 0.. {
        let items: Vec<Checked> = tasks.by_ref().take(PART_ITEMS).collect();
        if items.is_empty() {
            break;
        }
        let data = serde_json::to_string(&items).map_err(ApiError::internal)?;
        bytes += data.len();
        let items = i64::try_from(items.len()).unwrap_or_default();
        waiting.push(PartRow { job_id: row.id.clone(), part, items, data });
        if bytes >= PARTS_BYTES {
            jobs::hand_over(state, row.user_id, std::mem::take(&mut waiting)).await?;
            bytes = 0;
        }
    }
    jobs::hand_over(state, row.user_id, waiting).await
}

/// Takes in the next parts.
pub(crate) fn step(tx: &mut Tx<'_>, row: &JobRow, now: Timestamp) -> Result<Step, ApiError> {
    let input: Input = jobs::input(row)?;
    if !input.received {
        return Ok(Step::Later);
    }
    let author = input.author.author(row, now);
    let (mut budget, mut done) = (Budget::begin(), 0);
    loop {
        let Some(part) = jobs::first_part(tx, &row.id)? else { return Ok(Step::Last(done)) };
        let items: Vec<Checked> = serde_json::from_str(&part.data).map_err(ApiError::internal)?;
        let count = items.len();
        insert(tx, &author, items, None)?;
        jobs::remove_part(tx, &part)?;
        done += part.items;
        if !budget.spend(count) {
            return Ok(Step::More(done));
        }
    }
}

fn insert(tx: &mut Tx<'_>, author: &Author, items: Vec<Checked>, key: Option<&str>) -> Result<(), ApiError> {
    let stamped = items.into_iter().enumerate().map(|(index, item)| {
        let stamp = Stamp::keyed(key.filter(|_| index == 0));
        (stamp, move |id| item.into_task(id, author.now))
    });
    tasks::insert_all(tx, author, stamped.collect())
}

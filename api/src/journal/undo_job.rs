//! An undo or a redo of more rows than one write may take. It first looks whether every task is as it was left, so
//! that a conflict that is there from the start changes nothing; then it takes back page by page.

use super::store::{self, Record};
use super::undo;
use crate::db::Tx;
use crate::error::ApiError;
use crate::identity::Author;
use crate::jobs::{self, Budget, JobAuthor, JobRow, NewJob, Step};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use todo_contract::{JobKind, OperationId};

/// Rows read at once.
const PAGE: usize = 50;

#[derive(Serialize, Deserialize)]
struct Input {
    author: JobAuthor,
    group: String,
    /// Checked down to this operation.
    checked: Option<OperationId>,
    /// All are checked.
    ready: bool,
}

pub(super) fn start(
    tx: &mut Tx<'_>,
    author: &Author,
    group: &str,
    kind: JobKind,
    total: usize,
) -> Result<JobRow, ApiError> {
    let input = Input { author: JobAuthor::of(author), group: group.to_owned(), checked: None, ready: false };
    jobs::start(tx, author, &NewJob { kind, total, input: &input })
}

/// The next rows.
pub(crate) fn step(tx: &mut Tx<'_>, row: &JobRow, now: Timestamp) -> Result<Step, ApiError> {
    let mut input: Input = jobs::input(row)?;
    if !input.ready {
        check(tx, row.user_id, &mut input)?;
        jobs::set_input(tx, &row.id, &input)?;
        return Ok(Step::More(0));
    }
    let author = input.author.author(row, now);
    let (mut budget, mut done) = (Budget::begin(), 0);
    loop {
        let page = page(tx, row.user_id, &input.group)?;
        if page.is_empty() {
            return Ok(Step::Last(done));
        }
        undo::take_back(tx, &author, &page)?;
        done += i64::try_from(page.len()).unwrap_or_default();
        if !budget.spend(page.len()) {
            return Ok(Step::More(done));
        }
    }
}

fn check(tx: &mut Tx<'_>, user_id: i64, input: &mut Input) -> Result<(), ApiError> {
    let mut budget = Budget::begin();
    loop {
        let page = store::standing(tx, user_id, &input.group, input.checked, PAGE)?;
        for record in &page {
            undo::as_left(tx, user_id, &record.operation)?;
        }
        match page.last() {
            None => input.ready = true,
            Some(last) => input.checked = Some(last.operation.id),
        }
        if input.ready || !budget.spend(page.len()) {
            return Ok(());
        }
    }
}

/// The latest rows that stand. What was caused is left for the next page if its cause is not on this one.
fn page(tx: &mut Tx<'_>, user_id: i64, group: &str) -> Result<Vec<Record>, ApiError> {
    let mut page = store::standing(tx, user_id, group, None, PAGE)?;
    if let Some(first) = page.first() {
        // A long history of undos and redos of the same makes each row more work.
        let links = store::chain(tx, user_id, first.operation.undoes)?.len();
        page.truncate((4 * PAGE / (1 + links)).clamp(2, PAGE));
    }
    let last = page.last().map(|last| last.operation.id);
    let waits = |record: &Record| record.caused_by.is_some_and(|cause| last.is_some_and(|last| cause < last));
    if page.len() > 1 && page.last().is_some_and(waits) {
        page.pop();
    }
    Ok(page)
}

//! What the fuzzer calls, with what must hold.

use super::recurrence::{begin, check, next};
use super::search::{Search, expression};
use crate::db;
use crate::text;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _};
use std::cell::RefCell;
use todo_contract::{Due, Repeat, RepeatFrom, Rule, TimeZoneName};

/// A rule from a day on, completed some days late: refused, or there is a next day after both.
pub(crate) fn followed(rule: &str, (year, day): (i16, i16), late: i32, from_completion: bool) {
    let Ok(rule) = Rule::new(rule) else { return };
    let start = Date::new(year, 1, 1).unwrap().saturating_add(Span::new().days(day - 1));
    let from = if from_completion { RepeatFrom::Completion } else { RepeatFrom::Due };
    let repeat = Repeat { rule, from };
    let valid = check(&repeat.rule, start).is_ok();
    if let Ok(first) = begin(&repeat, start) {
        assert!(first.date >= start);
    }
    let today = start.saturating_add(late.days());
    let Ok(now) = today.to_zoned(TimeZone::UTC) else { return };
    if let Some(following) = next(&Due::on(start), &repeat, now.timestamp(), &TimeZoneName::utc()) {
        assert!(valid || late != 0 || from_completion, "{}", repeat.rule);
        assert!(following.due.date > start && following.due.date > today);
        assert!(check(&following.repeat.rule, start).is_ok() || !valid, "{}", following.repeat.rule);
    }
}

pub(crate) struct Index(RefCell<SqliteConnection>, #[expect(dead_code, reason = "goes with it")] tempfile::TempDir);

/// An empty index of words.
pub(crate) fn index() -> Index {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("todo.sqlite3");
    db::migrate(&file).unwrap();
    Index(RefCell::new(db::connect(&file).unwrap()), folder)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// A text that is put into the index is found by what it says itself, and by no other account.
pub(crate) fn searched(index: &Index, text: &str) {
    let mut conn = index.0.borrow_mut();
    let text = text.replace('\0', " ");
    let Search::Words(words) = Search::of(&text) else { return };
    conn.batch_execute("BEGIN").unwrap();
    let insert = "INSERT INTO task_search (rowid, title, notes, tags) VALUES (1, ?, '', '[]')";
    diesel::sql_query(insert).bind::<Text, _>(text::indexed(7, &text)).execute(&mut *conn).unwrap();
    for (owner, wanted) in [(7, 1), (77, 0)] {
        let query = "SELECT count(*) AS count FROM task_search WHERE task_search MATCH ?";
        let query = diesel::sql_query(query).bind::<Text, _>(expression(owner, &words));
        assert_eq!(query.get_result::<Count>(&mut *conn).unwrap().count, wanted, "{text:?}");
    }
    conn.batch_execute("ROLLBACK").unwrap();
}

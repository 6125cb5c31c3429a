//! Which indexes the list's statements use, as SQLite itself tells.

use super::*;
use crate::db;
use crate::tasks::list::{ListParams, Query};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use jiff::Timestamp;
use todo_contract::{Locale, Notes, Priority, TaskId, TaskStatus, TimeZoneName, Title};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

fn database() -> (tempfile::TempDir, SqliteConnection) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("todo.sqlite3");
    db::migrate(&file).unwrap();
    (folder, db::connect(&file).unwrap())
}

fn plan(conn: &mut SqliteConnection, sql: &str) -> String {
    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn).unwrap();
    steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("\n")
}

fn query(read: impl FnOnce(&mut ListParams)) -> Query {
    let mut params = ListParams::default();
    read(&mut params);
    Query::of_params(&params, &TimeZoneName::utc(), Locale::default(), Timestamp::UNIX_EPOCH).unwrap()
}

#[test]
fn the_usual_list_is_read_off_an_index_in_its_order() {
    let (_folder, mut conn) = database();
    let usual = query(|_| ());
    let mut next = usual.clone();
    let task = Task {
        id: TaskId(1),
        title: Title::new("a").unwrap(),
        notes: Notes::default(),
        status: TaskStatus::Open,
        priority: Priority::None,
        due: None,
        repeat: None,
        tags: Vec::new(),
        position: "a1i".to_owned(),
        version: 1,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        completed_at: None,
        deleted_at: None,
    };
    next.cursor = Some(usual.cursor_after(&task));
    for (query, index) in [
        (usual, "tasks_by_position (user_id=? AND done=?)"),
        (next, "tasks_by_position (user_id=? AND done=? AND (position,id)>(?,?))"),
        (query(|params| params.status = Some("done".into())), "tasks_by_position (user_id=? AND done=?)"),
        (query(|params| params.sort = Some("due".into())), "tasks_by_due (user_id=? AND done=?)"),
    ] {
        let plan = plan(&mut conn, &page_sql(1, &query).text);
        assert_eq!(plan, format!("SEARCH tasks USING INDEX {index}"), "{}", page_sql(1, &query).text);
    }
}

#[test]
fn days_of_completion_are_read_off_an_index_of_their_own() {
    let (_folder, mut conn) = database();
    let query = query(|params| params.completed = Some("2027-03-01".into()));
    for sql in [page_sql(1, &query).text, count_sql(1, &query.filter).text] {
        let plan = plan(&mut conn, &sql);
        let index = "SEARCH tasks USING INDEX tasks_by_completion (user_id=? AND completed_at>? AND completed_at<?)";
        assert_eq!(plan.lines().next(), Some(index), "{sql}");
    }
}

#[test]
fn counting_reads_the_index_alone() {
    let (_folder, mut conn) = database();
    let plan = plan(&mut conn, &count_sql(1, &query(|_| ()).filter).text);
    assert_eq!(plan, "SEARCH tasks USING COVERING INDEX tasks_by_position (user_id=? AND done=?)");
}

#[test]
fn filters_search_and_never_scan_the_tasks() {
    let (_folder, mut conn) = database();
    conn.batch_execute("ANALYZE").unwrap();
    for (name, query) in [
        ("due", query(|params| params.due = Some("today".into()))),
        ("completed", query(|params| params.completed = Some("2027-03-01".into()))),
        ("tag", query(|params| params.tag = Some("home".into()))),
        ("search", query(|params| params.q = Some("milk".into()))),
        ("sorted search", query(|params| (params.q, params.sort) = (Some("milk".into()), Some("due".into())))),
        ("trash", query(|params| params.status = Some("trash".into()))),
    ] {
        let plan = plan(&mut conn, &page_sql(1, &query).text);
        assert!(!plan.lines().any(|step| step.starts_with("SCAN tasks")), "{name}: {plan}");
    }
}

#[test]
fn a_search_begins_with_the_words_whatever_the_statistics_say() {
    let (_folder, mut conn) = database();
    for statistics in ["", "ANALYZE", FILLED] {
        conn.batch_execute(statistics).unwrap();
        for (name, query) in [
            ("best match", query(|params| params.q = Some("milk bread".into()))),
            ("by date", query(|params| (params.q, params.sort) = (Some("milk".into()), Some("due".into())))),
            ("by title", query(|params| (params.q, params.sort) = (Some("milk".into()), Some("title".into())))),
            ("with a tag", query(|params| (params.q, params.tag) = (Some("milk".into()), Some("home".into())))),
            ("overdue", query(|params| (params.q, params.due) = (Some("milk".into()), Some("overdue".into())))),
        ] {
            for sql in [page_sql(1, &query).text, count_sql(1, &query.filter).text] {
                let plan = plan(&mut conn, &sql);
                let steps: Vec<&str> =
                    plan.lines().filter(|step| step.contains("task_search") || step.contains("tasks")).collect();
                assert!(steps[0].starts_with("SCAN task_search VIRTUAL TABLE INDEX"), "{name}: {plan}");
                assert!(steps[1].starts_with("SEARCH tasks USING INTEGER PRIMARY KEY (rowid=?)"), "{name}: {plan}");
            }
        }
    }
}

/// Statistics as of a table with a million rows.
const FILLED: &str = "DELETE FROM sqlite_stat1; \
    INSERT INTO sqlite_stat1 VALUES ('tasks', 'tasks_by_position', '1000000 2 1 1 1 1'), ('tasks', NULL, '1000000'); \
    ANALYZE sqlite_schema;";

#[test]
fn last_undo_and_history_use_their_indexes() {
    let (_folder, mut conn) = database();
    for sql in [
        "SELECT * FROM operations WHERE user_id = ? AND task_id = ? AND id < ? ORDER BY id DESC LIMIT 51",
        "SELECT * FROM operations WHERE user_id = ? AND id > ? ORDER BY id LIMIT 100",
    ] {
        let plan = plan(&mut conn, sql);
        assert!(plan.starts_with("SEARCH operations USING INDEX") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

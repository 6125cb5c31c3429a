//! The database: the writer that groups commits, a full disk, and the tables as Diesel sees them.

use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::json;
use std::collections::BTreeMap;
use todo_api::db::Scope;
use todo_api::error::{ApiError, Code};

async fn pairs(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS count FROM pairs".to_owned()).await
}

async fn app_with_pairs() -> TestApp {
    let app = TestApp::start().await;
    app.state
        .db
        .write(Scope::Global, |tx| Ok(tx.batch_execute("CREATE TABLE pairs (a INTEGER UNIQUE)")?))
        .await
        .unwrap();
    app
}

#[tokio::test]
async fn a_write_that_fails_takes_back_its_own_work_alone() {
    let app = app_with_pairs().await;
    let writes = (0..300).map(|n| {
        app.state.db.write(Scope::Global, move |tx| {
            tx.batch_execute(&format!("INSERT INTO pairs VALUES ({n})"))?;
            if n % 3 == 0 { Err(ApiError::not_found("number")) } else { Ok(n) }
        })
    });
    let results = futures_util::future::join_all(writes).await;
    let failed = results.iter().filter(|result| result.as_ref().is_err_and(|e| e.code == Code::NotFound)).count();
    assert_eq!((failed, results.len() - failed), (100, 200));
    assert_eq!(pairs(&app).await, 200);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_take_back_its_write() {
    let app = app_with_pairs().await;
    {
        let write = app.state.db.write(Scope::Global, |tx| Ok(tx.batch_execute("INSERT INTO pairs VALUES (1)")?));
        let mut write = std::pin::pin!(write);
        // Polled once, so that the write is queued, and dropped.
        let _ = futures_util::poll!(write.as_mut());
    }
    app.until(async || pairs(&app).await == 1).await;
}

#[tokio::test]
async fn a_full_disk_is_said_so_loses_nothing_and_passes() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    assert_eq!(ada.post("/api/tasks", json!({ "title": "Before" })).await.0, 201);
    app.state.db.write(Scope::Global, |tx| Ok(tx.batch_execute("PRAGMA max_page_count = 1")?)).await.unwrap();
    let notes = "x".repeat(9_999);
    let mut refused = None;
    for n in 0..200 {
        let (status, problem) = ada.post("/api/tasks", json!({ "title": format!("Task {n}"), "notes": notes })).await;
        if status != 201 {
            refused = Some((n, status, problem));
            break;
        }
    }
    let (made, status, problem) = refused.expect("the file cannot grow");
    assert_eq!((status, &problem["code"]), (507, &json!("storage_full")), "{problem}");
    let total = ada.get("/api/tasks").await.1["total"].clone();
    assert_eq!(total, json!(made + 1), "what was acknowledged is there, and nothing else");
    app.state.db.write(Scope::Global, |tx| Ok(tx.batch_execute("PRAGMA max_page_count = 1000000")?)).await.unwrap();
    assert_eq!(ada.post("/api/tasks", json!({ "title": "After", "notes": notes })).await.0, 201);
    assert!(todo_api::db::check(&app.database()).unwrap().is_empty());
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
}

/// `schema.rs` as text: table to columns, each with its type.
fn declared() -> BTreeMap<String, Vec<(String, String)>> {
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut table = String::new();
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.strip_suffix(") {").and_then(|line| line.split_once(" (")) {
            table = name.to_owned();
        } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ")
            && !line.starts_with("diesel::")
        {
            tables.entry(table.clone()).or_default().push((name.to_owned(), kind.to_owned()));
        }
    }
    tables
}

fn diesel_type(column: &Column) -> String {
    let kind = match column.kind.as_str() {
        "INTEGER" if column.name == "attempt" => "Integer",
        "INTEGER" | "BIGINT" => "BigInt",
        "SMALLINT" => "SmallInt",
        "TEXT" => "Text",
        "BLOB" => "Binary",
        "BOOLEAN" => "Bool",
        other => panic!("what is {other}?"),
    };
    if column.required == 1 { kind.to_owned() } else { format!("Nullable<{kind}>") }
}

#[tokio::test]
async fn the_schema_is_what_the_migrations_make() {
    let app = TestApp::start().await;
    let mut connection = todo_api::db::connect(&app.database()).unwrap();
    let tables = "SELECT name, '' AS kind, 0 AS required FROM sqlite_schema WHERE type = 'table' \
                  AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'task\\_search%' ESCAPE '\\'";
    let mut actual = BTreeMap::new();
    for table in diesel::sql_query(tables).load::<Column>(&mut connection).unwrap() {
        let info =
            format!("SELECT name, type AS kind, \"notnull\" AS required FROM pragma_table_info('{}')", table.name);
        let columns = diesel::sql_query(info).load::<Column>(&mut connection).unwrap();
        let columns = columns.iter().map(|column| (column.name.clone(), diesel_type(column))).collect::<Vec<_>>();
        actual.insert(table.name, columns);
    }
    assert_eq!(declared(), actual);
}

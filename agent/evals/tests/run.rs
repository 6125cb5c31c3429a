//! Runs over the built-in planner and over a scripted model.

#![expect(clippy::unwrap_used, reason = "a test ends at what is wrong")]

use clap::Parser;
use serde_json::json;
use std::path::Path;
use todo_e2e::model::{Reply, ScriptedModel, Step};
use todo_evals::cli::Cli;
use todo_evals::report::{Report, Score};
use todo_evals::{run, subjects, suite};

fn cli(arguments: &[&str]) -> Cli {
    Cli::parse_from(["todo-evals"].iter().chain(arguments))
}

fn folder(sayings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("seed.txt"), "@ 1: Buy milk\n@ 2: Call Ann").unwrap();
    std::fs::write(folder.path().join("group.txt"), sayings).unwrap();
    folder
}

/// What each subject made of the sayings, asked one conversation after the other.
async fn reports(sayings: &Path, base_url: Option<&str>, arguments: &[&str]) -> Vec<Report> {
    todo_agent::install_crypto();
    let cli = cli(&[arguments, &["--concurrency", "1"]].concat());
    let lookup = |name: &str| match name {
        "OPENAI_BASE_URL" => base_url.map(str::to_owned),
        "OPENAI_MODEL" => base_url.map(|_| "scripted".to_owned()),
        "OPENAI_RETRIES" => Some("0".to_owned()),
        _ => None,
    };
    let suite = suite::load(sayings, &cli.groups).unwrap();
    let mut reports = Vec::new();
    for subject in subjects(&cli, &lookup).unwrap() {
        reports.push(run::run(&subject, &suite, &cli.bounds()).await);
    }
    reports
}

fn complete(id: i64) -> Step {
    Step::new(Reply::calls([("complete_tasks", json!({"ids": [id]}))]))
}

#[tokio::test]
async fn a_model_is_measured_by_what_its_calls_do() {
    let sayings =
        folder("Milk is bought => done 1 / says well done\n& and Ann? => same / says no\nAnn is called => done 2");
    let model = ScriptedModel::start([
        complete(1),
        Step::new(Reply::text(["Well ", "done!"])).last_message("tool", "Buy milk"),
        Step::new(Reply::text(["No."])).contains("/messages", "Well done!"),
        complete(1),
        Step::new(Reply::text(["Done."])),
    ])
    .await
    .unwrap();
    let reports = reports(sayings.path(), Some(&model.base_url), &[]).await;
    model.finish().await.unwrap();
    let report = &reports[0];
    assert_eq!((reports.len(), report.model.as_str()), (1, "scripted"));
    assert_eq!(report.all, Score { right: 2, of: 3 });
    assert_eq!((report.changed_wrongly, report.steps, report.failed), (1, 5, 0));
    assert_eq!((report.input_tokens, report.output_tokens), (500, 50));
    assert!(report.p50_ms > 0.0 && report.first_p50_ms > 0.0);
    assert_eq!(report.wrong[0].saying, "Ann is called");
    assert!(report.wrong[0].why.contains("done 1"), "{}", report.wrong[0].why);
}

#[tokio::test]
async fn a_turn_that_fails_is_wrong_and_ends_its_conversation() {
    let sayings = folder("Milk is bought => done 1\n& thanks => same\nhello => same");
    let model = ScriptedModel::start([
        Step::new(Reply::error(401, "invalid_api_key", "Incorrect API key provided.")),
        Step::new(Reply::text(["Hello."])),
    ])
    .await
    .unwrap();
    let reports = reports(sayings.path(), Some(&model.base_url), &[]).await;
    model.finish().await.unwrap();
    assert_eq!((reports[0].all, reports[0].failed), (Score { right: 1, of: 3 }, 2));
}

#[tokio::test]
async fn what_is_over_the_bound_of_tokens_is_skipped() {
    let sayings = folder("hello => same\nhi => same\nhey => same");
    let model = ScriptedModel::start([Step::new(Reply::text(["Hello."])), Step::new(Reply::text(["Hi."]))]);
    let model = model.await.unwrap();
    let reports = reports(sayings.path(), Some(&model.base_url), &["--tokens", "150"]).await;
    model.finish().await.unwrap();
    assert_eq!((reports[0].all, reports[0].skipped), (Score { right: 2, of: 2 }, 1));
}

#[tokio::test]
async fn a_question_for_a_yes_is_answered_as_the_line_says() {
    let sayings = folder("delete both => gone 1 / gone 2 / asks\ndelete both! => same / asks no");
    let both = || Step::new(Reply::calls([("delete_tasks", json!({"ids": [1, 2]}))]));
    let model = ScriptedModel::start([
        both(),
        Step::new(Reply::text(["Deleted."])),
        both(),
        Step::new(Reply::text(["I left them."])).last_message("tool", "declined"),
    ])
    .await
    .unwrap();
    let reports = reports(sayings.path(), Some(&model.base_url), &[]).await;
    model.finish().await.unwrap();
    assert_eq!(reports[0].all, Score { right: 2, of: 2 }, "{:?}", reports[0].wrong);
}

/// The sayings that come with it are in the notation, and most of the English ones need no model.
#[tokio::test]
async fn the_built_in_planner_understands_most_of_the_english_sayings() {
    let sayings = Path::new(env!("CARGO_MANIFEST_DIR")).join("sayings");
    let report = reports(&sayings, None, &[]).await.remove(0);
    assert_eq!((report.model.as_str(), report.failed, report.skipped), ("built-in", 0, 0));
    assert!((120..=220).contains(&report.all.of), "{}", report.all.of);
    let other = report.groups["languages"];
    let (right, of) = (report.all.right - other.right, report.all.of - other.of);
    assert!(right * 100 >= of * 75, "{right} of {of}");
    assert_eq!(report.groups["leave"].right, report.groups["leave"].of);
}

#[test]
fn a_model_without_an_endpoint_is_refused() {
    let problem = subjects(&cli(&["--model", "gpt"]), &|_| None).err().unwrap();
    assert!(problem.to_string().contains("OPENAI_BASE_URL"), "{problem}");
}

#[test]
fn a_wrong_file_is_named() {
    let sayings = folder("no arrow here");
    let problem = suite::load(sayings.path(), &[]).err().unwrap().to_string();
    assert!(problem.contains("group.txt") && problem.contains("no arrow here"), "{problem}");
}

//! llama.cpp's real server with a very small model behind the whole product: `make test-llama`. What such a model says
//! is of no use; that it arrives, in pieces, and that whatever it makes of the tools ends well, is.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]
#![expect(clippy::print_stdout, reason = "what was seen is part of the report")]

mod server;
mod turn;

use libtest_mimic::{Arguments, Trial};
use server::Llama;
use std::process::Command;
use todo_stack::{Stack, binary};
use turn::{TurnSeen, say};

/// So that the same answer comes each time, and soon.
fn settings(llama: &Llama) -> Vec<(&'static str, &str)> {
    vec![
        ("OPENAI_BASE_URL", llama.base_url.as_str()),
        ("OPENAI_MODEL", "smollm2"),
        ("OPENAI_TEMPERATURE", "0"),
        ("OPENAI_MAX_OUTPUT_TOKENS", "200"),
    ]
}

async fn with_llama(more: &[(&'static str, &'static str)]) -> (Llama, Stack) {
    let llama = Llama::start().await;
    let stack = Stack::start_with(&[settings(&llama), more.to_vec()].concat(), &[]).await;
    (llama, stack)
}

fn report(what: &str, turn: &TurnSeen) {
    println!(
        "{what}: {} after {:?}, {} pieces from {:?} to {:?}, tokens {}: {:?}",
        turn.status,
        turn.took,
        turn.pieces.len(),
        turn.first(),
        turn.last(),
        turn.usage,
        turn.text
    );
}

/// The text comes in many pieces while the model still writes, and the turn ends well, with its tokens counted.
async fn streams(api: &'static str) {
    let (_llama, stack) = with_llama(&[("OPENAI_API", api)]).await;
    let client = stack.register("ada@example.org").await;
    let turn = say(&client, "Hello! Who are you?").await;
    report(api, &turn);
    assert_eq!(turn.status, "done", "{turn:?}");
    assert!(turn.pieces.len() >= 3, "{turn:?}");
    assert!(turn.first() < turn.last(), "{turn:?}");
    assert!(!turn.text.trim().is_empty());
    assert!(turn.usage["output_tokens"].as_u64().is_some_and(|tokens| tokens >= 3), "{turn:?}");
}

async fn a_turn_streams_through_the_whole_product() {
    streams("chat").await;
}

async fn a_turn_streams_in_the_responses_dialect() {
    streams("responses").await;
}

/// Whether the model manages a call or not: the turn ends, a failure says what to do, and the list is whole.
async fn asking_for_a_change_ends_in_a_change_or_a_clear_failure() {
    let (_llama, stack) = with_llama(&[]).await;
    let client = stack.register("ada@example.org").await;
    let turn = say(&client, "Add a task to buy milk").await;
    report("a change", &turn);
    let tasks = client.get("/tasks").await;
    println!("tasks: {}", tasks["items"]);
    let changes = turn.calls.iter().filter(|name| *name == "add_tasks").count();
    let titles = client.titles("").await;
    assert!(titles.len() <= 20 && (changes > 0 || titles.is_empty()), "{titles:?} after {changes} calls");
    match turn.status.as_str() {
        "done" | "needs_confirmation" => {}
        "failed" => {
            let (code, detail) = (turn.error["code"].as_str().unwrap(), turn.error["detail"].as_str().unwrap());
            assert!(!code.is_empty() && detail.len() > 20, "{turn:?}");
        }
        other => panic!("the turn is {other}: {turn:?}"),
    }
}

async fn stopping_ends_the_models_work() {
    let (llama, stack) = with_llama(&[("OPENAI_MAX_OUTPUT_TOKENS", "4096")]).await;
    let client = stack.register("ada@example.org").await;
    let turn = turn::stop_in_the_middle(&client, "Tell me a very long story about a dragon.").await;
    assert_eq!(turn.status, "interrupted", "{turn:?}");
    llama.until_idle().await;
}

async fn the_probe_tells_what_works() {
    let llama = Llama::start().await;
    let settings: Vec<(&str, String)> = settings(&llama).into_iter().map(|(k, v)| (k, v.to_owned())).collect();
    let probe = move || {
        let mut command = Command::new(binary("todo-agent"));
        command.arg("probe").env_clear().env("AGENT_TOKEN", "not-used-by-the-probe").envs(settings);
        command.output().unwrap()
    };
    let output = tokio::task::spawn_blocking(probe).await.unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    println!("{said}");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    let said = said.to_lowercase();
    assert!(said.contains("smollm2") && said.contains("stream"), "{said}");
}

fn trial(name: &str, test: fn()) -> Trial {
    let named = std::env::var_os("LLAMA_SERVER").is_some();
    let run = move || {
        test();
        Ok(())
    };
    Trial::test(name, run).with_ignored_flag(!named)
}

macro_rules! trials {
    ($($name:ident),* $(,)?) => {
        vec![$(trial(stringify!($name), || run($name()))),*]
    };
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(test);
}

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let mut arguments = Arguments::from_args();
    // The model takes all processors.
    arguments.test_threads.get_or_insert(1);
    let trials = trials![
        a_turn_streams_through_the_whole_product,
        a_turn_streams_in_the_responses_dialect,
        asking_for_a_change_ends_in_a_change_or_a_clear_failure,
        stopping_ends_the_models_work,
        the_probe_tells_what_works,
    ];
    libtest_mimic::run(&arguments, trials).exit();
}
